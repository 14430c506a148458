"""What training on a stranger's records needs to know of them first: what to hold equal, and how many pairs are one."""

from collections import Counter
from collections.abc import Collection, Iterable

from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Model


def blocks_of(said: Collection[Features], more: Iterable[str]) -> list[str]:
    """What the rounds of training hold equal: a birth with what else most records have, then both names."""
    filled, others = Counter(name for one in said for name in ("born",) if name in one), most_said(said, more)
    held = [name for name in ("born", *others[:1]) if filled[name]] or ["sex"]
    return [" and ".join(f"l.{name} = r.{name}" for name in held), "l.given = r.given and l.family = r.family"]


def prior_of(model: Model, said: Collection[Features]) -> float:
    """That two records picked at random are one child's: from pairs alike in both names and birth, and how often the
    records of one child are (the model's own m)."""
    alike = Counter(
        (one["given"], one["family"], one["born"]) for one in said if {"given", "family", "born"} <= one.keys()
    )
    pairs, total = sum(n * (n - 1) // 2 for n in alike.values()), len(said) * (len(said) - 1) // 2
    same = {c.name: next(level.m for level in c.levels if level.name == "same") or 1.0 for c in model.comparisons}
    known = sum(alike.values()) / max(1, len(said))
    expected = same["given"] * same["family"] * same["born"] * known * known
    return min(0.5, max(1e-9, pairs / max(expected, 1e-6) / max(1, total)))


def most_said(said: Collection[Features], more: Iterable[str]) -> list[str]:
    """Of the postcode and further columns, those that at least half of the records have, the fullest first."""
    filled = Counter(name for one in said for name in ("postcode", *more) if name in one)
    return [name for name, n in filled.most_common() if n * 2 >= len(said)]


def roof_of(said: Collection[Features], more: Iterable[str]) -> str:
    """The column that most records have and that tells households best apart."""
    values = {name: len({one[name] for one in said if name in one}) for name in most_said(said, more)}
    return max(values, key=lambda name: (values[name], name), default="postcode")
