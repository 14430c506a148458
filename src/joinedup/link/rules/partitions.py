"""What an engine does to rows of the population wherever they lie: one pure function for each step, and its columns.

A row is plain text and numbers; statements, features and levels travel as canonical JSON. The scorer is the compiled
one of `link.rules.score`, on DuckDB and on Spark alike: their own string functions give other scores (law 8).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.ground.grouping import Pair
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.decide import Word
from joinedup.link.rules.features import Features, features
from joinedup.link.rules.lives import Life
from joinedup.link.rules.model import Model
from joinedup.link.rules.pairs import Paired, score_pairs
from joinedup.link.rules.score import Scored, Scorer
from joinedup.link.rules.statements import canonical
from joinedup.link.rules.whole import Derived, Given, grouped

SAID = {"key": "VARCHAR", "features": "VARCHAR", "blocks": "VARCHAR[]"}
WEIGHED = {
    "a": "VARCHAR", "b": "VARCHAR", "weight": "INTEGER", "levels": "VARCHAR", "outcome": "VARCHAR", "why": "VARCHAR",
}  # fmt: skip
DECIDED = {"a": "VARCHAR", "b": "VARCHAR", "against": "VARCHAR"}
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


@dataclass(frozen=True)
class Decide:
    """From components to rows of `DECIDED`: a record with its group's smallest key; or a pair with what kept it apart.

    A component is its records (key, features), heavy pairs (a, b, weight, levels), pairs of one notice, people's words
    (a, b, 1 for same), fallen records and lives (life, key): each a list of texts, null if empty, parted by blanks.
    """

    model: Model

    def __call__(self, rows: Rows) -> Iterator[Row]:
        for records, pairs, one_notice, words, fallen, lives in rows:
            features = {key: json.loads(text) for key, text in _parted(records, 1)}
            notice = frozenset(frozenset(ends) for ends in _parted(one_notice, 1))
            said = tuple(Word(a, b, same == "1") for a, b, same in _parted(words, 2))
            given = Given({}, notice, frozenset(fallen or ()), said, lives_of(lives))
            yield from decided(grouped(self.model, Derived(features, {}, matches_of(pairs)), given))


def matches_of(texts: Sequence[str] | None) -> dict[Pair, Paired]:
    """Pairs as a component tells them: their own verdicts are not asked for any more."""
    told = ((a, b, Scored(int(weight), levels_of(levels))) for a, b, weight, levels in _parted(texts, 3))
    return {frozenset((a, b)): Paired(a, b, scored, "", "") for a, b, scored in told}


def lives_of(texts: Sequence[str] | None) -> tuple[Life, ...]:
    found: dict[str, set[str]] = defaultdict(set)
    for life, key in _parted(texts, 1):
        found[life].add(key)
    return tuple(frozenset(found[life]) for life in sorted(found))


def decided(derived: Derived) -> Iterator[Row]:
    """Rows of `DECIDED`."""
    yield from ((key, members[0], None) for members in derived.groups for key in members)
    yield from ((*sorted(pair), why) for pair, why in derived.against.items())


def _parted(texts: Sequence[str] | None, blanks: int) -> list[list[str]]:
    return [text.split(" ", blanks) for text in texts or ()]


def row_of(pair: Paired) -> Row:
    """A row of `WEIGHED`."""
    return pair.a, pair.b, pair.scored.weight, canonical(pair.scored.levels), pair.outcome, pair.why


def levels_of(text: str) -> dict[str, tuple[str, int]]:
    return {name: (level, share) for name, (level, share) in json.loads(text).items()}
