"""A picture of how two records weigh together: each comparison a bar from where the one before ended.

It begins where two records of anybody stand, and a line marks from where records would be joined. No number is drawn:
the table beside says the same in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.link.rules.compiling import MILLI
from joinedup.link.rules.model import Model
from joinedup.link.rules.words import says

WIDTH, NAMES, ROW, TOP = 640, 250, 30, 34
LEAST = 3  # units: a bar that one can still see


@dataclass(frozen=True)
class Bar:
    """One comparison: what it says, and where its bar lies. `way`: for or against."""

    says: str
    way: str
    x: float
    y: int
    width: float


@dataclass(frozen=True)
class Waterfall:
    """`begins`: where two records of anybody stand; `joins`: from where they would be joined. In units of SVG."""

    bars: tuple[Bar, ...]
    begins: float
    joins: float
    width: int
    height: int


def waterfall(levels: dict[str, tuple[str, int]], model: Model) -> Waterfall:
    """Draw the comparisons that say something, what agrees first, the strongest first. Shares: thousandths of a bit."""
    known = [(name, level, share) for name, (level, share) in levels.items() if level != "missing"]
    ordered = sorted(known, key=lambda one: -one[2])
    begins = round(MILLI * model.prior_weight)
    ends = list(_running(begins, (share for _, _, share in ordered)))
    low, high = min(*ends, model.join_at), max(*ends, model.join_at)
    scale = (WIDTH - NAMES - 10) / max(high - low, 1)

    def at(weight: float) -> float:
        return round(NAMES + (weight - low) * scale, 1)

    bars = tuple(
        Bar(says(name, level), "for" if share > 0 else "against", at(min(a, b)), TOP + n * ROW,
            max(LEAST, round(abs(share) * scale, 1)))
        for n, ((name, level, share), a, b) in enumerate(zip(ordered, ends, ends[1:], strict=False))
    )  # fmt: skip
    return Waterfall(bars, at(begins), at(model.join_at), WIDTH, TOP + len(bars) * ROW + 6)


def _running(begins: int, shares: Iterable[int]) -> Iterable[int]:
    yield begins
    for share in shares:
        begins += share
        yield begins
