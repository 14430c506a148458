"""What people do in the story, each as the person who does it and at their own moment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from joinedup.flow import worker
from joinedup.link import actions as link
from joinedup.link import queries as linked
from joinedup.link.rules.asking import statement
from joinedup.papers import actions as papers
from joinedup.sealed import actions as sealed
from joinedup.sealed.rules import Kind
from joinedup.share import queries as house
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


def settle(one: dict[str, Any], at: datetime) -> None:
    """A practitioner settles a doubt, as the story tells."""
    a, b = (
        linked.record_said(agency=it["agency"], sender_id=it["message"], n=it["n"])
        for it in (one["first"], one["second"])
    )
    link.settle(by=actor(one["by"]), at=at, a=a, b=b, same=one["same"], reason=one["reason"])
    worker.once(at=at)


def seal(one: dict[str, Any], at: datetime) -> None:
    """Two named officers seal the life before a child was adopted."""
    child = subject(one["child"])
    said = statement(given=one["given"], family=one["family"], born=one["child"]["born"], numbers=[])
    made = sealed.seal(
        by=actor(one["by"]), at=at, kind=Kind.ADOPTION, reason=one["reason"], old=None, now=child, said=said
    )
    sealed.confirm(by=actor(one["second"]), at=at, seal=made, reason=one["reason"])


def write(one: dict[str, Any], at: datetime) -> None:
    """A social worker makes a letter for somebody; it waits for them to look at it as it will read."""
    papers.prepare(
        by=actor(one["by"]), at=at, subject=subject(one["child"]), title=one["title"], name=one["to"],
        relation=one["relation"], purpose=one["purpose"], text=one["text"],
    )  # fmt: skip


ACTS: dict[str, Callable[[dict[str, Any], datetime], None]] = {"settle": settle, "seal": seal, "write": write}
"""By what the story calls it."""


def actor(email: str) -> Actor:
    """Somebody of the cast. Raises AssertionError if nobody is called so."""
    person = house.practitioner_of(email)
    assert person is not None, f"nobody is called {email}"
    return Actor(person.email, person.agency_id, person.pk)


def subject(child: dict[str, Any]) -> Subject:
    head = head_named(child)
    return house.subjects([head])[head]


def head_named(child: dict[str, Any]) -> int:
    """The head of the child whom this mention first named."""
    return linked.head_said(agency=child["agency"], sender_id=child["message"], n=child["n"])
