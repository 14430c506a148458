"""What an engine does to rows of the population wherever they lie: one pure function for each step, and its columns.

A row is plain text and numbers; statements, features and levels travel as canonical JSON. The scorer is the compiled
one of `link.rules.score`, on DuckDB and on Spark alike: their own string functions give other scores (law 8).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.features import Features, features
from joinedup.link.rules.model import Model
from joinedup.link.rules.pairs import Paired, score_pairs
from joinedup.link.rules.score import Scored, Scorer
from joinedup.link.rules.statements import canonical

SAID = {"key": "VARCHAR", "features": "VARCHAR", "blocks": "VARCHAR[]"}
WEIGHED = {
    "a": "VARCHAR", "b": "VARCHAR", "weight": "INTEGER", "levels": "VARCHAR", "outcome": "VARCHAR", "why": "VARCHAR",
}  # fmt: skip
Row = tuple[Any, ...]
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Read:
    """From (key, agency, statement) to rows of `SAID`."""

    model: Model

    def __call__(self, rows: Rows) -> Iterator[Row]:
        for key, agency, statement in rows:
            one = features(self.model.kind, agency, json.loads(statement))
            yield key, canonical(one), blocking_keys(self.model.kind, one, self.model)


@dataclass(frozen=True)
class Weigh:
    """From (a, b, features of a, features of b) to rows of `WEIGHED`, for the pairs that are worth keeping."""

    model: Model

    def __call__(self, rows: Rows) -> Iterator[Row]:
        pairs, known = [], dict[str, Features]()
        for a, b, one, other in rows:
            pairs.append((a, b))
            for key, text in ((a, one), (b, other)):
                if key not in known:
                    known[key] = json.loads(text)
        yield from map(row_of, score_pairs(self.model.kind, pairs, known, Scorer(self.model)))


def row_of(pair: Paired) -> Row:
    """A row of `WEIGHED`."""
    return pair.a, pair.b, pair.scored.weight, canonical(pair.scored.levels), pair.outcome, pair.why


def paired_of(row: Sequence[Any]) -> Paired:
    """The pair that a row of `WEIGHED` tells."""
    a, b, weight, levels, outcome, why = row
    return Paired(a, b, Scored(weight, levels_of(levels)), outcome, why)


def levels_of(text: str) -> dict[str, tuple[str, int]]:
    return {name: (level, share) for name, (level, share) in json.loads(text).items()}
