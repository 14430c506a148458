"""What people ask for, and by when they are to be answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.rights.models import AccessRequest
from joinedup.rights.rules.access import Asker, Doing, Due, answer_by
from joinedup.share.queries import Subject, about, may, may_open
from joinedup.share.rules import Look, Permission


@dataclass(frozen=True)
class Listed:
    """One request to read a record. `standing`: what happened last, in words."""

    key: UUID
    reference: str
    who: str
    received_at: datetime
    standing: str
    due: Due


def access_waiting(*, for_: Look) -> list[Listed]:
    """The requests that are not answered, about children whom this look may open, the first due first."""
    if not may(for_, Permission.RIGHTS_CASE):
        return []
    found = [one for one in _requests() if may_open(for_=for_, subject=one.subject)]
    for_.note(subjects=[one.subject_id for one in found])
    waiting = [one for one in map(_listed, found) if not one.due.over]
    return sorted(waiting, key=lambda one: (one.due.by is None, one.due.by, one.key))


def access_of(*, for_: Look, child: Subject) -> list[Listed]:
    """Every request about a child that was opened, the latest first."""
    for_.note(subjects=[child.pk])
    return [_listed(one) for one in _requests().filter(about(child)).reverse()]


def dues() -> list[tuple[datetime, Due]]:
    """When each request was received, and by when it is to be answered (internal: numbers)."""
    return [(one.received_at, _due(one)) for one in _requests()]


def _requests() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.select_related("subject").prefetch_related("steps").order_by("received_at", "pk")


def _listed(one: AccessRequest) -> Listed:
    steps = _steps(one)
    who = f"{one.name}, {Asker[one.asker]}"
    standing = str(steps[-1][0]) if steps else "being put together"
    return Listed(one.pk, one.subject.reference, who, one.received_at, standing, _due(one))


def _due(one: AccessRequest) -> Due:
    return answer_by(one.received_at, _steps(one))


def _steps(one: AccessRequest) -> list[tuple[Doing, datetime]]:
    return [(Doing[step.what], step.at) for step in sorted(one.steps.all(), key=lambda step: (step.at, step.pk))]
