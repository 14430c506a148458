"""The story of one subject as lines in total order: for derivation, and as the ground of every page."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from joinedup.chronicle.models import Entry
from joinedup.chronicle.queries.reports import happenings_around
from joinedup.chronicle.rules.entries import report_key
from joinedup.chronicle.rules.line import Line
from joinedup.chronicle.rules.told import concerns_from, told_from
from joinedup.ground.periods import Period, Precision
from joinedup.ground.shielded import Shielded
from joinedup.share.queries import members, rows, under_heads, utc

FIELDS = (
    "key", "agency_id", "kind", "side", "standing", "first_day", "end_day", "instant", "precision", "lasting",
    "observer", "observer_role", "first_hand", "outcome", "count", "happening", "received_at", "sent_at", "words",
    "childs_words", "going_well", "place", "date_words", "reference", "unread_codes", "message_id", "event_n",
    "withdrawn_at", "withdrawn_why", "handling",
)  # fmt: skip
# Lists as text, so that rules read each once rather than Django every time: a story of 500 lines in half the time.
COLUMNS: list[str | Cast] = [
    *FIELDS, Cast("concerns", TextField()), Cast("told", TextField()), "agency__kind", "subject__reference",
]  # fmt: skip
STORIES = f"""
SELECT {", ".join(f"e.{name}" for name in FIELDS)}, CAST(e.concerns AS text), CAST(e.told AS text), a.kind,
    s.reference, coalesce(s.head_id, s.id)
FROM chronicle_entry e JOIN share_agency a ON a.code = e.agency_id JOIN share_subject s ON s.id = e.subject_id
WHERE {under_heads("s")}
"""  # noqa: S608 - names of columns


def stories(heads: Collection[int]) -> dict[int, list[Line]]:
    """The story of each of these heads, as `story`, in one question to the database."""
    found: dict[int, list[Line]] = {head: [] for head in heads}
    for *row, head in rows(STORIES, heads=heads):
        found[head].append(_line(row, None))
    return {head: sorted(lines, key=lambda line: line.order) for head, lines in found.items()}


def story(head_id: int, as_of: datetime | None = None) -> list[Line]:
    """Every line under a head in total order, withdrawn ones among them (internal: derivation; answers nobody).

    With `as_of`: what had been received by then, withdrawn if it was withdrawn by then, and grouped into
    happenings by nothing that came later. (What was withdrawn then and stands again now is shown as standing.)
    """
    return lines(head_id, Q(), as_of) if as_of else stories([head_id])[head_id]


def received_at(keys: Collection[str]) -> dict[str, datetime]:
    """When each of these entries was received here, whoever it is about (internal: clocks)."""
    return dict(Entry.objects.filter(pk__in=keys).values_list("key", "received_at")) if keys else {}


def lines(
    head_id: int, which: Q, as_of: datetime | None = None, within: AbstractContextManager[None] | None = None
) -> list[Line]:
    """The lines under a head that meet a condition, as `story`. `within`: what they are read in (share's second wall);
    which of them are one event is asked outside of it, since that may hang on what others' chronologies say."""
    found = Entry.objects.filter(which, subject_id__in=[subject.pk for subject in members(head_id)])
    if as_of is not None:
        found = found.filter(received_at__lte=as_of)
    with within or nullcontext():
        shown = [_line(row, as_of) for row in found.values_list(*COLUMNS).iterator(chunk_size=2000)]
    shown = shown if as_of is None else _as_grouped_then(head_id, shown, as_of)
    return sorted(shown, key=lambda line: line.order)


def _line(row: Sequence[Any], as_of: datetime | None) -> Line:
    (key, agency, kind, side, standing, first, end, instant, precision, lasting, observer, observer_role, first_hand,
     outcome, count, happening, received_at, sent_at, words, childs_words, going_well, place, date_words, reference,
     unread_codes, message, event_n, withdrawn_at, why, handling, concerns, told, agency_kind, subject,
     ) = row  # fmt: skip
    withdrawn = withdrawn_at is not None and (as_of is None or withdrawn_at <= as_of)
    return Line(
        key=key, subject=subject, agency=agency, agency_kind=agency_kind, kind=kind,
        concerns=concerns_from(concerns), side=side, standing=standing,
        period=Period(first, end, Precision(precision), utc(instant), lasting) if first else Period.UNKNOWN,
        told=told_from(told), observer=observer, observer_role=Shielded(observer_role), first_hand=first_hand,
        outcome=outcome, count=count, happening=happening, received_at=utc(received_at), sent_at=utc(sent_at),
        words=words, childs_words=childs_words, going_well=going_well, place=Shielded(place), date_words=date_words,
        reference=reference, unread_codes=unread_codes, message=message, event_n=event_n, withdrawn=withdrawn,
        withdrawn_why=why if withdrawn else "", handling=handling,
    )  # fmt: skip


def _as_grouped_then(head_id: int, found: Iterable[Line], as_of: datetime) -> list[Line]:
    of = happenings_around({head_id}, as_of).of
    return [replace(line, happening=of[report_key(line.message, line.event_n)]) for line in found]
