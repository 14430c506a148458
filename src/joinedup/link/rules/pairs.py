"""Scored pairs of records as they are kept: both ends by key, the smaller first, with the pair's own verdict."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from joinedup.link.rules.features import Features
from joinedup.link.rules.judging import judge_pair
from joinedup.link.rules.score import Scored, Scorer, scorer_for


@dataclass(frozen=True)
class Paired:
    a: str
    b: str
    scored: Scored
    outcome: str
    why: str


def score_pairs(
    kind: str, pairs: Iterable[tuple[str, str]], records: Mapping[str, Features], scorer: Scorer | None = None
) -> Iterator[Paired]:
    """Score pairs (a < b) of one kind; those under the model's floor change nothing and are left out.

    `scorer`: null means that of the model in force.
    """
    scorer = scorer or scorer_for(kind)
    for a, b in pairs:
        scored = scorer.score(records[a], records[b])
        if scored.weight >= scorer.model.floor:
            outcome, why = judge_pair(scorer.model, records[a], records[b], scored)
            yield Paired(a, b, scored, outcome, why)
