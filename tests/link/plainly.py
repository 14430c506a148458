"""What a model says of a pair, read word by word from its file: slow, and as plain as it can be said."""

from math import log2
from typing import Any

from joinedup.link.rules.comparing import NAMES, WORDS
from joinedup.link.rules.compiling import MILLI, NOT_KNOWN, as_set
from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Level, Model


def alike(word: str, columns: list[str], at_least: float, a: Features, b: Features) -> bool:
    """Whether a word is true of two feature sets."""
    left, right = ([f"{side}{n}" for n in range(len(columns))] for side in "ab")
    known: dict[str, Any] = {name: as_set(a.get(column)) for name, column in zip(left, columns, strict=True)}
    known |= {name: b.get(column) for name, column in zip(right, columns, strict=True)}
    return bool(eval(WORDS[word].python(left, right, at_least), dict(NAMES), known))


def bits_of(model: Model, level: Level, a: Features, b: Features) -> float:
    """log2(m/u), and with a term how much rarer than usual the commoner of the two values is."""
    if not (level.m and level.u):
        return 0.0
    bits = log2(level.m / level.u)
    if level.term:
        known = model.terms[level.term]
        bits += log2(level.u) - log2(max(known.common.get(one[level.term], known.least) for one in (a, b)))
    return bits


def scored(model: Model, a: Features, b: Features) -> tuple[float, dict[str, tuple[str, int]]]:
    """Bits, and the levels with their shares: of each comparison the first level that is true."""
    bits, levels = 0.0, {}
    for comparison in model.comparisons:
        level = next(one for one in comparison.levels if alike(one.test, one.columns, one.at_least, a, b))
        share = bits_of(model, level, a, b)
        bits += share
        levels[comparison.name] = (NOT_KNOWN if level.null else level.name, round(MILLI * share))
    return model.prior_weight + bits, levels
