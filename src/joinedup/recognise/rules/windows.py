"""Counting in rolling windows: for each day asked, what all the entries touched by that day's window amount to.

An entry stands in the window of every day from `enter` up to but without `leave`; so one sweep over the days, with a
counter for each measure asked, is enough.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from operator import attrgetter

from joinedup.ground.clock import start_of
from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.language import MEASURES
from joinedup.recognise.rules.spans import day_of

EVER = 10_000_000  # later than every day


class Certainty(IntEnum):
    """How sure a finding is, given that a date may be coarse."""

    SHOWN = 1  # only with an entry coarser than the window: shown on the child's page, never pushed
    MAY = 2  # if the coarse dates fall so
    SURE = 3  # wherever in their periods the entries happened


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A fact that counts in the window of each day in [enter, leave); `since`: the fact before it, if it must follow.

    `times`: how many times it surely stands for in one window.
    """

    enter: int
    leave: int
    fact: Fact
    times: int = 1
    since: Fact | None = None
    silent_from: int | None = None  # of what was not followed: the day on which that became certain

    @property
    def known_from(self) -> datetime:
        """When it was received here, with what it had to come after, and its silence had begun."""
        moments = [fact.line.received_at for fact in (self.fact, self.since) if fact]
        return max([*moments, start_of(day_of(self.silent_from))] if self.silent_from else moments)


def placed(fact: Fact, window: int | None, certainty: Certainty, since: Fact | None = None) -> Placed | None:
    """Where a fact stands, under the given certainty; None if it cannot count.

    A window of n days asked on day d holds the days from d - n + 1 to d. To be sure, what happened once must lie in
    it whole; what lasted need only touch it. Without a date a fact counts only where there is no window.
    """
    if fact.first is None or fact.last is None:
        return Placed(0, EVER, fact, fact.count, since) if window is None else None
    sure_of_once = certainty is Certainty.SURE and not fact.lasting
    enter = fact.last if sure_of_once else fact.first
    if window is None:
        return Placed(enter, EVER, fact, fact.count, since)
    if certainty is Certainty.MAY and fact.span > window:
        return None
    leave = (fact.first if sure_of_once else fact.last) + window
    return Placed(enter, leave, fact, times_in(fact, window), since) if enter < leave else None


def times_in(fact: Fact, window: int) -> int:
    """How many of the times that a row stands for some window of its own days must hold.

    A row "missing 11 times from 1 March to 12 April" is two windows of 30 days long, so one of them holds six.
    """
    windows = -(-fact.width // window)
    return -(-fact.count // windows)


class Tally:
    """What the entries now in the window amount to, measure by measure."""

    def __init__(self, measures: Iterable[str], everything: Sequence[Placed]) -> None:
        self._counters: dict[str, dict[Hashable, int]] = {measure: {} for measure in measures}
        self._parts = [(VALUES[measure], counter) for measure, counter in self._counters.items()]
        self._times = _times_of(everything) if "times" in self._counters else {}

    def change(self, fact: Fact, by: int) -> None:
        """Take a fact in (1) or out (-1)."""
        for values_of, counter in self._parts:
            for value in values_of(fact):
                left = counter.get(value, 0) + by
                if left:
                    counter[value] = left
                else:
                    del counter[value]

    def amount(self, measure: str) -> int:
        there = self._counters[measure]
        return sum(self._times[happening] for happening in there) if measure == "times" else len(there)

    def reaches(self, needs: Mapping[str, int]) -> bool:
        return all(self.amount(measure) >= n for measure, n in needs.items())


VALUES: Mapping[str, Callable[[Fact], Iterable[Hashable]]] = {  # measure -> the distinct things that a fact adds to it
    "happenings": lambda fact: (fact.happening,),  # never reports: one event may have many
    "times": lambda fact: (fact.happening,),
    "observers": lambda fact: () if fact.first_hand == "no" else (fact.observer,),  # who passes on saw nothing
    "agencies": lambda fact: (fact.agency,),
    "kinds_of_agency": lambda fact: (fact.agency_kind,),
    "kinds_of_concern": lambda fact: fact.worries,
    "sides": lambda fact: (fact.side,) if fact.side else (),
    "people": lambda fact: (fact.person,),
    "days": lambda fact: () if fact.first is None else (fact.first,),
}


def _times_of(everything: Sequence[Placed]) -> dict[Hashable, int]:
    """How many times each happening stands for: the most that any report of it says."""
    times: dict[Hashable, int] = {}
    for place in everything:
        times[place.fact.happening] = max(times.get(place.fact.happening, 1), place.times)
    return times


def measured(chosen: Sequence[Placed]) -> dict[str, int]:
    """Every measure of the chosen entries, as a sentence says it: of times, all that the rows say."""
    tally = Tally(MEASURES, [replace(place, times=place.fact.count) for place in chosen])
    for place in chosen:
        tally.change(place.fact, 1)
    return {measure: tally.amount(measure) for measure in MEASURES}


def days_reached(places: Sequence[Placed], asked: Sequence[int], needs: Mapping[str, int]) -> set[int]:
    """Those of the days `asked` (ascending) on whose window the entries reach every one of `needs`."""
    arriving = sorted(places, key=attrgetter("enter"))
    leaving = sorted(places, key=attrgetter("leave"))
    tally, came, went, reached = Tally(needs, places), 0, 0, set()
    for day in asked:
        while came < len(arriving) and arriving[came].enter <= day:
            tally.change(arriving[came].fact, 1)
            came += 1
        while went < len(leaving) and leaving[went].leave <= day:
            tally.change(leaving[went].fact, -1)
            went += 1
        if tally.reaches(needs):
            reached.add(day)
    return reached
