"""Who holds a child's items, and who saw a notice."""

from collections.abc import Iterable
from datetime import datetime

from joinedup.respond.actions.persons import person
from joinedup.respond.models import Seen, Taking
from joinedup.respond.queries import derivation
from joinedup.share import actions as share
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor


class Taken(RuntimeError):  # noqa: N818 - what is so, rather than an error
    """Somebody else took it, or gave it back, meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody else took this, or gave it back, meanwhile. Look again before you go on.")


@act
def take(*, by: Actor, at: datetime, subject: int, from_: int | None = None) -> Taking:
    """Take a child's items. `from_`: whom the taker saw holding them (None: nobody).

    Raises Taken if that has changed, so that two people never hold one child unknowingly.
    """
    return _hold(by, at, subject, from_, person(by))


@act
def give_back(*, by: Actor, at: datetime, subject: int) -> Taking:
    """Give a child's items back: nobody holds them. Raises Taken if somebody else does."""
    return _hold(by, at, subject, person(by), None)


def _hold(by: Actor, at: datetime, subject: int, from_: int | None, to: int | None) -> Taking:
    share.stir(by=by, at=at, subjects=[subject])  # holds the child's row: takings come one after another
    if derivation.holder_of(subject) != from_:
        raise Taken
    note(subject=subject, practitioner=to)
    return Taking.objects.create(subject_id=subject, taken_by_id=to, by_id=person(by), at=at)


@act
def see(*, by: Actor, at: datetime, messages: Iterable[str]) -> None:
    """That this person opened these notices: evidence about them only, shown to whoever reported."""
    rows = [Seen(message_id=key, by_id=person(by), at=at) for key in sorted(set(messages))]
    Seen.objects.bulk_create(rows, ignore_conflicts=True)
    note(messages=len(rows))
