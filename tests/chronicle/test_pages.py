"""The chronology as people see it: each role its own part, with what it covers, by keyboard and without a script."""

from typing import Any

import pytest
from django.test import Client

from chronicle.desk import KEEPER, NOW, Desk
from joinedup.chronicle.actions import mark_significant
from joinedup.chronicle.models import HappeningJudgement, Significance
from joinedup.share import actions as share
from joinedup.share.models import AuditRow, Practitioner
from joinedup.share.rules import Actor
from joinedup.share.rules.chain import ENTRY_LENGTH

pytestmark = pytest.mark.urls("chronicle.addresses")
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"
MISSING = {"kind": "missing", "happened": {"from": "2026-03-05"}, "told": [{"agency": "council", "state": "seen"}]}


@pytest.fixture(autouse=True)
def plain_frame(settings: Any) -> None:
    """No navigation to rooms ahead: these pages stand on the rooms below."""
    settings.JOINEDUP_FRAME = ""


@pytest.fixture
def people(desk: Desk) -> dict[str, Practitioner]:
    """A social worker allocated to Tess, a police officer and a head of safeguarding at her school."""
    share.set_clock(by=KEEPER, at=NOW)
    made = {
        role: share.add_practitioner(
            by=KEEPER,
            at=NOW,
            email=f"{role}@example.org",
            name=f"A. {role}",
            agency=agency,
            password="a long password of the cast",
            roles=[role],
        )
        for role, agency in (
            ("social-worker", "council"),
            ("police-officer", "police"),
            ("safeguarding-lead", "school"),
        )
    }
    for role, relation in (("social-worker", "allocated"), ("police-officer", "plan"), ("safeguarding-lead", "plan")):
        share.involve(by=KEEPER, at=NOW, subject=desk.subject("Tess"), practitioner=made[role], relation=relation)
    return made


@pytest.fixture
def story(desk: Desk) -> Desk:
    desk.arrive("police", MISSING | {"words": "Back the next morning."})
    desk.arrive("home", {"kind": "missing", "happened": {"from": "2026-03-05"}, "childs_words": "I was with a friend."})
    desk.arrive(
        "school", {"kind": "good-news", "happened": {"from": "2026-03-09"}, "going_well": "Swam for the school."}
    )
    desk.arrive(
        "hospital", {"kind": "attendance", "happened": {"from": "2026-03"}, "concerns": ["self-harm"], "told": []}
    )
    return desk


def signed_in(person: Practitioner) -> Client:
    client = Client()
    client.force_login(person, ALLAUTH)
    return client


def page(client: Client, desk: Desk, **asked: Any) -> str:
    answer = client.get(f"/child/{desk.subject('Tess').reference}/chronology/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_story_says_when_who_what_and_whom_it_reached(story: Desk, people: dict[str, Practitioner]) -> None:
    text = page(signed_in(people["social-worker"]), story)
    for words in (
        "5 March 2026", "The police", "I was with a friend.", "Swam for the school.", "seen by a person", "Nobody",
        "One event, 2 reports of it here", "Going well",
    ):  # fmt: skip
        assert words in text
    assert 'aria-label="4 entries from 4 agencies' in text
    assert " style=" not in text


def test_the_banner_says_whose_information_is_missing(story: Desk, people: dict[str, Practitioner]) -> None:
    text = " ".join(page(signed_in(people["social-worker"]), story).split())
    assert "The police, from 5 March 2026, last heard just now" in text
    assert "Nothing received about this child from</strong> children&#39;s social care" in text
    assert "Children&#39;s social care: never" in text


def test_a_partner_sees_its_own_entries_and_those_told_to_it(story: Desk, people: dict[str, Practitioner]) -> None:
    text = page(signed_in(people["police-officer"]), story)
    assert "Back the next morning." in text
    assert "I was with a friend." not in text
    assert "Nothing that you can be shown from" in text


def test_as_known_to_an_agency_says_by_which_word(story: Desk, people: dict[str, Practitioner]) -> None:
    text = page(signed_in(people["social-worker"]), story, known_to="council")
    assert "Seen by a person there" in text
    assert "(said by The police)" in text
    assert "I was with a friend." not in text
    assert "1 entry is not known to have reached them, and of 2 nobody has said who was told" in text


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"agency": "police"}, 1), ({"kind": "missing"}, 2), ({"concern": "self-harm"}, 1), ({"side": "home"}, 0),
        ({"significant": "on"}, 0), ({"agency": "nobody"}, 0), ({"kind": "<b>"}, 0),
        ({"first-day": "6", "first-month": "3", "first-year": "2026"}, 2),
        ({"as_of-day": "1", "as_of-month": "1", "as_of-year": "2026"}, 0),
        ({"first-day": "31", "first-month": "2", "first-year": "2026"}, 4),
    ],
)  # fmt: skip
def test_filters_narrow_what_is_shown(
    story: Desk, people: dict[str, Practitioner], asked: dict[str, str], kept: int
) -> None:
    text = page(signed_in(people["social-worker"]), story, **asked)
    assert text.count("chronology__row") == kept
    assert "<b>" not in text


