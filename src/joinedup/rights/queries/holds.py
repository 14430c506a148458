"""What must not be destroyed, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from joinedup.rights.models import LegalHold
from joinedup.share.queries import about, may
from joinedup.share.rules import Look, Permission


class HeldError(ValueError):
    """A legal hold stands: nothing of this record is destroyed."""

    def __init__(self, hold: LegalHold) -> None:
        super().__init__(f"this record is held for {hold.title}: {hold.reason}")


@dataclass(frozen=True)
class HoldShown:
    """One hold that stands. `reference`: of the child whose record it is; empty: every record here."""

    key: UUID
    fact: LegalHold
    reference: str
    title: str
    reason: str
    by: str
    at: datetime


def held_by(head: int, at: datetime) -> list[LegalHold]:
    """The holds that stand on a child's record at an instant, the first placed first (internal)."""
    return list(_standing(at).filter(about(head) | Q(subject=None)))


def holds(*, for_: Look) -> list[HoldShown]:
    """Every hold that stands, the first placed first; none for whoever does not keep retention."""
    if not may(for_, Permission.RETENTION_KEEP):
        return []
    found = list(_standing(for_.at).select_related("subject", "by"))
    for_.note(subjects=[one.subject_id for one in found if one.subject_id])
    return [
        HoldShown(one.pk, one, one.subject.reference if one.subject else "", one.title, one.reason, one.by.name, one.at)
        for one in found
    ]


def _standing(at: datetime) -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(at__lte=at).exclude(lifted__at__lte=at).order_by("at", "pk")
