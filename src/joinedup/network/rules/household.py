"""Who is in a household on a day: those stated to be, and those said to live at the same address.

People move and agencies hear of it late, so of several statements the latest on or before the day counts. A tie whose
beginning is not said begins on the day it was said. All days are civil days.

What is said of days to come counts on these days, so a household changes though nothing new is said (`changes_after`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

LARGEST_HOUSEHOLD = 12  # more people at one address are a home with a name over its door, not a household
Days = Mapping[date, set[int]]  # heads of people and places, by the days on which these change


@dataclass(frozen=True)
class Lives:
    """A statement that `who` (head) lives at `place` (head).

    `shared`: whoever lives there too is of one household. A placement is none by its address alone; it ends the one
    before, as any move does.
    """

    who: int
    place: int
    since: date | None
    until: date | None
    said_on: date
    key: str
    shared: bool = True


@dataclass(frozen=True)
class Stated:
    """A statement that `member` (head) is, or is no more, in the household of `child` (head)."""

    child: int
    member: int
    since: date | None
    until: date | None
    said_on: date
    key: str


@dataclass(frozen=True)
class Member:
    """Somebody in the household; `role` to the child as stated, else "same-address". `since`: as far as is known."""

    head: int
    role: str
    since: date


class Homes:
    """Where one person is said to live; where that is on a day is worked out once."""

    def __init__(self, lives: Sequence[Lives] = ()) -> None:
        self.lives = lives
        self._on: dict[date, dict[int, date]] = {}

    def on(self, day: date) -> dict[int, date]:
        """The places where they live on a day, each with since when."""
        if day not in self._on:
            self._on[day] = current_homes(self.lives, day)
        return self._on[day]


@dataclass(frozen=True)
class Around:
    """All that bears on the household of `head`: where they live, who is stated to live with them.

    `others`: of everybody else who was ever said to live at one of these places, where they live.
    """

    head: int
    homes: Homes
    stated: Sequence[Stated]
    others: Mapping[int, Homes]

    def on(self, day: date) -> dict[int, date]:
        """Who lives with them on a day, each with since when as far as is known."""
        others = {other: homes.on(day) for other, homes in self.others.items()}
        together = one_household(self.homes.on(day), others) | members_on(self.stated, day)
        return {other: since for other, since in together.items() if other != self.head}

    def changes_after(self, day: date) -> list[date]:
        """The later days on which the household can change though nothing new is said."""
        said: list[Sequence[Lives | Stated]] = [
            self.stated,
            *(homes.lives for homes in (self.homes, *self.others.values())),
        ]
        ties = chain.from_iterable(said)
        return sorted({one for tie in ties for one in (begin(tie), tie.said_on, tie.until) if one and one > day})

    def from_(self, day: date) -> Days:
        """Who lives with them, and where, on a day and on each later day on which that can change."""
        return {one: {*self.on(one), *self.homes.on(one)} for one in (day, *self.changes_after(day))}


def everyone(days: Days) -> set[int]:
    """Every person and place of these days."""
    return set().union(*days.values())


def current_homes(lives: Iterable[Lives], on: date) -> dict[int, date]:
    """The shared places where somebody lives on a day, each with since when: by the latest statement up to then."""
    begun = [tie for tie in lives if begin(tie) <= on and tie.said_on <= on]
    latest = max((tie.said_on for tie in begun), default=None)
    homes = {tie.place for tie in begun if tie.said_on == latest and tie.shared and not _over(tie, on)}
    return {place: min(begin(tie) for tie in begun if tie.place == place) for place in sorted(homes)}


def members_on(statements: Iterable[Stated], on: date) -> dict[int, date]:
    """Those stated to be in the household on a day, each with since when: the latest statement on each counts."""
    by_member: dict[int, list[Stated]] = {}
    for tie in statements:
        if tie.said_on <= on:
            by_member.setdefault(tie.member, []).append(tie)
    latest = {member: max(ties, key=lambda t: (t.said_on, t.key)) for member, ties in by_member.items()}
    return {
        member: min(begin(t) for t in by_member[member] if not _over(t, on))
        for member, tie in sorted(latest.items())
        if begin(tie) <= on and not _over(tie, on)
    }


def one_household(homes: Mapping[int, date], others: Mapping[int, Mapping[int, date]]) -> dict[int, date]:
    """Of others by their current homes, those who live where somebody lives, each with since when both have.

    An address of many is no household.
    """
    found: dict[int, date] = {}
    for place, since in homes.items():
        there = {other: places[place] for other, places in others.items() if place in places}
        if len(there) < LARGEST_HOUSEHOLD:
            found |= {other: max(since, began) for other, began in there.items()}
    return found


def begin(tie: Lives | Stated) -> date:
    return tie.since or tie.said_on


def _over(tie: Lives | Stated, on: date) -> bool:
    return tie.until is not None and tie.until <= on
