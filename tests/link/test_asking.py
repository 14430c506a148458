"""Asking whether a child is known: two identifiers and a reason, one answer for all that may not be told, a quota."""

import re
from collections.abc import Callable
from datetime import timedelta
from math import log2
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.link.conftest import AGENCIES, AT, KEEPER, Tell, child

from joinedup.flow.ticking import tick
from joinedup.link import actions
from joinedup.link.models import Asked
from joinedup.link.queries import Answer, asks_left, known, who_asked
from joinedup.link.rules.asking import asked_features, enough, statement
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Agency, Partnership, Practitioner, Subject
from joinedup.share.rules import FLOW, Actor, LockReason, Look, Purpose

WHY = "The school rang us about this child"
NUMBER = "999 000 0018"
NOTHING = "Nothing we can show you.</strong> This does not mean the child is not known. Ring the duty line"


def typed(given: str = "Tess", family: str = "Arden", born: str = "2011-05-17", nhs: str = "") -> dict[str, Any]:
    return statement(given=given, family=family, born=born, numbers=[("nhs-number", nhs)])


@pytest.fixture
def open_search(partnership: None) -> None:
    """Practitioners of other agencies may ask, and every agency agreed that as much may be told."""
    Partnership.objects.update(settings={"open_search": True, "duty_line": "01632 960 123"})
    for agency in Agency.objects.filter(pk__in=AGENCIES):
        share.agree(by=KEEPER, at=AT, agency=agency, existence=True)
    Agency.objects.filter(pk="northgate").update(discreet=True)
    Agency.objects.filter(pk="hospital").update(duty_inbox="the named nurse, 01632 960 456")


@pytest.fixture
def nurse(open_search: None) -> Practitioner:
    return share.add_practitioner(
        by=KEEPER, at=AT - timedelta(days=1), email="nurse@example.org", name="Joy Mbeki", agency="school",
        password="a long password", roles=["safeguarding-lead"],
    )  # fmt: skip


@pytest.fixture
def asks(nurse: Practitioner) -> Callable[..., Answer]:
    """What the safeguarding lead is answered in a new look."""

    def asked(**said: str) -> Answer:
        return known(for_=look_of(nurse), said=typed(**said))

    return asked


def look_of(person: Practitioner, at: Any = AT) -> Look:
    return house.look_of(person, purpose=Purpose.SAFEGUARDING, reason=WHY, at=at)


@pytest.fixture
def tess(tell: Tell, worker: Practitioner, open_search: None) -> Subject:
    """A child of an open case, with whom the hospital and the discreet service work."""
    first = tell("hospital", child("Theresa", "Arden", nhs=NUMBER))
    tell("northgate", child("Tess", "Arden"))
    head = house.subjects([first.mentions[1].head_id])[first.mentions[1].head_id]
    share.reach(by=FLOW, at=AT, reached=[share.Reach(head.pk, code, "held") for code in ("hospital", "northgate")])
    share.involve(by=KEEPER, at=AT, subject=head, practitioner=worker, relation="allocated")
    return head


def actor(person: Practitioner) -> Actor:
    return Actor(person.email, person.agency_id, person.pk)


@pytest.mark.parametrize(
    "said",
    [
        {}, {"given": "Theresa"}, {"nhs": NUMBER}, {"nhs": "9990000018", "given": "", "family": ""},
        {"nhs": NUMBER, "born": ""}, {"given": "TESS ", "family": "arden"},
    ],
)  # fmt: skip
def test_who_knows_two_identifiers_rightly_learns_whom_to_ask(
    tess: Subject, asks: Callable[..., Answer], said: dict[str, str]
) -> None:
    existence = asks(**said).existence
    assert existence is not None
    assert [(one.name, one.contact) for one in existence.agencies] == [("Hospital", "the named nurse, 01632 960 456")]
    assert existence.more == 1  # the service whose very name tells something


