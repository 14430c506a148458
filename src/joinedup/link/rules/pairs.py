"""Scored pairs of records as they are kept: both ends by key, the smaller first, with the pair's own verdict."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from joinedup.link.rules.features import Features
from joinedup.link.rules.judging import judge_pair
from joinedup.link.rules.score import Scored, Scorer, scorer_for


class Paired(NamedTuple):
    a: str
    b: str
    scored: Scored
    outcome: str
    why: str


def score_pairs(
    kind: str, pairs: Collection[tuple[str, str]], records: Mapping[str, Features], scorer: Scorer | None = None
) -> list[Paired]:
    """Score pairs (a < b) of one kind; those under the model's floor change nothing and are left out. In order.

    `scorer`: null means that of the model in force.
    """
    scorer = scorer or scorer_for(kind)
    met: dict[str, list[str]] = defaultdict(list)  # each pair under whichever end has more of them: a newcomer's once
    often = Counter(key for pair in pairs for key in pair)
    for a, b in pairs:
        one, other = (a, b) if often[a] >= often[b] else (b, a)
        met[one].append(other)
    found = (pair for one, others in met.items() for pair in score_against(scorer, one, others, records))
    return sorted(found, key=itemgetter(0, 1))


def score_against(scorer: Scorer, one: str, others: Iterable[str], records: Mapping[str, Features]) -> Iterator[Paired]:
    """Score one record's pairs with others of its kind; those under the model's floor are left out."""
    for other, scored in scorer.against(records[one], ((key, records[key]) for key in others)):
        a, b = (one, other) if one < other else (other, one)
        outcome, why = judge_pair(scorer.model, records[a], records[b], scored)
        yield Paired(a, b, scored, outcome, why)
