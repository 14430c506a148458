"""Lives: records that people work with as one child (law 7). Before a machine splits or joins there, a person is asked.

A life is a fact: which records stood under a child when somebody decided. Those of one life stay together, and two
lives stay apart, whatever a new record brings, until a person says something of a pair of them. So it is the same
whatever the order of arrival (law 2): a life holds because it is there, not because it came first.
"""

from collections.abc import Collection, Iterable
from itertools import combinations, product

from joinedup.ground.grouping import Pair, group

Life = frozenset[str]
WORKED_WITH, HELD_TOGETHER = "worked-with", "held-together"


def merged(lives: Iterable[Life], records: Collection[str], not_same: Collection[Pair]) -> list[Life]:
    """The lives that hold, of these records: those that share one are one, and one taken apart holds no more."""
    within = [life & frozenset(records) for life in lives]
    standing = [life for life in within if not any(pair <= life for pair in not_same)]
    chained = {pair for life in standing for pair in together(life)}
    found = group({key for life in standing for key in life}, (), set(), chained, 0, 0).groups
    return [frozenset(one) for one in found]


def together(life: Life) -> set[Pair]:
    """Pairs that tie a life's records to its first."""
    first = min(life, default="")
    return {frozenset((first, key)) for key in life - {first}}


def between(lives: Collection[Life], same: Collection[Pair]) -> dict[Pair, str]:
    """Pairs of records of two lives, unless a person called some two of them the same."""
    return {
        frozenset(pair): WORKED_WITH
        for one, other in combinations(lives, 2)
        if not any(pair & one and pair & other for pair in same)
        for pair in product(one, other)
    }


def crossing(groups: Iterable[Collection[str]], lives: Collection[Life]) -> set[str]:
    """The records of groups in which there is a life: between two such groups nothing joins by itself."""
    worked = frozenset().union(*lives)
    return {key for members in groups if not worked.isdisjoint(members) for key in members}


def strained(lives: Collection[Life], alone: Iterable[Iterable[str]], scored: Iterable[Pair]) -> dict[Pair, str]:
    """Scored pairs of one life that would stand in two groups if nobody worked with them. `alone`: those groups."""
    of = {key: n for n, members in enumerate(alone) for key in members}
    inside = (pair for pair in scored if any(pair <= life for life in lives))
    return {pair: HELD_TOGETHER for pair in inside if len({of[key] for key in pair}) > 1}
