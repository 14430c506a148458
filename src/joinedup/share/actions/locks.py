"""Locking a case to those directly involved, and closing a child to a practitioner who is a party."""

from collections.abc import Collection
from datetime import datetime

from joinedup.share.actions.acts import act, note, step
from joinedup.share.actions.persons import somebody
from joinedup.share.actions.subjects import involve
from joinedup.share.models import CaseLock, Conflict, Involvement, Practitioner, Subject
from joinedup.share.queries import about, conflicts, locks
from joinedup.share.queries.people import unended
from joinedup.share.rules import REPORTED, Actor, LockReason

WHAT = "locks and conflicts of interest"


@act
def lock_case(*, by: Actor, at: datetime, subject: Subject, why: LockReason, reason: str) -> CaseLock:
    """Lock a child's case: from the next request it opens only to those directly involved.

    Whoever locks it is one of them, so that a locked case is never closed to everybody. Raises ValueError without a
    person or a reason.
    """
    locker = somebody(by, reason, what=WHAT)
    involve(by=by, at=at, subject=subject, relation="lock", practitioner=locker)
    made = CaseLock.objects.create(subject=subject, stands=True, why=why.name, reason=reason, by=locker, at=at)
    note(lock=str(made.pk), subject=subject.pk, why=why.name)
    return made


@step
def close_quietly(*, by: Actor, at: datetime, subject: int, officers: Collection[int]) -> None:
    """Close a case to everybody but these practitioners, without a row of its own: part of the act that seals.

    Everybody else's part in it ends. The reason given is the one that tells least.
    """
    parts = Involvement.objects.filter(unended(at), about(subject), practitioner__isnull=False)
    parts.exclude(relation=REPORTED).update(until=at)  # that one is derived, and opens no locked case
    for officer in Practitioner.objects.filter(pk__in=officers):
        Involvement.objects.create(
            subject_id=subject, practitioner=officer, agency_id=officer.agency_id, relation="lock", since=at
        )
    locker = somebody(by, "Ordered.", what=WHAT)
    CaseLock.objects.create(
        subject_id=subject, stands=True, why=LockReason.ORDERED.name, reason="Ordered.", by=locker, at=at
    )


@act
def unlock_case(*, by: Actor, at: datetime, subject: Subject, reason: str) -> None:
    """Take the lock off every record of the child on which one stands. Raises ValueError as `lock_case` does."""
    unlocker = somebody(by, reason, what=WHAT)
    standing = list(locks(at).filter(about(subject)))
    for lock in standing:
        CaseLock.objects.create(
            subject_id=lock.subject_id, stands=False, why=lock.why, reason=reason, by=unlocker, at=at
        )
    note(locks=[str(lock.pk) for lock in standing], subject=subject.pk)


@act
def declare_conflict(*, by: Actor, at: datetime, subject: Subject, practitioner: Practitioner, reason: str) -> Conflict:
    """Close a child to a practitioner who is related to it or otherwise a party, whatever else would open it.

    Raises ValueError without a person or a reason.
    """
    declared_by = somebody(by, reason, what=WHAT)
    made = Conflict.objects.create(
        subject=subject, practitioner=practitioner, stands=True, reason=reason, by=declared_by, at=at
    )
    note(conflict=str(made.pk), subject=subject.pk, practitioner=practitioner.pk)
    return made


@act
def end_conflict(*, by: Actor, at: datetime, subject: Subject, practitioner: Practitioner, reason: str) -> None:
    """Say that a practitioner is no party any more, for every record of the child. Raises ValueError as above."""
    ended_by = somebody(by, reason, what=WHAT)
    standing = list(conflicts(at).filter(about(subject), practitioner=practitioner))
    for conflict in standing:
        Conflict.objects.create(
            subject_id=conflict.subject_id, practitioner=practitioner, stands=False, reason=reason, by=ended_by, at=at
        )
    note(conflicts=[str(one.pk) for one in standing], subject=subject.pk, practitioner=practitioner.pk)
