"""A person's word: these two are the same, or are not."""

from datetime import datetime

from joinedup.link.actions.grouping import one_at_a_time, regroup
from joinedup.link.models import Judgement, Record
from joinedup.share.actions import act, note, stir
from joinedup.share.queries import head_ids
from joinedup.share.rules import Actor


@act
def settle(*, by: Actor, at: datetime, a: str, b: str, same: bool, reason: str) -> set[int]:
    """Record a practitioner's word on two records (keys), and group again. A later word on the same pair undoes it.

    Returns the heads of children to derive again; both sides are stirred even when nothing moved. Raises ValueError
    without a reason or a practitioner, and for records that are one, unknown, or of two kinds.
    """
    if not reason.strip() or by.practitioner_id is None:
        raise ValueError("a judgement needs a person and a reason")
    records = {record.key: record for record in Record.objects.filter(key__in=(a, b)).defer("features")}
    if len(records) != 2 or records[a].kind != records[b].kind:
        raise ValueError("a judgement is about two records of one kind")
    one_at_a_time()
    first, second = sorted((a, b))
    made = Judgement.objects.create(a=first, b=second, same=same, reason=reason, by_id=by.practitioner_id, at=at)
    changed = regroup(by=by, at=at, seeds={a, b})
    heads = set(head_ids([record.subject_id for record in records.values()]).values()) | changed
    stir(by=by, at=at, subjects=heads)
    note(judgement=str(made.pk), a=first, b=second, same=same, subjects=sorted(heads))
    return heads
