"""What entries tell, in codes and keys only, for lists of many children: one query each, filtered as every line is."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from joinedup.chronicle.models import Entry
from joinedup.share.queries import Subject, behind_the_wall, entry_filter
from joinedup.share.rules import POINTER, Field, HandlingCode, Look


@dataclass(frozen=True, slots=True)
class Brief:
    """One entry in codes: what kind it is and what worries. `subject`: the id of its record's own subject."""

    key: str
    message: str
    subject: int
    kind: str
    concerns: tuple[str, ...]


def briefs(*, for_: Look, messages: Collection[str] = (), keys: Collection[str] = ()) -> list[Brief]:
    """What of these messages, or of these entries, this look may be shown, withdrawn ones left out. Notes nothing."""
    which = Q(message__in=messages) if messages else Q(key__in=keys)
    found = Entry.objects.filter(entry_filter(for_=for_), which, withdrawn_at__isnull=True)
    rows = found.order_by("message_id", "event_n", "key")
    return [
        _brief(one, for_) for one in rows.only("message", "subject", "kind", "concerns", "handling", "agency", "told")
    ]


def _brief(entry: Entry, for_: Look) -> Brief:
    """In codes; of what its owner says to be asked about, that it is held."""
    known = {entry.agency_id, *(one["agency"] for one in entry.told or ())}
    kind, concerns = entry.kind, tuple(entry.concerns)
    if entry.handling == HandlingCode.ASK and for_.agency not in known:
        kind, concerns = POINTER, ()
    return Brief(entry.key, entry.message_id, entry.subject_id, kind, concerns)


def subjects_told(messages: Collection[str]) -> dict[str, list[int]]:
    """By message, the subjects its standing entries are about, each once and in the order told (internal)."""
    found = Entry.objects.filter(message__in=messages, withdrawn_at__isnull=True).order_by("event_n", "key")
    told: dict[str, dict[int, None]] = {}
    for message, subject in found.values_list("message_id", "subject_id"):
        told.setdefault(message, {})[subject] = None
    return {message: list(subjects) for message, subjects in told.items()}


@behind_the_wall
def shown_keys(*, for_: Look, head: Subject, keys: Collection[str]) -> frozenset[str]:
    """Which of these entries, on which a finding about this child stands, this look may be shown. Notes nothing.

    They may be about somebody else in the household: whoever may see this child's finding sees its whole ground.
    """
    allowed = entry_filter(for_=for_, subject=head, what=Field.FINDING)
    return frozenset(Entry.objects.filter(allowed, key__in=keys).values_list("key", flat=True))
