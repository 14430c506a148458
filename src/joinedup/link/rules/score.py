"""The online scorer, compiled from a model file: the same number that Splink gives, to 1e-9, in microseconds."""

from collections.abc import Iterable
from functools import cache
from math import inf
from typing import NamedTuple

from joinedup.link.rules.compiling import MILLI, SPARE, Weighed, compiled
from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Model, model_for


class Scored(NamedTuple):
    """`weight`: thousandths of a bit, rounded. `levels`: by comparison, the level's name and its share of it."""

    weight: int
    levels: dict[str, tuple[str, int]]


class Scorer:
    """Weighs pairs of feature sets by one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._names = [comparison.name for comparison in model.comparisons]
        self._weigh = compiled(model)

    def bits(self, a: Features, b: Features) -> float:
        """The match weight in bits as Splink computes it: the prior, and log2(m/u) of every first true level."""
        [(_, bits, _)] = self._weigh(a, [("", b)], -inf)
        return bits

    def score(self, a: Features, b: Features) -> Scored:
        [weighed] = self._weigh(a, [("", b)], -inf)
        return self._scored(weighed)

    def against(self, a: Features, others: Iterable[tuple[str, Features]]) -> list[tuple[str, Scored]]:
        """Of others (key, features), those whose pair with `a` weighs at least the model's floor, in their order."""
        floor = self.model.floor
        weighed = self._weigh(a, others, (floor - 1) / MILLI - SPARE)  # what rounds to the floor is judged below
        return [(one[0], scored) for one in weighed if (scored := self._scored(one)).weight >= floor]

    def _scored(self, weighed: Weighed) -> Scored:
        _, bits, shares = weighed
        return Scored(round(MILLI * bits), dict(zip(self._names, shares, strict=True)))


@cache
def scorer_for(kind: str) -> Scorer:
    """The compiled scorer of the model in force for a kind of subject."""
    return Scorer(model_for(kind))
