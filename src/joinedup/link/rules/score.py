"""The online scorer, compiled from a model file: the same number that Splink gives, to 1e-9, in microseconds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import NamedTuple

from joinedup.link.rules.comparing import WORDS, Alike
from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Comparison, Model, Terms, model_for

MILLI = 1000
NOT_KNOWN = "missing"
Term = Callable[[Features, Features], float]


@dataclass(frozen=True)
class Scored:
    """`weight`: thousandths of a bit, rounded. `levels`: by comparison, the level's name and its share of it."""

    weight: int
    levels: dict[str, tuple[str, int]]


class Step(NamedTuple):
    alike: Alike
    name: str
    bits: float
    term: Term | None


class Scorer:
    """Weighs pairs of feature sets by one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._prior = model.prior_weight
        self._comparisons = [(c.name, _steps(c, model.terms)) for c in model.comparisons]

    def bits(self, a: Features, b: Features) -> float:
        """The match weight in bits as Splink computes it: the prior, and log2(m/u) of every first true level."""
        return self._prior + sum(_level(steps, a, b)[1] for _, steps in self._comparisons)

    def score(self, a: Features, b: Features) -> Scored:
        levels = {name: _level(steps, a, b) for name, steps in self._comparisons}
        weight = round(MILLI * (self._prior + sum(bits for _, bits in levels.values())))
        return Scored(weight, {name: (level, round(MILLI * bits)) for name, (level, bits) in levels.items()})


@cache
def scorer_for(kind: str) -> Scorer:
    """The compiled scorer of the model in force for a kind of subject."""
    return Scorer(model_for(kind))


def _level(steps: list[Step], a: Features, b: Features) -> tuple[str, float]:
    """The first that is true; the last one, `otherwise`, always is."""
    _, name, bits, term = next(step for step in steps if step.alike(a, b))
    return name, bits + term(a, b) if term else bits


def _steps(comparison: Comparison, terms: dict[str, Terms]) -> list[Step]:
    return [
        Step(
            WORDS[level.test].python(level.columns, level.at_least),
            NOT_KNOWN if level.null else level.name,
            log2(level.m / level.u) if level.m and level.u else 0.0,
            _term(level.term, terms[level.term], level.u) if level.term and level.u else None,
        )
        for level in comparison.levels
    ]


def _term(column: str, terms: Terms, u: float) -> Term:
    """Splink's term frequency adjustment: from how often any two share a name to how common this one is."""
    common, least, base = terms.common, terms.least, log2(u)

    def adjustment(a: Features, b: Features) -> float:
        commonest = max(common.get(a[column], least), common.get(b[column], least))
        return base - log2(commonest)

    return adjustment
