"""The ties that a notice states in so many words. Nothing is inferred: a shared surname ties nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from joinedup.ground.keys import digest
from joinedup.ground.periods import read_period
from joinedup.receive.rules.notice import Address, Event, Notice, Person

LIVES_AT, PLACED_AT, STAYS_AT, GOES_TO = "lives-at", "placed-at", "stays-at", "goes-to"
HOUSEHOLD, WITH = "household-member", "with"
# A placement is no household by its address alone: young people who share a provider's house are not a family. Carers
# and others who live there with the child are said so (`in_household`).
AT = {"home": LIVES_AT, "placement": PLACED_AT, "school": GOES_TO, "other": STAYS_AT}  # by the address's kind
NO_TIES = frozenset({"subject", "reporter", "professional"})
Mention = int | tuple[int, int]  # person n, or (person n, index of one of their addresses)


@dataclass(frozen=True)
class Says:
    """One tie between two mentions of a notice. `since` first day, `until` the day from which it holds no more."""

    key: str
    source: Mention
    target: Mention
    kind: str
    since: date | None = None
    until: date | None = None


def says(notice: Notice, message: str, said_on: date) -> list[Says]:
    """Every tie that the notice states, each key once. `message` is its key, `said_on` the civil day it was said."""
    ties = [
        tie
        for person in notice.persons
        for tie in (*_addresses(person, message), *_people(person, notice, message, said_on))
    ]
    ties += [tie for event in notice.events for tie in _together(event, notice, message)]
    return list({tie.key: tie for tie in ties}.values())


def _addresses(person: Person, message: str) -> Iterator[Says]:
    for index, address in enumerate(person.addresses):
        since, until = days_of(address)
        yield _tie(message, person.n, (person.n, index), AT[address.kind], since, until)


def days_of(address: Address) -> tuple[date | None, date | None]:
    """From when to when (half-open) somebody is said to live there; null where it is not said or cannot be read."""
    since, _ = read_period(address.since, None, None, None, None)
    until, _ = read_period(address.until, None, None, None, None)
    return since.first, until.end


def _people(person: Person, notice: Notice, message: str, said_on: date) -> Iterator[Says]:
    """Ties from each child the notice is about to this person, by role and by household."""
    if person.role in NO_TIES:
        return
    for child in subjects_of(notice):
        if person.role != HOUSEHOLD:
            yield _tie(message, child.n, person.n, person.role)
        if person.role == HOUSEHOLD or person.in_household == "yes":
            yield _tie(message, child.n, person.n, HOUSEHOLD, *_stay(person))
        elif person.in_household == "no":
            yield _tie(message, child.n, person.n, HOUSEHOLD, None, said_on)


def _stay(person: Person) -> tuple[date | None, date | None]:
    """Since when somebody is in the household: as their address there says, if it says so."""
    homes = [address for address in person.addresses if AT[address.kind] in (LIVES_AT, PLACED_AT)]
    return days_of(homes[0]) if len(homes) == 1 else (None, None)


def _together(event: Event, notice: Notice, message: str) -> Iterator[Says]:
    """Those who were with those whom an event is about, on the days it happened."""
    about = event.about or [child.n for child in subjects_of(notice)]
    happened = event.happened
    period, _ = read_period(happened.from_, happened.to, happened.precision, happened.lasting, happened.words)
    for one in about:
        for other in event.with_:
            if one != other:
                yield _tie(message, one, other, WITH, period.first, period.end, str(event.n))


def subjects_of(notice: Notice) -> list[Person]:
    return [person for person in notice.persons if person.role == "subject"]


def _tie(
    message: str, source: Mention, target: Mention, kind: str,
    since: date | None = None, until: date | None = None, part: str = "",
) -> Says:  # fmt: skip
    return Says(digest(message, str(source), str(target), kind, part), source, target, kind, since, until)
