"""The meaning by definition, with no sweep and no index: slow, and written apart from the code that it judges."""

from collections.abc import Iterable

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.filters import meets
from joinedup.recognise.rules.language import Count

SIZES = {
    "happenings": lambda facts: len({fact.happening for fact in facts}),
    "observers": lambda facts: len({fact.observer for fact in facts if fact.first_hand != "no"}),
    "agencies": lambda facts: len({fact.agency for fact in facts}),
    "kinds_of_agency": lambda facts: len({fact.agency_kind for fact in facts}),
    "kinds_of_concern": lambda facts: len({worry for fact in facts for worry in fact.worries}),
    "sides": lambda facts: len({fact.side for fact in facts if fact.side}),
    "people": lambda facts: len({fact.person for fact in facts}),
    "days": lambda facts: len({fact.first for fact in facts}),
}


def may_add_up(count: Count, facts: Iterable[Fact]) -> bool:
    """Whether one window of the count's length touches dated entries that reach every measure. Tries every window."""
    dated = [fact for fact in facts if meets(count.where)(fact) and fact.first is not None]
    starts = range(min((f.first for f in dated), default=0) - count.window, max((f.last for f in dated), default=0) + 1)
    return any(_reached(count, [f for f in dated if f.first < w + count.window and w <= f.last]) for w in starts)


def surely_adds_up(count: Count, facts: Iterable[Fact]) -> bool:
    """Whether one window holds such entries whole; of what lasted it is enough that the window touches it."""
    dated = [fact for fact in facts if meets(count.where)(fact) and fact.first is not None]
    starts = range(min((f.first for f in dated), default=0) - count.window, max((f.last for f in dated), default=0) + 1)
    return any(_reached(count, [f for f in dated if _held(f, w, w + count.window)]) for w in starts)


def _held(fact: Fact, start: int, end: int) -> bool:
    if fact.lasting:
        return fact.first < end and start <= fact.last
    return start <= fact.first and fact.last < end


def _reached(count: Count, facts: list[Fact]) -> bool:
    return all(SIZES[measure](facts) >= n for measure, n in count.needs.items())
