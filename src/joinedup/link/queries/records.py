"""The records under one head, each as one statement by one agency: for whoever checks that they speak of one child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from joinedup.link.models import Judgement, Mention, Record
from joinedup.link.queries.identities import Shown, records_of, shown
from joinedup.share.queries import at_once, subjects
from joinedup.share.rules import Look


@dataclass(frozen=True)
class RecordRow:
    """One record: its key, its own reference, what it says, since when, and how many messages say it."""

    key: str
    reference: str
    said: Shown
    since: datetime
    messages: int


@dataclass(frozen=True)
class Parted:
    """That a child's records were taken apart: by whom, when, why, and a reference of either side.

    `since`: from when the two could be seen as one: each had been told of.
    """

    by: str
    at: datetime
    reason: str
    since: datetime
    sides: tuple[str, str]


def record_rows(*, for_: Look, head: int) -> list[RecordRow]:
    """The records that stand under a head, in order of allotment, as far as they may be shown. Noted on the look."""
    records = [record for record in records_of(head) if record.standing]
    child = at_once(for_=for_, heads=[head])[head]
    references = subjects([record.subject_id for record in records])
    for_.note(subjects=[head])
    told = _told({record.key for record in records})
    return [
        RecordRow(record.key, references[record.subject_id].reference, shown(record, child, for_), *told[record.key])
        for record in sorted(records, key=lambda record: record.subject_id)
    ]


def _told(records: Collection[str]) -> dict[str, tuple[datetime, int]]:
    """When each record was first said, and by how many messages."""
    said = Mention.objects.filter(record__in=records).values("record")
    said = said.annotate(first=Min("message__received_at"), n=Count("message", distinct=True))
    return {one["record"]: (one["first"], one["n"]) for one in said}


def denied(one: Collection[str], other: Collection[str]) -> list[tuple[str, str]]:
    """The pairs between two sides of which somebody's latest word is that they are not the same (internal)."""
    between = Q(a__in=one, b__in=other) | Q(a__in=other, b__in=one)
    last = {
        (a, b): same
        for a, b, same in Judgement.objects.filter(between).order_by("at", "id").values_list("a", "b", "same")
    }
    return sorted(pair for pair, same in last.items() if same is False)


def parted(*, for_: Look, key: str) -> Parted | None:
    """What was taken apart by the act of which this is the first word; null if there is none such.

    The page that shows it asks whether both sides may be opened."""
    word = Judgement.objects.filter(pk=key, same=False).select_related("by").first()
    ends = (word.a, word.b) if word else ()
    said = list(Record.objects.filter(key__in=ends).select_related("subject").order_by("subject"))
    if word is None or len(said) != 2:  # never said, or destroyed since
        return None
    told = _told({word.a, word.b})
    one, other = (record.subject.reference for record in said)
    for_.note(subjects=[record.subject_id for record in said])
    since = max(first for first, _ in told.values())
    return Parted(word.by.name, word.at, word.reason, since, (one, other))
