"""Complaints, and how their clocks stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.rights.models import Complaint
from joinedup.rights.rules.complaints import Clock, Dealt, clock
from joinedup.share.queries import may
from joinedup.share.rules import Look, Permission


@dataclass(frozen=True)
class ComplaintShown:
    """One complaint. `reference`: of the child it is about; empty: none. `steps`: (what, what they were told, by)."""

    key: UUID
    fact: Complaint
    reference: str
    name: str
    says: str
    received_at: datetime
    clock: Clock
    steps: tuple[tuple[Dealt, str, str], ...]


def complaints(*, for_: Look) -> list[ComplaintShown]:
    """Every complaint, those that wait first and by their clock; none for whoever does not deal with them."""
    if not may(for_, Permission.COMPLAINT_DEAL):
        return []
    found = [_shown(one) for one in _complaints()]
    for_.note(subjects=[one.fact.subject_id for one in found if one.fact.subject_id])
    return sorted(found, key=lambda one: (one.clock.over, one.clock.by is None, one.received_at, one.key))


def clocks_of_complaints() -> list[Clock]:
    """How the clock of every complaint stands (internal: numbers)."""
    return [_shown(one).clock for one in _complaints()]


def _complaints() -> QuerySet[Complaint]:
    return Complaint.objects.select_related("subject", "by").prefetch_related("steps__by").order_by("received_at", "pk")


def _shown(one: Complaint) -> ComplaintShown:
    steps = sorted(one.steps.all(), key=lambda step: (step.at, step.pk))
    return ComplaintShown(
        one.pk, one, one.subject.reference if one.subject else "", one.name, one.says, one.received_at,
        clock(one.received_at, [Dealt[step.what] for step in steps]),
        tuple((Dealt[step.what], step.reason, step.by.name) for step in steps),
    )  # fmt: skip
