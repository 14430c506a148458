"""What differs between two editions of a model, each difference by its name, for whoever decides on the newer one."""

from collections.abc import Iterator
from math import log2

from joinedup.link.rules.model import Level, Model

NOTICEABLE = 0.1  # bits: a level that weighs less differently is not told
THRESHOLDS = ("prior", "join_at", "doubt_at", "lead", "twins", "namesakes", "siblings", "names_alone")


def changes(old: Model, new: Model) -> list[str]:
    """Thresholds, rates, comparisons, levels and common names that differ: `given.nickname: 4.7 to 4.1 bits`."""
    return [*_thresholds(old, new), *_levels(old, new), *_terms(old, new)]


def _thresholds(old: Model, new: Model) -> Iterator[str]:
    for name in THRESHOLDS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{name}: {was} to {now}"


def _levels(old: Model, new: Model) -> Iterator[str]:
    was, now = _weights(old), _weights(new)
    yield from (f"{name}: gone" for name in was if name not in now)
    yield from (f"{name}: new, {bits:.1f} bits" for name, bits in now.items() if name not in was)
    for name in (name for name in was if name in now):
        if abs(was[name] - now[name]) >= NOTICEABLE:
            yield f"{name}: {was[name]:.1f} to {now[name]:.1f} bits"


def _weights(model: Model) -> dict[str, float]:
    return {f"{c.name}.{level.name}": _bits(level) for c in model.comparisons for level in c.levels}


def _bits(level: Level) -> float:
    return log2(level.m / level.u) if level.m and level.u else 0.0


def _terms(old: Model, new: Model) -> Iterator[str]:
    for column in sorted(old.terms.keys() | new.terms.keys()):
        was, now = (model.terms[column].common if column in model.terms else {} for model in (old, new))
        if met := len(now.keys() - was.keys()):
            yield f"{column}: {met} more common names"
        if gone := len(was.keys() - now.keys()):
            yield f"{column}: {gone} fewer common names"
