"""What people typed of the life now, before or after the seal, is read without the life before, wherever it stands."""

import pytest
from django.test import Client

from flow.street import AT, event
from joinedup.chronicle.actions import mark_significant
from joinedup.chronicle.models import Entry
from joinedup.respond import actions as respond
from joinedup.respond.queries import open_on
from joinedup.rights import actions as rights
from joinedup.rights.rules import Teller
from joinedup.share import actions as share
from sealed.conftest import NOW, Lives

TYPED = "As Tess Arden she lived at 4 Mill Lane."
TOLD = ("Arden", "Mill Lane")


@pytest.fixture
def worker(lives: Lives) -> Client:
    """Of the child as she is known now: allocated, so that everything about her is read."""
    who = lives.people["max"]
    for relation in ("manager", "allocated"):
        share.involve(by=lives.actor("max"), at=AT, subject=lives.now, relation=relation, practitioner=who)
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed_everywhere(lives: Lives) -> Entry:
    """In an agency's words, a decision, a mark, a correction and the child's own account."""
    key = lives.street.tell("school", [NOW], event("concern", "2026-03-18", "neglect", words=TYPED))
    entry, by, now = Entry.objects.get(message=key), lives.actor("max"), lives.now
    mark_significant(by=by, at=AT, entry=entry.key, significant=True, reason=TYPED)
    rights.say_wrong(by=by, at=AT, subject=now, entry=entry.key, agency="school", teller=Teller.CHILD, says=TYPED)
    rights.tell_account(by=by, at=AT, subject=now, words=TYPED, entry=entry.key)
    items = open_on(for_=lives.look("ann2"), head=now.pk)
    respond.decide(
        by=by, at=AT, subject=now.pk, what="advice", why=TYPED, feedback=TYPED,
        saw=frozenset().union(*(one.entries for one in items)),
        answers=[one.ref for one in items if one.kind != "finding"],
        themes=[one.theme for one in items if one.kind == "finding"],
    )  # fmt: skip
    return entry


def read(lives: Lives, worker: Client, entry: Entry) -> str:
    child = f"/child/{lives.now.reference}/"
    paths = (
        child,
        f"{child}chronology/",
        f"{child}chronology/{entry.key}/",
        f"{child}said/",
        f"{child}said/{entry.key}/",
    )
    answers = [worker.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return "".join(answer.content.decode() for answer in answers)


def test_the_life_before_is_read_nowhere_beside_the_life_now(lives: Lives, worker: Client) -> None:
    entry = typed_everywhere(lives)
    assert read(lives, worker, entry).count("Mill Lane") >= 5
    lives.seal()
    after = read(lives, worker, entry)
    assert [word for word in TOLD if word in after] == []
    assert after.count("[withheld]") >= 5
