"""From the days on which a pattern holds to the one episode that stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from joinedup.recognise.rules.windows import Certainty


@dataclass(frozen=True, slots=True)
class Episode:
    """The days on which it held as surely as it does, ascending. Ordinals; 0: nothing in it is dated."""

    days: tuple[int, ...]
    certainty: Certainty

    @property
    def began(self) -> int:
        return self.days[0]

    @property
    def day(self) -> int:
        """The latest day: that of the evidence shown."""
        return self.days[-1]


def standing(held: Mapping[int, Certainty], quiet: int) -> Episode | None:
    """The newest episode that may be pushed, else the newest, at its surest; None if it never held."""
    episodes = list(_apart(sorted(held), quiet))
    pushable = [days for days in episodes if any(held[day] >= Certainty.MAY for day in days)]
    if not episodes:
        return None
    days = (pushable or episodes)[-1]
    surest = max(held[day] for day in days)
    return Episode(tuple(day for day in days if held[day] is surest), surest)


def _apart(days: list[int], quiet: int) -> Iterator[list[int]]:
    """Runs of days, no two neighbours of which lie further apart than `quiet`."""
    run: list[int] = []
    for day in days:
        if run and day - run[-1] > quiet:
            yield run
            run = []
        run.append(day)
    if run:
        yield run
