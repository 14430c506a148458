"""One pattern told of one child under one certainty: on which days it holds, and what is found on a day."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Clause, Count
from joinedup.recognise.rules.placing import placings
from joinedup.recognise.rules.pool import Pool
from joinedup.recognise.rules.windows import Certainty, Placed, days_reached, measured

Places = Mapping[str, Sequence[Placed]]  # by the name of the count


@dataclass(frozen=True)
class Found:
    """One count on one day: the entries in its window, and what they amount to, measure by measure."""

    count: Count
    places: tuple[Placed, ...]
    amounts: dict[str, int]


@dataclass(frozen=True)
class Telling:
    """`on`: ordinal of the day asked about; `pool`: what can have happened by then."""

    when: Clause
    pool: Pool
    feeds: Feeds
    on: int
    certainty: Certainty

    @cached_property
    def _places(self) -> Places:
        return {
            count.called: placings(count, self.pool, self.feeds, self.on, self.certainty)
            for count in self.when.counts()
        }

    def days(self) -> set[int]:
        """The days on which it is asked – an entry comes into a window – and holds."""
        return self._days

    @cached_property
    def _days(self) -> set[int]:
        asked = sorted({place.enter for places in self._places.values() for place in places})
        return _held(self.when, asked, self._places)

    def found(self, day: int) -> list[Found]:
        """What every count found on a day on which the pattern holds; of an *any*, only those parts that hold."""
        return list(self._found(self.when, day))

    def ready(self, days: Sequence[int]) -> datetime:
        """The earliest moment by which enough had been received for the pattern to hold on one of the days it holds."""
        there = {
            called: [place for place in places if place.enter <= days[-1] and days[0] < place.leave]
            for called, places in self._places.items()
        }
        known_from = {place: place.known_from for places in there.values() for place in places}
        moments = sorted(set(known_from.values()))

        def is_enough(moment: datetime) -> bool:
            known = {called: [p for p in places if known_from[p] <= moment] for called, places in there.items()}
            return bool(_held(self.when, days, known))

        return moments[bisect_left(moments, True, key=is_enough)]

    def _found(self, clause: Clause, day: int) -> Iterator[Found]:
        if clause.count:
            places = self._places[clause.count.called]
            there = tuple(place for place in places if place.enter <= day < place.leave)
            yield Found(clause.count, there, measured(there))
        for part in (*clause.all, *clause.any):
            if clause.all or _held(part, [day], self._places):
                yield from self._found(part, day)


def _held(clause: Clause, asked: Sequence[int], places: Places) -> set[int]:
    """Those of the days asked (ascending) on which a clause holds."""
    if clause.count:
        return days_reached(places[clause.count.called], asked, clause.count.needs)
    if clause.any:
        return set().union(*(_held(part, asked, places) for part in clause.any))
    held = list(asked)
    for part in clause.all:  # each is asked only on the days that those before it left
        held = sorted(_held(part, held, places)) if held else []
    return set(held)
