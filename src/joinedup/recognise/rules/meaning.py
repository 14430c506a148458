"""What a pattern means, for one child, in plain Python. Every other engine must mean the same.

1. A date is a stretch of days, and reports of one event share one date (`facts`).
2. `where` picks entries (`filters`); *after* and *not followed by* pick among them (`sequence`, `silence`). What was
   not followed stands on the day on which that became certain.
3. A pattern is asked on the days on which an entry of its own comes into a window, and on no other day, up to and
   including the day `on`, with what is known now. Entries of one day are seen together.
4. It holds on a day if the entries that the day's windows touch reach every measure (`windows`): surely, perhaps if
   coarse dates fall so, or only with an entry coarser than the window.
5. Days on which it holds that lie no further apart than `quiet` are one episode (`episodes`). The newest episode that
   may be pushed counts, else the newest; in it the surest telling, and of that the latest day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile

from joinedup.chronicle.rules.line import Line
from joinedup.ground.codes import codes
from joinedup.recognise.rules.episodes import Episode, standing
from joinedup.recognise.rules.facts import facts_of
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.match import Match
from joinedup.recognise.rules.pool import Pool
from joinedup.recognise.rules.saying import match_of
from joinedup.recognise.rules.telling import Telling
from joinedup.recognise.rules.windows import Certainty

NOBODY: Mapping[str, Sequence[Line]] = {}


class Story:
    """One child's facts as known now, ready to be asked about many patterns on one day.

    `household`: the lines of each person who lives there now, by reference.
    """

    def __init__(
        self, lines: Sequence[Line], on: date, feeds: Feeds, household: Mapping[str, Sequence[Line]] = NOBODY
    ) -> None:
        self.on = on.toordinal()
        self.feeds = feeds
        everything = facts_of(lines, household, feeds, codes(on))
        self.to_come = [fact for fact in everything if fact.first is not None and fact.first > self.on]
        happened = [fact for fact in everything if fact.first is None or fact.first <= self.on]
        self._household = Pool(happened)
        self._child = Pool([fact for fact in happened if fact.person == ""]) if household else self._household

    def pool(self, pattern: Pattern) -> Pool:
        """What the pattern may look at: the child's own, or also that of the people now in the household."""
        return self._household if pattern.for_ == "household" else self._child

    def tellings(self, pattern: Pattern) -> Iterator[Telling]:
        """One for each certainty, the least sure first; where no date is coarse, they are all the same."""
        pool = self.pool(pattern)
        is_coarse = any(pool.is_coarse(where) for count in pattern.when.counts() for where in count.evidence)
        for certainty in Certainty if is_coarse else (Certainty.SURE,):
            yield Telling(pattern.when, pool, self.feeds, self.on, certainty)


def episode_of(pattern: Pattern, story: Story) -> Episode | None:
    """The episode that stands, or None. This is what engines are compared on."""
    return _episode(pattern, _that_hold(pattern, story))


def _that_hold(pattern: Pattern, story: Story) -> list[Telling]:
    """The tellings, up to the first that never holds: what is surer holds on no more days."""
    return list(takewhile(Telling.days, story.tellings(pattern)))


def _episode(pattern: Pattern, tellings: Sequence[Telling]) -> Episode | None:
    held = {day: telling.certainty for telling in tellings for day in telling.days()}
    return standing(held, pattern.quiet.n)


def look(pattern: Pattern, story: Story) -> Match | None:
    """The match of one pattern for one child, or None."""
    tellings = _that_hold(pattern, story)
    episode = _episode(pattern, tellings)
    if episode is None:
        return None
    surest = next(telling for telling in tellings if telling.certainty is episode.certainty)
    return match_of(pattern, episode, surest, story.feeds)


def look_at(
    pattern: Pattern, lines: Sequence[Line], on: date, feeds: Feeds, household: Mapping[str, Sequence[Line]] = NOBODY
) -> Match | None:
    """The match of one pattern for one child as known now, asked about the day `on`; or None."""
    return look(pattern, Story(lines, on, feeds, household))


def evaluate(
    lines: Sequence[Line],
    on: date,
    feeds: Feeds,
    patterns: Sequence[Pattern],
    household: Mapping[str, Sequence[Line]] = NOBODY,
) -> list[Match]:
    """Every match of every pattern, in the order of the patterns."""
    story = Story(lines, on, feeds, household)
    return [match for pattern in patterns if (match := look(pattern, story))]
