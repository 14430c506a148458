"""How often the people of a file are twins, or namesakes under one roof: seen only where records confirm each other.

One record with another forename may be a slip. But two forenames of one birth, each in two records, are two people,
and so are two births under one name and roof. Where such pairs are looked for in thousands and none is met, the file
knows none, and the rules that keep them apart need not speak (`Model.twins_below`, `Model.namesakes_apart`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import combinations

from joinedup.link.rules.constraints import births_differ, one_forename, twins
from joinedup.link.rules.features import Features

Differ = Callable[[Features, Features], object]


def twins_met(said: Iterable[Features]) -> float:
    """Of the people whom two records confirm, the share who have a twin: another forename, confirmed too."""
    return _met(said, ("born", "family"), "given", twins)


def namesakes_met(said: Iterable[Features], roof: str) -> float:
    """Of the people whom two records confirm, the share whose name somebody of another birth bears under one roof.

    `roof`: the column that says where they live.
    """
    return _met(said, ("given", "family", roof), "born", births_differ)


def siblings_met(said: Iterable[Features], roof: str) -> float:
    """Of the people whom two records confirm, the share who live under one roof with another of the family."""
    return _met(said, ("family", roof), "given", lambda a, b: not one_forename(a, b))


def _met(said: Iterable[Features], alike: tuple[str, ...], by: str, differ: Differ) -> float:
    """Half a pair is taken as met in any file, so that a small one shows nothing."""
    confirmed = met = 0
    for people in _confirmed(said, alike, by):
        confirmed += len(people)
        pairs = [(a, b) for a, b in combinations(range(len(people)), 2) if differ(people[a], people[b])]
        met += len({end for pair in pairs for end in pair})
    return (met + 0.5) / (confirmed + 1)


def _confirmed(said: Iterable[Features], alike: tuple[str, ...], by: str) -> Iterable[list[Features]]:
    """Among records alike in some columns, one record of each value of another that is said twice."""
    together: dict[Hashable, list[Features]] = defaultdict(list)
    for one in said:
        if by in one and all(column in one for column in alike):
            together[tuple(one[column] for column in alike)].append(one)
    for records in together.values():
        twice = [value for value, n in Counter(one[by] for one in records).items() if n > 1]
        if twice:
            yield [next(one for one in records if one[by] == value) for value in twice]
