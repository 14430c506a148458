"""What entries tell, in codes and keys only, for lists of many children: one query each, filtered as every line is."""

from collections.abc import Collection
from dataclasses import dataclass

from joinedup.chronicle.models import Entry
from joinedup.share.queries import Subject, entry_filter
from joinedup.share.rules import Field, Look


@dataclass(frozen=True, slots=True)
class Brief:
    """One entry in codes: what kind it is and what worries. `subject`: the id of its record's own subject."""

    key: str
    message: str
    subject: int
    kind: str
    concerns: tuple[str, ...]


def briefs(*, for_: Look, messages: Collection[str]) -> list[Brief]:
    """What of these messages this look may be shown, withdrawn entries left out. Notes nothing."""
    found = Entry.objects.filter(entry_filter(for_=for_), message__in=messages, withdrawn_at__isnull=True)
    rows = found.order_by("message_id", "event_n", "key")
    columns = rows.values_list("key", "message_id", "subject_id", "kind", "concerns")
    return [Brief(key, message, subject, kind, tuple(concerns)) for key, message, subject, kind, concerns in columns]


def subjects_told(messages: Collection[str]) -> dict[str, list[int]]:
    """By message, the subjects its standing entries are about, each once and in the order told (internal)."""
    found = Entry.objects.filter(message__in=messages, withdrawn_at__isnull=True).order_by("event_n", "key")
    told: dict[str, dict[int, None]] = {}
    for message, subject in found.values_list("message_id", "subject_id"):
        told.setdefault(message, {})[subject] = None
    return {message: list(subjects) for message, subjects in told.items()}


def shown_keys(*, for_: Look, head: Subject, keys: Collection[str]) -> frozenset[str]:
    """Which of these entries, on which a finding about this child stands, this look may be shown. Notes nothing.

    They may be about somebody else in the household: whoever may see this child's finding sees its whole ground.
    """
    allowed = entry_filter(for_=for_, subject=head, what=Field.FINDING)
    return frozenset(Entry.objects.filter(allowed, key__in=keys).values_list("key", flat=True))
