"""From a model to one Python function that weighs a record against many: every level's condition written out in line.

The function fetches each column once, keeps the other side's for all of the many, and turns to the next record as soon
as even the best that is left could not bring the pair to what is asked. Nothing of a meaning is decided here: that
stands in `link.rules.comparing`.
"""

from collections.abc import Callable, Iterable, Iterator
from math import log2
from typing import Any, NamedTuple

from joinedup.link.rules.comparing import NAMES, WORDS
from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Comparison, Level, Model, Terms

MILLI = 1000
NOT_KNOWN = "missing"
SPARE = 1e-6  # bits by which a bound is loosened, so that no rounding of a sum leaves out a pair that would count
DEAR = frozenset({"like"})  # words that cost so much that it pays to ask first whether they can still matter

Share = tuple[str, int]  # the level's name, and its share of the weight in thousandths of a bit
Weighed = tuple[str, float, tuple[Share, ...]]  # the other's key, bits, a share for each comparison
Weigh = Callable[[Features, Iterable[tuple[str, Features]], float], list[Weighed]]


class Step(NamedTuple):
    """A level, ready: its bits, and its name with them. `by_value`: the same by value of its term, if it has one."""

    bits: float
    share: Share
    by_value: dict[str, tuple[float, Share]]


def compiled(model: Model) -> Weigh:
    """`weigh(a, others, least)`: of `others` (key, features), those of at least `least` bits with `a`, in order."""
    steps = [[step(level, model.terms) for level in comparison.levels] for comparison in model.comparisons]
    names: dict[str, Any] = {**NAMES, "as_set": as_set}
    for n, levels in enumerate(steps):
        for m, one in enumerate(levels):
            names |= {f"share{n}_{m}": one.share, f"rare{n}_{m}": (one.bits, one.share), f"by{n}_{m}": one.by_value.get}
    exec("\n".join(source(model, steps)), names)  # noqa: S102 - words of our own, and the model's columns as literals
    weigh: Weigh = names["weigh"]
    return weigh


def as_set(value: Any) -> Any:
    """A feature as the left side of a comparison has it."""
    return frozenset(value) if isinstance(value, list) else value


def step(level: Level, terms: dict[str, Terms]) -> Step:
    """What a level is worth. With a term, Splink's adjustment: from how often any two share a value to how common
    this one is; `bits` is then that of a value that is not listed."""
    name, bits = (NOT_KNOWN if level.null else level.name), (log2(level.m / level.u) if level.m and level.u else 0.0)
    if not (level.term and level.u):
        return Step(bits, (name, round(MILLI * bits)), {})
    known, base = terms[level.term], log2(level.u)

    def adjusted(common: float) -> tuple[float, Share]:
        worth = bits + (base - log2(common))
        return worth, (name, round(MILLI * worth))

    return Step(*adjusted(known.least), {value: adjusted(common) for value, common in known.common.items()})


def source(model: Model, steps: list[list[Step]]) -> Iterator[str]:
    """The function's lines. Local names: a0, b0 ... by column, x0 ... bits and y0 ... shares by comparison."""
    columns = columns_of(model.comparisons)
    every = range(len(model.comparisons))
    yield "def weigh(a, others, least):"
    yield from (f"    a{n} = as_set(a.get({column!r}))" for column, n in columns.items())
    yield "    kept = []"
    yield "    for key, b in others:"
    yield "        get = b.get"
    done: list[int] = []
    fetched: set[int] = set()
    for n in sorted(every, key=lambda n: is_dear(model.comparisons[n])):
        if is_dear(model.comparisons[n]):
            best = SPARE + model.prior_weight + sum(best_of(steps[other]) for other in every if other not in done)
            yield f"        if {' + '.join([*(f'x{one}' for one in done), repr(best)])} < least: continue"
        needed = columns_of(model.comparisons[n : n + 1])
        yield from (f"        b{columns[c]} = get({c!r})" for c in needed if columns[c] not in fetched)
        fetched |= {columns[column] for column in needed}
        yield from branches(n, model.comparisons[n], steps[n], columns)
        done.append(n)
    # added in the model's order, whatever the order of asking: the same sum, to the last bit, as Splink's
    yield f"        bits = {model.prior_weight!r} + ({' + '.join(f'x{n}' for n in every)})"
    yield f"        if bits >= least: kept.append((key, bits, ({', '.join(f'y{n}' for n in every)},)))"
    yield "    return kept"


def columns_of(comparisons: Iterable[Comparison]) -> dict[str, int]:
    """Every column that a level names, numbered."""
    named = (column for c in comparisons for level in c.levels for column in (*level.columns, level.term))
    return {column: n for n, column in enumerate(dict.fromkeys(column for column in named if column))}


def is_dear(comparison: Comparison) -> bool:
    return any(level.test in DEAR for level in comparison.levels)


def best_of(steps: Iterable[Step]) -> float:
    """The most that a comparison can bring."""
    return max(bits for one in steps for bits in (one.bits, *(bits for bits, _ in one.by_value.values())))


def branches(n: int, comparison: Comparison, steps: list[Step], columns: dict[str, int]) -> Iterator[str]:
    """The first level that is true; the last one, `otherwise`, always is."""
    for m, (level, one) in enumerate(zip(comparison.levels, steps, strict=True)):
        left, right = ([f"{side}{columns[column]}" for column in level.columns] for side in "ab")
        condition = WORDS[level.test].python(left, right, level.at_least)
        yield f"        {'elif' if m else 'if'} {condition}: {worth(n, m, level, one, columns)}"


def worth(n: int, m: int, level: Level, one: Step, columns: dict[str, int]) -> str:
    """The statement that sets a comparison's bits and share. Of two values of a term the commoner one counts."""
    if not one.by_value:
        return f"x{n} = {one.bits!r}; y{n} = share{n}_{m}"
    a, b, known, rare = f"a{columns[level.term or '']}", f"b{columns[level.term or '']}", f"by{n}_{m}", f"rare{n}_{m}"
    return f"x{n}, y{n} = {known}({a}, {rare}) if {a} == {b} else min({known}({a}, {rare}), {known}({b}, {rare}))"