@pytest.mark.parametrize(
    "said", [{"born": "2011-05-18"}, {"given": "Ben"}, {"family": "Ardens"}, {"nhs": "999 000 0026"}]
)
def test_one_wrong_identifier_and_nothing_is_learnt(
    tess: Subject, asks: Callable[..., Answer], said: dict[str, str]
) -> None:
    assert asks(**said).existence is None


@pytest.mark.parametrize(
    "said",
    [
        {"born": ""}, {"given": ""}, {"given": "", "family": "", "born": ""}, {"born": "2011"},
        {"given": "", "family": "", "born": "", "nhs": NUMBER}, {"born": "", "nhs": "999 000 0019"},
    ],
)  # fmt: skip
def test_less_than_two_whole_identifiers_are_not_enough(said: dict[str, str]) -> None:
    assert not enough(asked_features(typed(**said)))


def test_two_children_who_answer_to_the_same_are_neither(
    tess: Subject, tell: Tell, asks: Callable[..., Answer]
) -> None:
    tell("police", child("Tess", "Arden", nhs="999 000 0026"))
    assert asks() == Answer(None, None)
    assert asks(nhs=NUMBER).existence is not None


def lock(tess: Subject, worker: Practitioner) -> None:
    share.lock_case(by=actor(worker), at=AT, subject=tess, why=LockReason.ADOPTION, reason="Ordered.")


def close(tess: Subject, worker: Practitioner) -> None:
    [allocated] = house.allocated_to(tess.pk, at=AT)
    share.end_involvement(by=KEEPER, at=AT, involvement=allocated)


def withdraw(tess: Subject, worker: Practitioner) -> None:
    Partnership.objects.update(settings={"open_search": False})


def end_agreements(tess: Subject, worker: Practitioner) -> None:
    for agreement in house.agreements(for_=look_of(worker)):
        share.end_agreement(by=KEEPER, at=AT, agreement=agreement)


@pytest.mark.parametrize("shield", [lock, close, withdraw, end_agreements])
def test_a_child_of_whom_nothing_may_be_told_answers_like_no_child_with_the_same_questions(
    tess: Subject, worker: Practitioner, asks: Callable[..., Answer], shield: Callable[..., None]
) -> None:
    shield(tess, worker)
    answers, asked = [], []
    for said in ({}, {"given": "Nobody"}):
        with CaptureQueriesContext(connection) as queries:
            answers.append(asks(**said).existence)
        asked.append([" ".join(query["sql"].split()[:6]) for query in queries.captured_queries])
    assert answers == [None, None]
    assert asked[0] == asked[1]


def test_a_robot_that_tries_every_birthday_is_stopped_by_the_quota(
    tess: Subject, nurse: Practitioner, asks: Callable[..., Answer], record_property: Callable[..., None]
) -> None:
    """It knows a name and tries days of birth: what it learns in 1,000 questions within a day is bounded."""
    learnt, answered = 0.0, 0
    for n in range(1_000):
        day = f"{2008 + n // 336}-{n % 336 // 28 + 1:02d}-{n % 28 + 1:02d}"
        if not asks_left(for_=look_of(nurse)):
            actions.ask(by=actor(nurse), at=AT, said=typed(born=day), reason=WHY, answer=None)
            continue
        answer, left = asks(born=day), 336 * 3 - n
        actions.ask(by=actor(nurse), at=AT, said=typed(born=day), reason=WHY, answer=answer)
        answered += 1
        learnt += log2(left) if answer.existence else log2(left / (left - 1))
    record_property("bits learnt in 1,000 questions", round(learnt, 3))
    assert answered == 20
    assert Asked.objects.filter(answer="quota").count() == 980
    assert learnt < 0.05  # of the ten bits that a birthday within three years is
    assert asks_left(for_=look_of(nurse, AT + timedelta(days=1))) == 20


