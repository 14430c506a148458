"""From a notice to what it says: one entry per event for each subject that the event is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Protocol

from joinedup.ground.keys import digest
from joinedup.ground.periods import Period, read_period
from joinedup.receive.rules.notice import Event, Happened, Notice, Observer, Person
from joinedup.share.rules import handling_code

LARGEST = 2**31  # what a database's integer holds


class Sent(Protocol):
    """What this room needs to know of a message; receive says since when, and why, it stands no more."""

    key: str
    agency_id: str
    told_by: int | None
    sent_at: datetime | None
    received_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom link found for a mention: the record's own subject, and its kind (child, adult)."""

    subject: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one event of a notice says about one subject; named as the fields of an entry."""

    key: str
    subject: int
    event_n: int
    kind: str
    concerns: tuple[str, ...]  # sorted
    unread_codes: str
    side: str
    standing: str
    period: Period
    date_words: str
    words: str
    childs_words: str
    going_well: str
    told: tuple[dict[str, Any], ...] | None  # as said; None: not known
    outcome: str
    count: int | None
    place: str
    observer: str
    observer_role: str
    first_hand: bool | None
    reference: str
    handling: str  # a share.rules.HandlingCode
    shared: bool


def entry_key(message: str, event: int, mention: int) -> str:
    """The key of an entry: its message and where in it (design section 3, Keys)."""
    return digest("entry", message, str(event), str(mention))


def report_key(message: str, event: int) -> str:
    """The key of a report: one event as one message tells it, whomever it is about."""
    return digest("report", message, str(event))


def observer_key(agency: str, observer: Observer, message: str) -> str:
    """An opaque key of who saw it. One who is not named is a voice of its own: one for each message."""
    named = (observer.reference or "").casefold()
    return digest("observer", agency, named) if named else digest("voice", message)


def said_by(notice: Notice, message: Sent, found: Mapping[int, Somebody]) -> list[Said]:
    """Every entry of a notice, in order of event and mention. `found`: whom link found for each mention."""
    return [
        _said(event, n, somebody.subject, message, notice.observer, shared=len(about) > 1)
        for event in _numbered(notice.events)
        for about in [_about(event, notice.persons, found)]
        for n, somebody in about.items()
    ]


def _numbered(events: list[Event]) -> Iterator[Event]:
    """The events; one whose number is used already, or is none, gets a free one, so that no event hides another."""
    free = (n for n in count(1) if n not in {event.n for event in events})
    taken: set[int] = set()
    for event in events:
        if event.n in taken or not 0 <= event.n < LARGEST:
            yield event.model_copy(update={"n": next(free)})
        else:
            taken.add(event.n)
            yield event


def _about(event: Event, persons: Iterable[Person], found: Mapping[int, Somebody]) -> dict[int, Somebody]:
    """Whom an event is about: those it names; else every child who is a subject, else every child, else anybody.

    Two mentions that are one person (`same_as`) are asked once, under the smaller number.
    """
    roles = {person.n: person.role for person in persons}
    children = {n: one for n, one in found.items() if one.kind == "child"}
    choices = (
        {n: found[n] for n in event.about if n in found},
        {n: one for n, one in children.items() if roles.get(n) == "subject"},
        children,
        dict(found),
    )
    return _once(next((choice for choice in choices if choice), {}), found)


def _once(chosen: Mapping[int, Somebody], found: Mapping[int, Somebody]) -> dict[int, Somebody]:
    smallest = {found[n].subject: n for n in sorted(found, reverse=True)}
    return {n: found[n] for n in sorted({smallest[one.subject] for one in chosen.values()})}


def _said(event: Event, mention: int, subject: int, message: Sent, observer: Observer, *, shared: bool) -> Said:
    return Said(
        key=entry_key(message.key, event.n, mention),
        subject=subject,
        event_n=event.n,
        kind=event.kind,
        concerns=tuple(sorted(set(event.concerns))),
        unread_codes=", ".join(event.unread_codes)[:500],
        side=event.side or "",
        standing=event.standing,
        period=_period(event.happened),
        date_words=event.happened.words or "",
        words=event.words or "",
        childs_words=event.childs_words or "",
        going_well=event.going_well or "",
        told=_told(event),
        outcome=event.outcome or "",
        count=event.count if event.count is not None and 0 <= event.count < LARGEST else None,
        place=event.place or "",
        observer=observer_key(message.agency_id, observer, message.key),
        observer_role=observer.role or "",
        first_hand=observer.first_hand,
        reference=event.reference or "",
        handling=handling_code(event.handling).value,
        shared=shared,
    )


def _period(happened: Happened) -> Period:
    """When it happened; what cannot be read is not known, and its problem stands on the receipt."""
    period, _problems = read_period(happened.from_, happened.to, happened.precision, happened.lasting, happened.words)
    return period


def _told(event: Event) -> tuple[dict[str, Any], ...] | None:
    """Who was told, as said: *unknown* (None) and *nobody* (empty) stay two values."""
    if isinstance(event.told, str):
        return None
    told = sorted({(told.agency, told.state, told.when or "") for told in event.told})
    return tuple({"agency": agency, "state": state, "when": when} for agency, state, when in told)