def test_who_may_not_open_the_child_gets_the_one_refusal(story: Desk, people: dict[str, Practitioner]) -> None:
    stranger = share.add_practitioner(
        by=KEEPER,
        at=NOW,
        email="s@example.org",
        name="S",
        agency="council",
        password="a long password of the cast",
        roles=["social-worker"],
    )
    answer = signed_in(stranger).get(f"/child/{story.subject('Tess').reference}/chronology/")
    assert answer.status_code == 404


def test_a_social_worker_marks_an_entry_and_says_that_two_reports_are_of_two_events(
    story: Desk, people: dict[str, Practitioner]
) -> None:
    client = signed_in(people["social-worker"])
    [first, second] = [line for line in story.story() if line.kind == "missing"]
    address = f"/child/{story.subject('Tess').reference}/chronology/{first.key}/"
    assert "Reports of the same event" in client.get(address).content.decode()
    assert client.post(f"{address}mark/", {"significant": "yes", "reason": "The first time."}).status_code == 302
    said = {"other": second.key, "same": "no", "why": "The home spoke of the night before."}
    assert client.post(f"{address}one-event/", said).status_code == 302
    assert Significance.objects.get().entry == first.key
    assert HappeningJudgement.objects.get().same is False
    assert "The first time." in page(client, story, significant="on")


def test_a_partner_is_not_told_what_people_decided_of_its_own_entry(
    story: Desk, people: dict[str, Practitioner], officer: Actor
) -> None:
    [own] = [line for line in story.story() if line.agency == "police"]
    mark_significant(by=officer, at=NOW, entry=own.key, significant=True, reason="Not for the police.")
    assert "Not for the police." in page(signed_in(people["social-worker"]), story)
    text = page(signed_in(people["police-officer"]), story)
    assert "Back the next morning." in text
    assert "Not for the police." not in text
    assert "A. Practitioner" not in text
    assert page(signed_in(people["police-officer"]), story, significant="on").count("chronology__row") == 0


def test_opening_one_entry_is_written_down_as_that_entry_not_as_the_whole_story(
    story: Desk, people: dict[str, Practitioner]
) -> None:
    [own] = [line for line in story.story() if line.agency == "police"]
    signed_in(people["police-officer"]).get(f"/child/{story.subject('Tess').reference}/chronology/{own.key}/")
    assert released() == {own.key[:ENTRY_LENGTH]}
    [attendance] = [line for line in story.story() if line.agency == "hospital"]
    signed_in(people["social-worker"]).post(
        f"/child/{story.subject('Tess').reference}/chronology/{attendance.key}/mark/",
        {"significant": "yes", "reason": "The first time."},
    )
    assert released() == {attendance.key[:ENTRY_LENGTH]}


def released() -> set[str]:
    """The entries that the last answer released, as the audit says."""
    return set(AuditRow.objects.filter(act="answer").latest("pk").what["entries"])


def test_a_judgement_without_a_reason_is_asked_for_again(story: Desk, people: dict[str, Practitioner]) -> None:
    client = signed_in(people["social-worker"])
    line = story.story()[1]
    address = f"/child/{story.subject('Tess').reference}/chronology/{line.key}/one-event/"
    answer = client.post(address, {"same": "yes"})
    assert answer.status_code == 400
    assert "Say why, in a few words" in answer.content.decode()
    assert not HappeningJudgement.objects.exists()


def test_a_partner_may_read_but_not_judge(story: Desk, people: dict[str, Practitioner]) -> None:
    client = signed_in(people["police-officer"])
    [line] = [line for line in story.story() if line.agency == "police"]
    [hidden] = [line for line in story.story() if line.agency == "home"]
    address = f"/child/{story.subject('Tess').reference}/chronology/"
    assert "Is another report" not in client.get(f"{address}{line.key}/").content.decode()
    assert client.post(f"{address}{line.key}/mark/", {"significant": "yes", "reason": "x"}).status_code == 403
    assert client.get(f"{address}{hidden.key}/").status_code == 404


def test_a_withdrawn_entry_is_shown_struck_through_with_its_reason(desk: Desk, people: dict[str, Practitioner]) -> None:
    desk.arrive("police", MISSING, id="P1")
    desk.arrive("police", MISSING | {"happened": {"from": "2026-03-06"}}, id="P2", corrects="P1")
    desk.flow(NOW)
    text = page(signed_in(people["social-worker"]), desk)
    assert "Withdrawn: the agency has corrected it." in text
    assert "chronology__withdrawn" in text
