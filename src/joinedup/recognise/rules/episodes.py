"""From the days on which a pattern holds to the one episode that stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from joinedup.recognise.rules.windows import Certainty


@dataclass(frozen=True, slots=True)
class Episode:
    """`began`: the first day on which it held as surely as it does; `day`: the latest such. Ordinals; 0: no date."""

    began: int
    day: int
    certainty: Certainty


def standing(held: Mapping[int, Certainty], quiet: int) -> Episode | None:
    """The newest episode that may be pushed, else the newest, at its surest; None if it never held."""
    episodes = list(_apart(sorted(held), quiet))
    pushable = [days for days in episodes if any(held[day] >= Certainty.MAY for day in days)]
    if not episodes:
        return None
    days = (pushable or episodes)[-1]
    surest = max(held[day] for day in days)
    sure_days = [day for day in days if held[day] is surest]
    return Episode(sure_days[0], sure_days[-1], surest)


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
