"""Reporting on pages: signed in, by a provider's link, as a young person, as a relative; and the quarantine."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from joinedup.ground.keys import digest
from joinedup.receive import queries
from joinedup.receive.models import Draft, Handling, Message
from joinedup.receive.pages.steps import STEPS
from joinedup.receive.rules.notice import Notice
from joinedup.share import actions as share
from joinedup.share.models import Practitioner
from joinedup.share.rules import Look, Purpose
from receive.conftest import AT, KEEPER, notice, sent

pytestmark = [pytest.mark.urls("receive.addresses"), pytest.mark.usefixtures("partnership", "plain_frame")]
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def plain_frame(settings: Any) -> None:
    settings.JOINEDUP_FRAME = ""  # web's frame leads to rooms above this one


def signed_in(role: str, agency: str) -> Client:
    email = f"{role}@example.org"
    if not Practitioner.objects.filter(email=email).exists():
        share.add_practitioner(by=KEEPER, at=AT, email=email, name=role.title(), agency=agency, roles=[role])
    client = Client()
    client.force_login(Practitioner.objects.get(email=email), ALLAUTH)
    return client


@pytest.fixture
def nurse(partnership: Any) -> Client:
    return signed_in("ed-nurse", "ellensford-hospital")


def begun(client: Client, start: str = "/report/") -> str:
    """Answer the first screen; the address of the draft."""
    onward = client.post(start, {"danger": "no"})
    assert onward.status_code == 302
    return re.sub(r"children/$", "", onward.url)


def last_notice(channel: str) -> Notice:
    return queries.reading_of(Message.objects.get(channel=channel).pk)[1]


ANSWERS: dict[str, dict[str, Any]] = {
    "children": {
        "how_many": 2, "child-0-given": "Tess", "child-0-family": "Arden", "child-0-role": "subject",
        "child-0-born-month": "5", "child-0-born-year": "2011", "child-1-nickname": "Bee", "child-1-role": "sibling",
        "child-1-age": "6", "child-0-interpreter": "British Sign Language",
    },
    "adults": {"how_many": 1, "adult-0-describes": "Tall, blue van", "adult-0-role": "adult-of-concern",
               "adult-0-in_household": "unknown", "adult-0-parental_responsibility": "no"},
    "now": {"where_now": "On the ward", "safe": "yes", "seen": "yes", "seen_alone": "no"},
    "worries": {"concerns": ["injury-cause-not-known", "older-associate", "neglect"], "side": "both"},
    "happened": {"kind": "attendance", "words": "Came with an adult", "first_hand": "yes", "when-year": "2026",
                 "when-month": "3", "childs_words": "I fell", "going_well": "Her sister came", "place": "The ward"},
    "told": {"told_known": "told", "told": ["ellensford-police"], "parents": "do-not-know", "young_person": "know",
             "reason": "It might not be safe"},
    "you": {"role": "ward nurse", "safe_contact": "01632 960 201"},
}  # fmt: skip


def test_a_whole_report_becomes_the_notice_that_it_says(nurse: Client) -> None:
    base = begun(nurse)
    for slug, given in ANSWERS.items():
        assert nurse.get(f"{base}{slug}/").status_code == 200
        assert nurse.post(f"{base}{slug}/", given).status_code == 302
    check = nurse.get(f"{base}check/").content.decode()
    assert "Send this concern" in check
    assert "May 2011" in check
    assert nurse.post(f"{base}check/").status_code == 302
    said = last_notice("form")
    tess, bee, adult = said.persons
    assert (tess.born, tess.interpreter, bee.names[0].kind, bee.role) == (
        "2011-05",
        "British Sign Language",
        "nickname",
        "sibling",
    )
    assert bee.describes == "About 6 years old on 5 March 2026."
    assert (adult.role, adult.describes, adult.parental_responsibility) == ("adult-of-concern", "Tall, blue van", "no")
    assert [(event.side, sorted(event.concerns)) for event in said.events] == [
        ("home", ["injury-cause-not-known", "neglect"]), ("outside", ["injury-cause-not-known", "older-associate"]),
    ]  # fmt: skip
    event = said.events[0]
    assert (event.kind, event.happened.from_, event.childs_words, event.with_) == (
        "attendance",
        "2026-03",
        "I fell",
        [3],
    )
    assert event.told[0].agency == "ellensford-police"  # type: ignore[union-attr]
    assert (said.safety.where_now, said.safety.safe, said.safety.seen_alone) == ("On the ward", "yes", "no")
    assert (said.consent.parents, said.consent.reason) == ("do-not-know", "It might not be safe")
    assert (said.observer.role, said.observer.first_hand, said.observer.safe_contact) == (
        "ward nurse",
        True,
        "01632 960 201",
    )


def test_a_report_of_nothing_but_a_worry_is_taken(nurse: Client) -> None:
    base = begun(nurse)
    receipt = nurse.get(nurse.post(f"{base}check/").url)
    assert receipt.status_code == 200
    assert "Concern sent" in receipt.content.decode()
    said = last_notice("form")
    assert [person.role for person in said.persons] == ["subject"]
    assert (said.events[0].kind, said.events[0].told) == ("concern", "unknown")


def test_that_nobody_was_told_is_said_as_such_and_the_school_is_said_of_the_child(nurse: Client) -> None:
    base = begun(nurse)
    nurse.post(f"{base}children/", {"how_many": 1, "child-0-given": "Tess", "child-0-school": "Fairmead"})
    nurse.post(f"{base}told/", {"told_known": "nobody"})
    nurse.post(f"{base}check/")
    said = last_notice("form")
    assert said.events[0].told == []
    assert said.persons[0].describes == "Goes to: Fairmead."


def test_there_are_at_most_nine_screens() -> None:
    assert len(STEPS) + 1 <= 9


def test_the_first_screen_says_whom_to_ring(nurse: Client) -> None:
    first = nurse.get("/report/").content.decode()
    assert first.index("999") < first.index("<form")
    assert "Is a child in danger now?" in first


def test_another_child_is_added_and_removed_without_a_script(nurse: Client) -> None:
    base = begun(nurse)
    one = {"how_many": 1, "child-0-nickname": "Bee"}
    nurse.post(f"{base}children/", one | {"add": "1"})
    assert "Child 2" in nurse.get(f"{base}children/").content.decode()
    two = one | {"how_many": 2, "child-1-nickname": "Cal"}
    nurse.post(f"{base}children/", two | {"remove": "0"})
    left = nurse.get(f"{base}children/").content.decode()
    assert "Cal" in left
    assert "Bee" not in left


def test_a_date_that_is_none_is_said_and_nothing_is_lost(nurse: Client) -> None:
    base = begun(nurse)
    page = nurse.post(f"{base}children/", {"how_many": 1, "child-0-given": "Tess", "child-0-born-day": "31",
                                           "child-0-born-month": "2", "child-0-born-year": "2011"})  # fmt: skip
    assert page.status_code == 400
    assert "Enter a real date" in page.content.decode()
    assert 'value="Tess"' in page.content.decode()


def test_a_sign_in_that_ends_in_the_middle_loses_nothing(nurse: Client) -> None:
    base = begun(nurse)
    nurse.post(f"{base}now/", {"where_now": "On the ward"})
    nurse.logout()
    assert nurse.get(f"{base}happened/").status_code == 302
    again = signed_in("ed-nurse", "ellensford-hospital")
    assert "Not yet sent" in again.get("/report/").content.decode()
    assert "On the ward" in again.get(f"{base}now/").content.decode()


def test_nobody_opens_another_persons_draft(nurse: Client) -> None:
    base = begun(nurse)
    other = signed_in("police-officer", "ellensford-police")
    assert other.get(f"{base}children/").status_code == 404
    assert other.post(f"{base}check/").status_code == 404


def test_a_button_pressed_twice_sends_once(nurse: Client) -> None:
    base = begun(nurse)
    assert nurse.post(f"{base}check/").url == nurse.post(f"{base}check/").url
    assert Message.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_shift_worker_reports_by_link_and_code() -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="northgate-rooms", use="link", label="night shift")
    link, client = f"/report/with/{issued.token}/", Client()
    assert client.get(f"{link}concern/").url == link
    assert client.post(link, {"code": "WRONGONE"}).status_code == 400
    assert client.post(link, {"code": issued.code.lower()}).url == f"{link}concern/"
    base = begun(client, f"{link}concern/")
    for slug, given in ANSWERS.items():
        assert client.post(f"{base}{slug}/", given).status_code == 302
    receipt = client.get(client.post(f"{base}check/").url).content.decode()
    assert "duty inbox" in receipt
    assert Message.objects.get().agency_id == "northgate-rooms"
    assert last_notice("link").observer.reference is None


def test_a_code_is_guessed_no_oftener_by_spelling_the_link_otherwise() -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="northgate-rooms", use="link", label="night shift")
    spoken, _, secret = issued.token.partition(".")
    for n in range(10):
        Client().post(f"/report/with/{issued.token}/", {"code": f"WRONG{n}"})
    for spelt in (spoken, spoken.upper(), spoken.replace("-", ""), f"urn:uuid:{spoken}"):
        answer = Client().post(f"/report/with/{spelt}.{secret}/", {"code": issued.code})
        assert answer.status_code == 400
        assert "Wait" in answer.content.decode()


def test_a_link_without_its_code_opens_no_draft() -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="northgate-rooms", use="link", label="night shift")
    link, client = f"/report/with/{issued.token}/", Client()
    client.post(link, {"code": issued.code})
    base = begun(client, f"{link}concern/")
    assert Client().get(f"{base}children/").url == link
    stranger = Client()
    stranger.post(link, {"code": issued.code})
    assert stranger.get(f"{base}children/").status_code == 404


def test_a_link_is_remembered_while_it_stands_and_the_browser_stays_open() -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="northgate-rooms", use="link", label="night shift")
    link, client = f"/report/with/{issued.token}/", Client()
    client.get(link)
    client.post(link, {"code": issued.code})
    assert client.session.get_expire_at_browser_close()
    base = begun(client, f"{link}concern/")
    before = client.session.session_key
    client.post(link, {"code": issued.code})
    assert client.session.session_key != before, "a session key that was planted before is worth nothing"
    share.withdraw_credential(by=KEEPER, at=AT, credential=issued.credential)
    for address in (f"{link}concern/", f"{base}children/", f"{base}check/"):
        assert client.get(address).url == link
        assert client.post(address).url == link
    assert not Message.objects.exists()


def test_a_practitioner_is_one_voice_that_nobody_outside_can_name(nurse: Client) -> None:
    for _ in range(2):
        base = begun(nurse)
        nurse.post(f"{base}happened/", {"kind": "attendance", "first_hand": "yes"})
        nurse.post(f"{base}check/")
    first, second = (queries.reading_of(message.pk)[1].observer.reference for message in Message.objects.all())
    assert first
    assert first == second
    assert first != digest("practitioner", "ed-nurse@example.org")[:16], "or a list of e-mails would tell who it is"


def test_a_link_that_is_none_says_no_more_than_a_wrong_code() -> None:
    page = Client().post("/report/with/0190f3a2-0000-7000-8000-000000000000.x/", {"code": "ABCDEFGH"})
    assert page.status_code == 400
    assert "does not go with this link" in page.content.decode()


def pressed(client: Client, address: str, **given: str) -> Any:
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())
    assert token
    return client.post(address, {"token": token[1], **given})


def test_a_young_person_says_something_in_their_own_words() -> None:
    client = Client()
    onward = pressed(
        client, "/tell-us/", words="I do not want to go back", nickname="Bee", safe="no", safe_contact="Text me"
    )
    assert "Thank you. We have it." in client.get(onward.url).content.decode()
    said = last_notice("young-person")
    assert (said.events[0].kind, said.events[0].childs_words) == ("disclosure", "I do not want to go back")
    assert (said.persons[0].names[0].given, said.safety.safe) == ("Bee", "no")
    assert (said.observer.safe_contact, said.consent.young_person) == ("Text me", "agree")


def test_a_young_persons_page_has_an_advocate_and_a_way_out(partnership: Any) -> None:
    partnership.settings["advocate"] = "01632 960 777"
    partnership.save()
    page = Client().get("/tell-us/").content.decode()
    assert "01632 960 777" in page
    assert "Exit this page" in page


def test_a_relative_gets_an_acknowledgement_and_no_more() -> None:
    client = Client()
    onward = pressed(
        client, "/worried/", words="Alone every evening", given="Mina", **{"when-year": "2026", "role": "grandmother"}
    )
    thanks = client.get(onward.url).content.decode()
    assert "Thank you. We have it." in thanks
    assert "Mina" not in thanks
    said = last_notice("public")
    assert (said.observer.role, said.events[0].happened.from_, said.agency) == ("grandmother", "2026", "public")


def test_a_public_page_pressed_twice_sends_once() -> None:
    client = Client()
    page = client.get("/worried/").content.decode()
    given = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "words": "Alone"}  # type: ignore[index]
    assert client.post("/worried/", given).url == client.post("/worried/", given).url
    assert Message.objects.count() == 1


def test_saying_nothing_at_all_is_asked_for_once() -> None:
    assert Client().post("/tell-us/", {"words": " "}).status_code == 400


@pytest.fixture
def officer(partnership: Any) -> Client:
    return signed_in("mash-social-worker", "ellensford-social-care")


def test_the_quarantine_lists_what_waits_and_shows_it_safely(officer: Client) -> None:
    broken = sent(b'{"id": "x", <script>alert(1)</script>\0')
    page = officer.get("/quarantine/").content.decode()
    assert broken.number in page
    assert "not well-formed" in page
    opened = officer.get(f"/quarantine/{broken.number}/").content.decode()
    assert "&lt;script&gt;" in opened
    assert "<script>alert" not in opened


def test_somebody_who_may_not_deal_sees_no_quarantine(nurse: Client) -> None:
    broken = sent(b"{")
    assert nurse.get("/quarantine/").status_code == 403
    assert nurse.get(f"/quarantine/{broken.number}/").status_code == 403


def test_the_quarantine_opens_to_no_look_that_may_not_deal_whatever_the_door(officer: Client) -> None:
    broken = sent(b"{")
    looks = [
        Look(None, "somebody", "ellensford-social-care", frozenset({role}), Purpose.SAFEGUARDING, "", AT)
        for role in ("mash-social-worker", "social-worker", "system-keeper")
    ]
    assert [len(queries.waiting(for_=look)) for look in looks] == [1, 0, 0]
    assert [len(queries.opened(for_=look, number=broken.number)) for look in looks] == [1, 0, 0]


def test_a_message_that_was_read_does_not_open_in_the_quarantine(officer: Client) -> None:
    assert officer.get(f"/quarantine/{sent().number}/").status_code == 404


def test_a_person_corrects_what_could_not_be_read(officer: Client) -> None:
    broken = sent(json.dumps(notice()).encode()[:-1])
    address = f"/quarantine/{broken.number}/"
    still = officer.post(address, {"what": "read_as", "text": "{", "reason": "A brace"})
    assert still.status_code == 400
    assert "not well-formed" in still.content.decode()
    assert (
        officer.post(address, {"what": "read_as", "text": json.dumps(notice()), "reason": "A brace"}).status_code == 302
    )
    assert last_notice("office").persons[0].names[0].given == "Tess"
    assert Handling.objects.get().reason == "A brace"
    assert "Nothing is waiting" in officer.get("/quarantine/").content.decode()


def test_a_person_chooses_between_two_bodies_on_a_page(officer: Client) -> None:
    sent()
    second = sent(notice(safety={"safe": "no"}))
    page = officer.get(f"/quarantine/{second.number}/").content.decode()
    assert "Also under this id" in page
    assert re.search(r"safety\.safe.*no.*not said", page, re.DOTALL)
    officer.post(f"/quarantine/{second.number}/", {"what": "choose", "reason": "The ward rang"})
    assert list(Message.objects.filter(withdrawn_at=None).values_list("pk", flat=True)) == [second.message_key]


def test_a_person_sets_a_message_aside_with_a_reason(officer: Client) -> None:
    broken = sent(b"{")
    assert officer.post(f"/quarantine/{broken.number}/", {"what": "take_back", "reason": ""}).status_code == 400
    officer.post(f"/quarantine/{broken.number}/", {"what": "take_back", "reason": "A test of the interface"})
    assert Message.objects.get().withdrawn_why == "taken-back"


def test_wrong_codes_from_elsewhere_lock_nobody_out_of_their_link() -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="northgate-rooms", use="link", label="night shift")
    link = f"/report/with/{issued.token}/"
    guesser, worker = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    for n in range(12):
        page = guesser.post(link, {"code": f"WRONG{n}"}).content.decode()
    assert "Wait" in page
    assert worker.post(link, {"code": issued.code}).status_code == 302
    assert worker.get(f"{link}concern/").status_code == 200
