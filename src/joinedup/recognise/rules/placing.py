"""Which entries a count takes, and where each stands in its window."""

from collections.abc import Iterator

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Count, NotFollowed
from joinedup.recognise.rules.pool import Pool
from joinedup.recognise.rules.sequence import Firsts
from joinedup.recognise.rules.silence import Silence, silences
from joinedup.recognise.rules.windows import EVER, Certainty, Placed, placed


def picked(count: Count, pool: Pool, certainty: Certainty) -> Iterator[tuple[Fact, Fact | None]]:
    """What `where` means, and *after* lets by, each with the entry it comes after."""
    thens = pool.meeting(count.where)
    if count.after is None:
        yield from ((then, None) for then in thens)
        return
    firsts = Firsts(count.after, pool.meeting(count.after.where))
    for then in thens:
        if since := firsts.latest_before(then, certainty):
            yield then, since


def placings(count: Count, pool: Pool, feeds: Feeds, on: int, certainty: Certainty) -> list[Placed]:
    """Where the count's entries stand, as known on the day `on`; what comes in later is left out."""
    places: Iterator[Placed | None]
    if count.not_followed is None:
        places = (placed(fact, count.window, certainty, since) for fact, since in picked(count, pool, certainty))
    else:
        places = _silent(count, count.not_followed, pool, feeds, on, certainty)
    return [place for place in places if place and place.enter <= on]


def _silent(
    count: Count, rule: NotFollowed, pool: Pool, feeds: Feeds, on: int, certainty: Certainty
) -> Iterator[Placed]:
    """What was not followed stands on the day on which its silence begins to speak."""
    since = dict(picked(count, pool, certainty))
    for silence in silences(rule, list(since), pool, feeds):
        if silence.speaks_on(on) and (certainty is Certainty.SHOWN or _fine_enough(silence, count, rule)):
            leave = silence.speaks + count.window if count.window else EVER
            yield Placed(silence.speaks, leave, silence.fact, silence.fact.count, since[silence.fact], silence.speaks)


def _fine_enough(silence: Silence, count: Count, rule: NotFollowed) -> bool:
    """Whether the entry's date is no coarser than the longest stretch of time that the count names."""
    return silence.fact.span <= max(count.window or 0, rule.within.n)