def test_a_partnership_sets_its_own_quota(nurse: Practitioner) -> None:
    Partnership.objects.update(settings={"open_search": True, "asks_a_day": 3})
    assert asks_left(for_=look_of(nurse)) == 3


def test_no_machine_asks_about_a_child(open_search: None) -> None:
    with pytest.raises(ValueError, match="signed in"):
        actions.ask(by=FLOW, at=AT, said=typed(), reason=WHY, answer=None)


@pytest.fixture
def sign_in(partnership: None) -> Callable[[Practitioner], Client]:
    share.set_clock(by=KEEPER, at=AT)

    def signed_in(person: Practitioner) -> Client:
        client = Client()
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


def ask_page(client: Client, **said: str) -> str:
    parts = {"given": "Tess", "family": "Arden", "born": "17 5 2011", "reason": WHY} | said
    day, month, year = parts.pop("born").split() or ("", "", "")
    born = {"born-day": day, "born-month": month, "born-year": year}
    return " ".join(client.post(reverse("link:ask"), parts | born).content.decode().split())


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_duty_line_knows_who_asked_and_whom_it_met(
    tess: Subject, nurse: Practitioner, sign_in: Callable[[Practitioner], Client]
) -> None:
    night = share.add_practitioner(
        by=KEEPER, at=AT - timedelta(days=1), email="night@example.org", name="Omar Siddiq", agency="social-care",
        password="a long password", roles=["out-of-hours"],
    )  # fmt: skip
    asker, duty = sign_in(nurse), sign_in(night)
    assert "Known. This is whom to ask" in ask_page(asker)
    lock(tess, nurse)
    shielded, unknown = ask_page(asker), ask_page(asker, given="Nobody")
    assert NOTHING in shielded
    assert without_token(shielded.replace('value="Tess"', "")) == without_token(unknown.replace('value="Nobody"', ""))
    page = " ".join(duty.get(reverse("link:asked")).content.decode().split())
    assert page.count("Joy Mbeki, School") == 3
    assert "Tess Arden, 2011-05-17" in page
    assert WHY in page
    assert tess.reference not in page  # locked to others
    share.unlock_case(by=actor(nurse), at=AT, subject=tess, reason="It is settled.")
    assert duty.get(reverse("link:asked")).content.decode().count(f">{tess.reference}<") == 2


def test_what_was_typed_wrongly_is_said_and_is_no_question(
    nurse: Practitioner, sign_in: Callable[[Practitioner], Client]
) -> None:
    asker = sign_in(nurse)
    assert "Give two things that you know of the child" in ask_page(asker, family="")
    assert "Say why you are asking" in ask_page(asker, reason="")
    assert "Enter a real date" in ask_page(asker, born="31 2 2011")
    assert not Asked.objects.exists()


def test_where_search_is_closed_the_duty_line_answers(
    nurse: Practitioner, sign_in: Callable[[Practitioner], Client]
) -> None:
    Partnership.objects.update(settings={})
    page = sign_in(nurse).get(reverse("link:ask")).content.decode()
    assert "In this partnership the duty line answers" in page
    assert '<form method="post"' not in page


def test_who_asked_too_often_is_told_what_to_do(
    tess: Subject, nurse: Practitioner, sign_in: Callable[[Practitioner], Client]
) -> None:
    Partnership.objects.update(settings={"open_search": True, "asks_a_day": 1})
    asker = sign_in(nurse)
    ask_page(asker)
    assert "You have asked as often as one person may in a day." in ask_page(asker)


def test_what_was_typed_is_destroyed_in_time(tess: Subject, nurse: Practitioner, asks: Callable[..., Answer]) -> None:
    actions.ask(by=actor(nurse), at=AT, said=typed(), reason=WHY, answer=asks())
    tick(at=AT + timedelta(days=28))
    assert len(who_asked(for_=look_of(nurse))) == 1
    tick(at=AT + timedelta(days=30))
    assert not Asked.objects.exists()
