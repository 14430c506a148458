"""Who may open one child, for whoever keeps that: its locks, those directly involved, conflicts of interest."""

from dataclasses import dataclass
from datetime import datetime

from joinedup.share.models import Involvement, Practitioner, Subject
from joinedup.share.queries.standing import conflicts, locks
from joinedup.share.queries.subjects import about, allocated_to
from joinedup.share.rules import WORKS_AS, LockReason, Look


@dataclass(frozen=True)
class Said:
    """What somebody said, why, when; `whom`: the practitioner it is about, or empty."""

    why: str
    reason: str
    by: str
    at: datetime
    whom: str = ""


@dataclass(frozen=True)
class Worker:
    """A practitioner directly involved: as what, since when, and until when if that is known."""

    key: str
    name: str
    agency: str
    works_as: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Access:
    locks: tuple[Said, ...]
    workers: tuple[Worker, ...]
    parties: tuple[Said, ...]


def access_to(*, for_: Look, child: Subject) -> Access:
    """Who may open this child now and why, in order of time. The caller has opened the child."""
    locked = locks(for_.at).filter(about(child)).select_related("by").order_by("at", "pk")
    parties = conflicts(for_.at).filter(about(child)).select_related("by", "practitioner").order_by("at", "pk")
    return Access(
        locks=tuple(Said(LockReason[one.why], one.reason, one.by.name, one.at) for one in locked),
        workers=tuple(
            Worker(str(one.pk), one.practitioner.name, one.agency.name, WORKS_AS[one.relation], one.since, one.until)
            for one in allocated_to(child.pk, at=for_.at)
            if one.practitioner is not None
        ),
        parties=tuple(Said("", one.reason, one.by.name, one.at, _called(one.practitioner)) for one in parties),
    )


def involvement_of(*, for_: Look, child: Subject, key: str) -> Involvement:
    """One involvement of a child that was opened, by its key. Raises ValueError where it is no part of it any more."""
    found = [one for one in allocated_to(child.pk, at=for_.at) if str(one.pk) == key]
    if not found:
        raise ValueError("this part has ended already, or is of another child")
    return found[0]


def _called(practitioner: Practitioner) -> str:
    return f"{practitioner.name}, {practitioner.agency.name}"
