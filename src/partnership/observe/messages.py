"""One agency's message: whom it names, numbered in its own way, and the moment at which it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from partnership.agencies import Agency
from partnership.notices import Json, instant, notice
from partnership.observe.cards import Cards
from partnership.observe.reporters import Reporters
from partnership.observe.slips import errors

NINE, FIVE = 9, 17
NAMES_NO_PARENT = {"good-news"}


@dataclass(frozen=True)
class Sent:
    """One message on its way. `mentions`: whom each mention truly is. `rows`: child rows of the subjects."""

    agency: Agency
    at: datetime  # local time of England
    notice: Json
    mentions: dict[int, str]
    happening: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Named:
    """The persons of a notice as an agency writes them, and whom each truly is."""

    persons: list[Json]
    mentions: dict[int, str]
    rows: tuple[int, ...]

    @property
    def who(self) -> str:
        """The first child's forename as written."""
        return str(self.persons[0]["names"][0]["given"])


@dataclass
class Messages:
    """Writes messages about one part of the population."""

    cards: Cards
    reporters: Reporters
    dice: Random
    _counted: dict[str, int] = field(default_factory=dict)

    def named(self, by: Agency, rows: tuple[int, ...], day: int, kind: str) -> Named:
        """The children of these rows as subjects, sometimes with a parent beside them."""
        persons = [{"n": n, "role": "subject"} | self.cards.child(by, row, day) for n, row in enumerate(rows, start=1)]
        mentions = {n: child_key(int(self.cards.children.number[row])) for n, row in enumerate(rows, start=1)}
        if kind not in NAMES_NO_PARENT and self.dice.random() < errors().agencies[by.kind]["parents"]:
            home, n = int(self.cards.children.household[rows[0]]), len(persons) + 1
            mother = self.cards.homes.adults[home] == 1 or self.dice.random() < 0.7
            lives_there = "no" if self.cards.children.looked_after[rows[0]] else "yes"
            persons.append({"n": n} | self.cards.adult(home, mother) | {"in_household": lives_there})
            mentions[n] = adult_key(self.cards.part.number, home, mother)
        return Named(persons, mentions, rows)

    def sent(self, by: Agency, at: datetime, named: Named, events: Sequence[Json], *, key: str, observer: Json) -> Sent:
        """The message, every event of it about all its subjects."""
        about = list(range(1, len(named.rows) + 1))
        numbered = [{"n": n, "about": about} | event for n, event in enumerate(events, start=1)]
        whole = notice(
            sent=instant(at),
            id_=self.new_id(by),
            agency=by.code,
            observer=observer,
            persons=named.persons,
            events=numbered,
        )
        return Sent(by, at, whole, named.mentions, key, named.rows)

    def new_id(self, by: Agency) -> str:
        """The agency's next message number: three digits of the part, five of its own count in it."""
        self._counted[by.code] = self._counted.get(by.code, 0) + 1
        return f"{by.prefix}-{self.cards.part.number:03d}{self._counted[by.code]:05d}"


def in_hours(at: datetime, *, working: bool) -> datetime:
    """The same moment, or for those who work nine to five on weekdays the next one in their hours."""
    if working:
        if at.hour >= FIVE:
            at = at.replace(hour=NINE) + timedelta(days=1)
        elif at.hour < NINE:
            at = at.replace(hour=NINE)
        at += timedelta(days=max(0, 7 - at.weekday()) if at.weekday() > 4 else 0)
    return at.replace(second=0, microsecond=0)


def child_key(number: int) -> str:
    """The truth's name for a child."""
    return f"c{number:07d}"


def adult_key(part: int, home: int, mother: bool) -> str:
    """The truth's name for a parent."""
    return f"a{part:03d}{home:05d}{'m' if mother else 'f'}"
