"""What catches the eye in the looks of some weeks. Every rule is a property of the final set (law 2): any order of the
same looks gives the same signals, and nobody can know beforehand which of their looks is drawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from statistics import median

from joinedup.governance.rules.naming import NAME, compared, family_parts, surnames
from joinedup.ground.editions import Edition, in_force_or_first, read_editions
from joinedup.ground.keys import digest

FILE = Path(__file__).parents[1] / "data" / "watch.yaml"
DRAWN_OF = 10_000
Week = tuple[int, tuple[int, int]]  # who; year and week


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
    work: tuple[str, ...]


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

    `name`: theirs, whole. `own`: the child, or whom it was shown beside, was their own work then; `acted`: when they
    did something about either (instants).
    `family`, `postcodes`: what is said of the child; `declared`: digests of what the practitioner declared.
    """

    row: int
    digest: str
    at: datetime
    day: date
    who: int
    name: str
    role: str
    head: int
    own: bool
    acted: tuple[datetime, ...] = ()
    family: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    declared: frozenset[str] = field(default=frozenset(), repr=False)


def signals(
    glances: Collection[Glance], *, watch: Watch, salt: bytes, at: datetime
) -> dict[tuple[int, int], list[Signal]]:
    """By audit row and child, why it is worth asking about; looks that nothing speaks against are left out."""
    busy = _busy(glances, watch)
    found: dict[tuple[int, int], list[Signal]] = defaultdict(list)
    for one in glances:
        found[one.row, one.head] += _signals(one, busy, watch, salt, at)
    return {look: said for look, said in found.items() if said}


def _signals(one: Glance, busy: set[Week], watch: Watch, salt: bytes, at: datetime) -> Iterator[Signal]:
    if _of_the_family(one, salt):
        yield Signal.NAME
    if _declared(one, "postcode", one.postcodes, salt):
        yield Signal.ADDRESS
    if _no_task(one, watch, at):
        yield Signal.NO_TASK
    if not one.own and (one.who, _week(one.day)) in busy:
        yield Signal.VOLUME
    if int(digest(salt, "second look", one.digest), 16) % DRAWN_OF < watch.second_look_percent * 100:
        yield Signal.DRAWN


def _of_the_family(one: Glance, salt: bytes) -> bool:
    parts = frozenset().union(*map(family_parts, one.family))
    return bool(parts & surnames(one.name)) or _declared(one, NAME, one.family, salt)


def _declared(one: Glance, what: str, said: Iterable[str], salt: bytes) -> bool:
    return bool(one.declared) and any(compared(salt, what, text) & one.declared for text in said)


def _no_task(one: Glance, watch: Watch, at: datetime) -> bool:
    """Not before the days have passed in which something may still be done."""
    until = one.at + timedelta(days=watch.task_within_days)
    return not one.own and until <= at and not any(one.at <= done < until for done in one.acted)


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _busy(glances: Iterable[Glance], watch: Watch) -> set[Week]:
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
