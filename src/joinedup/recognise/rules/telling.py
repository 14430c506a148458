"""One pattern told of one child under one certainty: on which days it holds, and what is found on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Clause, Count
from joinedup.recognise.rules.placing import placings
from joinedup.recognise.rules.pool import Pool
from joinedup.recognise.rules.windows import Certainty, Placed, days_reached, enough_received, measured


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
    def _places(self) -> dict[str, list[Placed]]:
        return {
            count.called: placings(count, self.pool, self.feeds, self.on, self.certainty)
            for count in self.when.counts()
        }

    def days(self) -> set[int]:
        """The days on which it is asked – an entry comes into a window – and holds."""
        asked = sorted({place.enter for places in self._places.values() for place in places})
        return self._held(self.when, asked)

    def found(self, day: int) -> list[Found]:
        """What every count found on a day on which the pattern holds; of an *any*, only those parts that hold."""
        return list(self._found(self.when, day))

    def ready(self, days: Iterable[int]) -> datetime:
        """When enough had been received for the pattern to hold on one of the days: the earliest such moment."""
        return min(self._ready(self.when, day) for day in days)

    def _ready(self, clause: Clause, day: int) -> datetime:
        if clause.count:
            there = [place for place in self._places[clause.count.called] if place.enter <= day < place.leave]
            return enough_received(there, clause.count.needs)
        if clause.all:
            return max(self._ready(part, day) for part in clause.all)
        return min(self._ready(part, day) for part in clause.any if self._held(part, [day]))

    def _held(self, clause: Clause, asked: Sequence[int]) -> set[int]:
        if clause.count:
            return days_reached(self._places[clause.count.called], asked, clause.count.needs)
        if clause.all:
            return self._all_held(clause.all, asked)
        return set.union(*(self._held(part, asked) for part in clause.any))

    def _all_held(self, parts: Sequence[Clause], asked: Sequence[int]) -> set[int]:
        """Each part is asked only on the days that the parts before it left."""
        held = list(asked)
        for part in parts:
            held = sorted(self._held(part, held)) if held else []
        return set(held)

    def _found(self, clause: Clause, day: int) -> Iterator[Found]:
        if clause.count:
            places = self._places[clause.count.called]
            there = tuple(place for place in places if place.enter <= day < place.leave)
            yield Found(clause.count, there, measured(there))
        for part in (*clause.all, *clause.any):
            if clause.all or self._held(part, [day]):
                yield from self._found(part, day)
