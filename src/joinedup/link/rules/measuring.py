"""How good a grouping is, where the truth is known: in pairs, and in children.

Pairs say how much is found; children say who is harmed. A child is *in a false merge* if a group that holds a record of
theirs holds another child's too, and *split* if their records stand in more than one group. Both are per 10,000
children. Source: Binette and others, "How to Evaluate Entity Resolution Systems" (2024); `reference/linkage.md` 7.5.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Of records: pairs that are truly one child's (`true`), that are in one group (`found`), that are both."""

    records: int
    children: int
    true: int
    found: int
    both: int
    in_false_merge: int
    split: int


def measured(counts: Counts) -> dict[str, object]:
    """The counts as rates: precision, recall and F1 of pairs (null where there is none), children per 10,000."""
    precision, recall = _share(counts.both, counts.found), _share(counts.both, counts.true)
    total = (precision or 0) + (recall or 0)
    f1 = 2 * (precision or 0) * (recall or 0) / total if total else None
    return {
        "records": counts.records, "children": counts.children,
        "pairs": {"precision": precision, "recall": recall, "f1": None if f1 is None else round(f1, 6)},
        "in_false_merge_per_10000": _per_10000(counts.in_false_merge, counts.children),
        "split_per_10000": _per_10000(counts.split, counts.children),
    }  # fmt: skip


def count(truth: Mapping[str, str], group: Mapping[str, str], only: Callable[[str], bool] | None = None) -> Counts:
    """Count over all records, or over those pairs and children of whom a record is in a stratum (`only`).

    `truth`, `group`: the child, and the group, of each record.
    """
    true, found, both = _pairs(truth, group, truth)
    if only is not None:
        apart = _pairs(truth, group, [key for key in truth if not only(key)])
        true, found, both = true - apart[0], found - apart[1], both - apart[2]
    chosen = [key for key in truth if only is None or only(key)]
    children = {truth[key] for key in chosen}
    merged, split = harmed(truth, group)
    return Counts(len(chosen), len(children), true, found, both, len(merged & children), len(split & children))


def harmed(truth: Mapping[str, str], group: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The children in a false merge, and those who are split."""
    children_of, groups_of = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for key, child in truth.items():
        children_of[group[key]].add(child)
        groups_of[child].add(group[key])
    merged = {child for children in children_of.values() if len(children) > 1 for child in children}
    return merged, {child for child, groups in groups_of.items() if len(groups) > 1}


def _pairs(truth: Mapping[str, str], group: Mapping[str, str], keys: Iterable[str]) -> tuple[int, int, int]:
    """Pairs of one child, of one group, of both."""
    keys = list(keys)
    return (
        _of_two(truth[key] for key in keys), _of_two(group[key] for key in keys),
        _of_two((truth[key], group[key]) for key in keys),
    )  # fmt: skip


def _of_two(values: Iterable[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(values).values())


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _per_10000(part: int, whole: int) -> float | None:
    return round(10_000 * part / whole, 2) if whole else None
