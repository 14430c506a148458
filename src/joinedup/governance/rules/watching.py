"""What catches the eye in the looks of some weeks. Every rule is a property of the final set (law 2): any order of the
same looks gives the same signals, and nobody can know beforehand which of their looks is drawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from statistics import median

from joinedup.ground.editions import Edition, in_force_or_first, read_editions
from joinedup.ground.keys import digest

FILE = Path(__file__).parents[1] / "data" / "watch.yaml"
DRAWN_OF = 10_000


class Signal(StrEnum):
    """Why a look is worth asking about."""

    NAME = "the same family name as whoever looked, or as they declared"
    ADDRESS = "a postcode that whoever looked declared as their family's"
    NO_TASK = "outside their own work, and nothing was done about the child afterwards"
    VOLUME = "far more children outside their own work that week than others in the same role"
    DRAWN = "drawn without any reason, as some looks always are"


class Found(StrEnum):
    """What a guardian finds."""

    IN_ORDER = "in order"
    ASKED = "the agency is asked"
    WRONG = "it should not have been"


class Watch(Edition):
    """One edition of what catches the eye (`data/watch.yaml`)."""

    look_back_days: int
    task_within_days: int
    volume_least: int
    volume_times: int
    second_look_percent: int


@cache
def _shipped() -> tuple[Watch, ...]:
    return read_editions(FILE, Watch)


@cache
def watch_on(day: date) -> Watch:
    """The edition in force on a day (for days before the first: the first)."""
    return in_force_or_first(_shipped(), day)[0]


@dataclass(frozen=True)
class Glance:
    """One practitioner's looks at one child on one civil day. `row`, `digest`: of the first look's audit row.

    `own`: the child was their own work then. `acted`: when they did something about the child (instants).
    `family`, `postcodes`: what is said of the child; `declared`: digests of what the practitioner declared.
    """

    row: int
    digest: str
    at: datetime
    day: date
    who: int
    surname: str
    role: str
    head: int
    own: bool
    acted: tuple[datetime, ...] = ()
    family: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    declared: frozenset[str] = field(default=frozenset(), repr=False)


def declared(salt: bytes, what: str, text: str) -> str:
    """A declared name or postcode as it is kept and compared: without spaces and case, and salted."""
    return digest(salt, "declared", what, "".join(text.casefold().split()))


def signals(glances: Collection[Glance], *, watch: Watch, salt: bytes, at: datetime) -> dict[int, list[Signal]]:
    """By audit row, why it is worth asking about; rows that nothing speaks against are left out."""
    found: dict[int, list[Signal]] = defaultdict(list)
    busy = _busy(glances, watch)
    for one in glances:
        checks: Mapping[Signal, bool] = {
            Signal.NAME: _of_the_family(one, salt),
            Signal.ADDRESS: any(declared(salt, "postcode", text) in one.declared for text in one.postcodes),
            Signal.NO_TASK: _no_task(one, watch, at),
            Signal.VOLUME: (one.who, _week(one.day)) in busy and not one.own,
            Signal.DRAWN: int(digest(salt, "second look", one.digest), 16) % DRAWN_OF < watch.second_look_percent * 100,
        }
        for signal, holds in checks.items():
            if holds:
                found[one.row].append(signal)
    return dict(found)


def _of_the_family(one: Glance, salt: bytes) -> bool:
    same = one.surname.casefold() in {name.casefold() for name in one.family}
    return same or any(declared(salt, "name", name) in one.declared for name in one.family)


def _no_task(one: Glance, watch: Watch, at: datetime) -> bool:
    """Not before the days have passed in which something may still be done."""
    until = one.at + timedelta(days=watch.task_within_days)
    return not one.own and until <= at and not any(one.at <= done < until for done in one.acted)


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _busy(glances: Iterable[Glance], watch: Watch) -> set[tuple[int, tuple[int, int]]]:
    """Who looked, in which week, at far more children outside their work than others of their role."""
    seen: dict[tuple[str, tuple[int, int]], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one in glances:
        if not one.own:
            seen[one.role, _week(one.day)][one.who].add(one.head)
    return {
        (who, week)
        for (_, week), by_person in seen.items()
        for who, heads in by_person.items()
        if len(heads) > max(watch.volume_least, watch.volume_times * median(map(len, by_person.values())))
    }
