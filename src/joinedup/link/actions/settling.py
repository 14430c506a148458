"""A person's word: these two are the same, are not, or nobody can tell; and taking a child's records apart (law 7)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import product
from uuid import UUID

from joinedup.link.actions.grouping import one_at_a_time, regroup
from joinedup.link.models import Judgement, Record
from joinedup.link.queries.records import denied
from joinedup.share.actions import act, note, stir
from joinedup.share.queries import head_ids
from joinedup.share.rules import Actor

MOST_PARTED = 1_000  # pairs in one act: a page's worth of records on either side
Pairs = Iterable[tuple[str, str]]


@act
def settle(*, by: Actor, at: datetime, a: str, b: str, same: bool | None, reason: str) -> set[int]:
    """Record a practitioner's word on two records (keys), and group again. A later word on the same pair undoes it.

    `same`: null says that nobody can tell. Returns the heads of children to derive again; both sides are stirred even
    when nothing moved. Raises ValueError without a reason or a practitioner, and for records that are one, unknown, or
    of two kinds.
    """
    records = _judged({a, b}, by, reason)
    if len(records) != 2:
        raise ValueError("a judgement is about two records of one kind")
    [made], heads = _say(by, at, [(a, b)], same, reason, records)
    note(judgement=str(made), a=min(a, b), b=max(a, b), same=same, subjects=sorted(heads))
    return heads


@act
def part(*, by: Actor, at: datetime, others: Collection[str], rest: Collection[str], reason: str) -> UUID:
    """Take a child's records apart: `others` (keys) speak of somebody else than `rest`. Both sides are derived again.

    One word on every pair, so that no third record ties them together again. Returns the first word's id, by which
    the act is spoken of. Raises ValueError as `settle` does, if either side is empty, or if they are too many at once.
    """
    records = _judged({*others, *rest}, by, reason)
    pairs = list(product(sorted(others), sorted(rest)))
    if not 0 < len(pairs) <= MOST_PARTED or set(others) & set(rest) or len(records) != len(others) + len(rest):
        raise ValueError("choose some of the child's records, and leave some")
    made, heads = _say(by, at, pairs, False, reason, records)
    note(judgement=str(made[0]), others=sorted(others), rest=sorted(rest), subjects=sorted(heads))
    return made[0]


@act
def unite(*, by: Actor, at: datetime, one: Collection[str], other: Collection[str], reason: str) -> set[int]:
    """Call two children's records (keys) the same: every word that they are not is undone, or the first two are judged.

    Returns the heads to derive again. Raises ValueError as `settle` does.
    """
    records = _judged({*one, *other}, by, reason)
    if not (one and other) or len(records) != len(one) + len(other):
        raise ValueError("two children are joined by the records of both")
    pairs = denied(one, other) or [(min(one), min(other))]
    made, heads = _say(by, at, pairs, True, reason, records)
    note(judgement=str(made[0]), one=sorted(one), other=sorted(other), subjects=sorted(heads))
    return heads


def _judged(keys: Collection[str], by: Actor, reason: str) -> dict[str, int]:
    """The subject of each of these records. Raises ValueError if nobody may judge them, or not together."""
    if not reason.strip() or by.practitioner_id is None:
        raise ValueError("a judgement needs a person and a reason")
    found = Record.objects.filter(key__in=keys).values_list("key", "kind", "subject")
    if len({kind for _, kind, _ in found}) > 1:
        raise ValueError("a judgement is about two records of one kind")
    return {key: subject for key, _, subject in found}


def _say(
    by: Actor, at: datetime, pairs: Pairs, same: bool | None, reason: str, records: dict[str, int]
) -> tuple[list[UUID], set[int]]:
    """Write the words, group again, stir both sides. Returns the words' ids and the heads to derive again."""
    one_at_a_time()
    assert by.practitioner_id is not None  # `_judged` saw to it
    made = Judgement.objects.bulk_create(
        Judgement(a=min(pair), b=max(pair), same=same, reason=reason, by_id=by.practitioner_id, at=at) for pair in pairs
    )
    changed = regroup(by=by, at=at, seeds=records.keys())
    heads = set(head_ids(records.values()).values()) | changed
    stir(by=by, at=at, subjects=heads)
    return [one.pk for one in made], heads
