"""Two bodies under one sender's number, put away because they meet a seal: the officers alone can say which stands."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from flow.street import AT, event
from joinedup.flow import worker
from joinedup.flow.rebuild import rebuild
from joinedup.receive import actions as receiving
from joinedup.receive import queries as received
from joinedup.receive.models import Message
from joinedup.sealed import actions, queries
from joinedup.sealed.models import Caught, Seal
from joinedup.share.models import AuditRow
from joinedup.share.rules import Actor
from sealed.conftest import BEFORE, BROTHER, Lives

Signed = Callable[[str], Client]
FRONT_DOOR = "ann2"  # who deals with messages in question
ONE, TWO = "2026-03-18", "2026-03-19"


def sent(lives: Lives, day: str, *persons: dict[str, Any]) -> str:
    """A body under the number "twice"; its message's key."""
    body = {
        "form": "joinedup/notice/1", "id": "twice", "agency": "school",
        "persons": [{**person, "n": n} for n, person in enumerate(persons, 1)],
        "events": [{**event("concern", day, "neglect"), "n": 1}],
    }  # fmt: skip
    taken = receiving.receive(by=Actor("school", "school"), at=AT, agency="school", body=json.dumps(body).encode(),
                              media="application/json", channel="api")  # fmt: skip
    worker.once(at=AT)
    return taken.message_key


@pytest.fixture
def seal(lives: Lives) -> Seal:
    return lives.seal()


@pytest.fixture
def signed(lives: Lives) -> Signed:
    def of(who: str) -> Client:
        client = Client()
        client.force_login(lives.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return of


@pytest.fixture
def both(lives: Lives, seal: Seal) -> tuple[Caught, Caught]:
    one, two = (Caught.objects.get(message=sent(lives, day, BEFORE)) for day in (ONE, TWO))
    return one, two


def contested(lives: Lives, seal: Seal) -> set[str]:
    shown = lives.shown(seal)
    assert shown is not None
    return {one.fact.message_id for one in shown.caught if one.contested}


def numbers(lives: Lives, who: str = FRONT_DOOR) -> set[str]:
    return {one.key for one in received.waiting(for_=lives.look(who))}


def test_the_officers_are_asked_which_one_stands_and_nobody_else(
    lives: Lives, seal: Seal, both: tuple[Caught, Caught]
) -> None:
    assert contested(lives, seal) == {one.message_id for one in both}
    for caught in both:
        actions.answer(by=lives.actor("mara"), at=AT, caught=caught, outcome="advice", feedback="", reason="Known.")
    shown = lives.shown(seal)
    assert shown is not None
    assert {one.fact.message_id for one in shown.caught if one.waits} >= {one.message_id for one in both}
    assert not any(numbers(lives, who) & {one.message_id for one in both} for who in ("max", FRONT_DOOR, "lead"))


def test_one_set_aside_lets_the_other_stand(lives: Lives, seal: Seal, both: tuple[Caught, Caught]) -> None:
    before, waits = AuditRow.objects.order_by("-pk").first(), queries.waiting(for_=lives.look("mara"))
    actions.set_aside(by=lives.actor("mara"), at=AT, caught=both[0], reason="Sent too early.")
    worker.once(at=AT)
    aside, stands = (Message.objects.get(pk=one.message_id) for one in both)
    assert (aside.withdrawn_why, stands.withdrawn_at) == ("taken-back", None)
    assert contested(lives, seal) == set()
    assert queries.waiting(for_=lives.look("mara")) == waits - 1
    assert rebuild(at=AT, check=True).differences == []
    assert before is not None
    made = AuditRow.objects.filter(pk__gt=before.pk, by="mara@example.org")
    assert [(row.act, row.what["what"]) for row in made] == [("sealed.set_aside", "set-aside")]


def test_why_it_was_set_aside_is_the_officers_alone(lives: Lives, seal: Seal, both: tuple[Caught, Caught]) -> None:
    actions.set_aside(by=lives.actor("mara"), at=AT, caught=both[0], reason="Sent too early.")
    said = Message.objects.get(pk=both[0].message_id).handlings.get()
    assert "early" not in said.reason
    shown = lives.shown(seal)
    assert shown is not None
    assert "Sent too early." in [word.reason for one in shown.caught for word in one.words]


def test_beside_a_body_that_was_not_stopped_both_desks_are_asked(lives: Lives, seal: Seal) -> None:
    stopped, whole = sent(lives, ONE, BEFORE), sent(lives, TWO, BROTHER)
    assert contested(lives, seal) == {stopped}
    assert numbers(lives) == {whole}
    actions.set_aside(by=lives.actor("otto"), at=AT, caught=Caught.objects.get(message=stopped), reason="A slip.")
    assert numbers(lives) == set()
    assert not Message.objects.get(pk=whole).handlings.exists()  # on which a sealing officer's name would tell


def test_what_stands_alone_or_is_given_back_is_not_theirs_to_set_aside(lives: Lives, seal: Seal) -> None:
    alone = Caught.objects.get(message=sent(lives, ONE, BEFORE))
    with pytest.raises(ValueError, match="no other message"):
        actions.set_aside(by=lives.actor("mara"), at=AT, caught=alone, reason="x")
    sent(lives, TWO, BROTHER)
    with pytest.raises(ValueError, match="say why"):
        actions.set_aside(by=lives.actor("mara"), at=AT, caught=alone, reason=" ")
    actions.give_back(by=lives.actor("mara"), at=AT, caught=alone, reason="Somebody else.")
    assert contested(lives, seal) == set()


def test_it_is_done_from_the_page(lives: Lives, seal: Seal, both: tuple[Caught, Caught], signed: Signed) -> None:
    key, officer = str(both[0].pk), signed("mara")
    assert "under the same number" in officer.get(f"/sealed/{seal.pk}/").content.decode()
    said = {"on": key, "do": "set-aside", f"{key}-reason": "Sent too early."}
    page = officer.post(f"/sealed/{seal.pk}/", said, follow=True).content.decode()
    assert "Kept." in page
    assert "under the same number" not in page
