"""Which reports are of one event: four agencies' reports of one day are one happening, ten missing episodes are ten.

A property of pairs and of the whole set, never of what came first (law 2). Order of force: a person's *not one event*,
a person's *one event*, the rule (law 7). What the rule will not decide is a doubt for a person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from joinedup.chronicle.rules.evidence import PASSED_ON, edges_between
from joinedup.chronicle.rules.likeness import DOUBT, JOIN, Near, nearness
from joinedup.chronicle.rules.reports import Report
from joinedup.ground.grouping import Edge, Grouping, Pair, group


@dataclass(frozen=True)
class Happenings:
    """`of`: report key to happening (the smallest report key of its group). Doubts, contradictions: report keys.

    `within`: report key to the wider group of all that could be one event, were nothing kept apart.
    A contradiction is a pair that a person called one event while others of its happening were called two.
    """

    of: Mapping[str, str]
    within: Mapping[str, str]
    doubts: tuple[tuple[str, str], ...] = ()
    contradictions: tuple[tuple[str, str], ...] = ()


def happenings(reports: Iterable[Report], judged: Mapping[Pair, bool]) -> Happenings:
    """Group reports into happenings. `judged`: pairs of report keys, True if a person says that they are one event.

    A judgement counts while both reports are about one subject.
    """
    known = {report.key: report for report in reports}
    judged = {pair: same for pair, same in judged.items() if _of_one_subject(pair, known)}
    apart = {pair for pair, same in judged.items() if not same}
    together = {pair for pair, same in judged.items() if same}
    edges = edges_between(known.values())
    touched = {key for edge in edges for key in edge[:2]}.union(*judged)
    within = group(touched, edges, set(), together, JOIN, JOIN)
    barred = apart | _two_numbers_of_one_source(known, within, edges, together)
    made = group(touched, edges, barred, together, JOIN, DOUBT)
    alone = {key: key for key in known}
    of = alone | _named(made)
    doubts = _worth_asking(made.doubts, of, barred, known)
    return Happenings(of, alone | _named(within), doubts, made.contradictions)


def _named(made: Grouping) -> dict[str, str]:
    return {key: members[0] for members in made.groups for key in members}


def _of_one_subject(pair: Pair, known: Mapping[str, Report]) -> bool:
    return (
        len(pair) == 2 and pair <= known.keys() and bool(frozenset.intersection(*(known[key].subjects for key in pair)))
    )


def _two_numbers_of_one_source(
    known: Mapping[str, Report], within: Grouping, edges: list[Edge], together: set[Pair]
) -> set[Pair]:
    """Pairs that may not meet through a third report: one source, two numbers, and no person who said otherwise."""
    said = _named(group({key for pair in together for key in pair}, [], set(), together, JOIN, JOIN))
    excused = {frozenset(edge[:2]) for edge in edges if edge.weight >= PASSED_ON}
    return {
        frozenset((a, b))
        for members in within.groups
        for a, b in combinations(members, 2)
        if known[a].source == known[b].source and known[a].live and known[b].live
        if said.get(a, a) != said.get(b, b) and frozenset((a, b)) not in excused
    }


def _worth_asking(
    doubts: Iterable[Edge], of: Mapping[str, str], barred: set[Pair], known: Mapping[str, Report]
) -> tuple[tuple[str, str], ...]:
    """Doubts that a person can settle: not those that would put together what is apart, nor a guess among many."""
    unmixable = {frozenset(of[key] for key in pair) for pair in barred}
    open_ = [edge for edge in doubts if frozenset((of[edge.a], of[edge.b])) not in unmixable]
    coarse = [edge for edge in open_ if nearness(known[edge.a], known[edge.b]) is Near.COARSE]
    choices = Counter(one for edge in coarse for one in _choices(edge, known))
    guesses = {edge for edge in coarse if any(choices[one] > 1 for one in _choices(edge, known))}
    return tuple((edge.a, edge.b) for edge in open_ if edge not in guesses)


def _choices(edge: Edge, known: Mapping[str, Report]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Each end, with the source of the other: two of them mean that it may be either of two events of that source."""
    return (edge.a, known[edge.b].source), (edge.b, known[edge.a].source)
