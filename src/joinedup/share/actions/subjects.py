"""Subjects: allotted once per record, joined under heads, stirred when their facts change; and who works with them."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from joinedup.ground.clock import civil_day, start_of
from joinedup.ground.reference import allot
from joinedup.ground.workdays import add_working_days
from joinedup.share.actions.acts import act, note, step
from joinedup.share.models import Agency, Involvement, Practitioner, Subject
from joinedup.share.queries.people import senders, unended
from joinedup.share.queries.plain import change, rows
from joinedup.share.queries.subjects import head_ids, subjects_of_records
from joinedup.share.rules import FOLLOWED, GLASS, REPORTED, WORKS_AS, Actor

# What follows from entries: which agency holds one or was told of one, and who reported.
DERIVED = Q(practitioner__isnull=True, relation__in=("held", "told")) | Q(relation=REPORTED)
STIR = "UPDATE share_subject SET stirred_at = {at} WHERE id IN {ids}"
TAKEN = "SELECT reference FROM share_subject WHERE reference IN {drawn}"
SETTLE = "UPDATE share_subject SET stirred_at = NULL, claimed_until = NULL WHERE id IN {ids}"
LEASE = timedelta(seconds=60)  # how long a worker may hold a subject before another may take it over


def allot_subject(*, by: Actor, at: datetime, kind: str, allotted_to: str) -> Subject:
    """The subject of a record's key: the same again if it has one already (a fact, allotted once)."""
    return allot_subjects(by=by, at=at, kinds={allotted_to: kind})[allotted_to]


@step
def allot_subjects(*, by: Actor, at: datetime, kinds: Mapping[str, str]) -> dict[str, Subject]:  # noqa: ARG001 - the act's
    """As `allot_subject`, for many records at once: {record key: kind} gives {record key: subject}."""
    known = {subject.allotted_to: subject for subject in subjects_of_records(kinds).values()}
    fresh = [key for key in kinds if key not in known]
    new = [
        Subject(reference=reference, kind=kinds[key], allotted_to=key, allotted_at=at)
        for key, reference in zip(fresh, free_references(len(fresh)), strict=True)
    ]
    return known | {subject.allotted_to: subject for subject in Subject.objects.bulk_create(new)}


def free_references(n: int) -> list[str]:
    """So many spoken references that nobody has. There are 148 million: among some ten thousand, two drawn meet."""
    drawn: set[str] = set()
    while len(drawn) < n:
        drawn |= {allot(secrets.randbelow) for _ in range(n - len(drawn))}
        drawn -= {taken for (taken,) in rows(TAKEN, drawn=drawn)}
    return list(drawn)


@step
def set_heads(*, by: Actor, at: datetime, heads: Mapping[int, int]) -> set[int]:
    """Say which subjects belong together: {subject id: head id}. Derived; called by link alone.

    Stirs whatever changed, the heads left and the heads joined. Returns their ids; empty if nothing changed.
    """
    changed: set[int] = set()
    for subject, stood in sorted(head_ids(heads).items()):
        head = heads[subject]
        if stood != head:
            changed |= {subject, stood, head}
            Subject.objects.filter(pk=subject).update(head=head if head != subject else None)
    stir(by=by, at=at, subjects=changed)
    return changed


@step
def part_all(*, by: Actor, at: datetime) -> None:  # noqa: ARG001 - the act's
    """Let every subject be its own head again, and forget what reached whom: rebuild derives both from the facts."""
    Subject.objects.filter(head__isnull=False).update(head=None)
    Involvement.objects.filter(DERIVED).delete()


def stir(*, by: Actor, at: datetime, subjects: Iterable[int]) -> None:
    """Mark that facts about these subjects changed, in the transaction that changed them; flow derives again.

    Holds the subjects' rows until the transaction ends, so that two who change one child come one after another.
    """
    if ids := sorted(set(subjects)):
        _stir(by=by, at=at, ids=ids)


@step
def _stir(*, by: Actor, at: datetime, ids: list[int]) -> None:  # noqa: ARG001 - the act's
    change(STIR, at=[at], ids=ids)


# Materialized: PostgreSQL may ask a subquery again for each row, and then takes more than the limit.
CLAIM = """
WITH next AS MATERIALIZED (
    SELECT id FROM share_subject
    WHERE stirred_at IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= %s)
    ORDER BY stirred_at, id LIMIT %s {skip}
)
UPDATE share_subject SET claimed_until = %s WHERE id IN (SELECT id FROM next) RETURNING id
"""


def claim_stirred(*, by: Actor, at: datetime, limit: int) -> list[int]:  # noqa: ARG001 - every action says by whom
    """Take stirred subjects for one worker to derive; ids in order. `at` is the worker's own clock, even if simulated.

    One conditional update, so two workers never take the same. A worker that dies loses its claim after a minute.
    Changes no fact, so leaves no audit row.
    """
    adapt = connection.ops.adapt_datetimefield_value
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM.format(skip=skip), [adapt(at), limit, adapt(at + LEASE)])
        return sorted(row[0] for row in cursor.fetchall())


@step
def settle(*, by: Actor, at: datetime, heads: Iterable[int]) -> None:  # noqa: ARG001 - the act's
    """Take the marks off before deriving, in the transaction that derives: a stir meanwhile waits, then marks again."""
    change(SETTLE, ids=sorted(heads))


@act
def involve(
    *,
    by: Actor,  # noqa: ARG001 - the act's
    at: datetime,
    subject: Subject,
    relation: str,
    practitioner: Practitioner | None = None,
    agency: Agency | str | None = None,
    until: datetime | None = None,
) -> Involvement:
    """Say that a practitioner (or, without one, an agency) works with a child from now on, or until an instant.

    The same again if it stands without an end. Raises ValueError without practitioner and agency, and for a relation
    that is not in `share.rules.WORKS_AS`.
    """
    if relation not in WORKS_AS:
        raise ValueError(f"nobody works with a child as {relation!r}; known are {', '.join(WORKS_AS)}")
    code = _code(practitioner, agency)
    standing = {
        "subject": subject,
        "practitioner": practitioner,
        "agency_id": code,
        "relation": relation,
        "until": until,
    }
    found, _ = Involvement.objects.get_or_create(**standing, defaults={"since": at})
    note(subject=subject.pk, relation=relation, agency=code, practitioner=practitioner.email if practitioner else "")
    return found


@step
def open_for_hours(
    *,
    by: Actor,  # noqa: ARG001 - the act's
    at: datetime,
    subject: Subject,
    practitioner: Practitioner,
    until: datetime,
) -> None:
    """Open a child to somebody in an emergency, until an instant; part of the act that keeps why."""
    code = practitioner.agency_id
    Involvement.objects.create(
        subject=subject, practitioner=practitioner, agency_id=code, relation=GLASS, since=at, until=until
    )


def _code(practitioner: Practitioner | None, agency: Agency | str | None) -> str:
    if practitioner is not None:
        return practitioner.agency_id
    if agency is None:
        raise ValueError("an involvement needs a practitioner or an agency")
    return agency if isinstance(agency, str) else agency.pk


@act
def end_involvement(*, by: Actor, at: datetime, involvement: Involvement) -> None:  # noqa: ARG001 - the act's
    """End an involvement now: the child closes to that practitioner with the next request. One that ended stays so."""
    Involvement.objects.filter(unended(at), pk=involvement.pk).update(until=at)
    note(involvement=str(involvement.pk), subject=involvement.subject_id)


@dataclass(frozen=True)
class Reach:
    """That an agency holds an entry about a subject (held), or that one reached it (told).

    Or that one of its practitioners made the notice of it, `at` (reported).
    """

    subject: int
    agency: str
    relation: str
    practitioner: int | None = None
    at: datetime | None = None


@step
def reach_exactly(*, by: Actor, at: datetime, subjects: Collection[int], reached: Iterable[Reach]) -> None:
    """As `reach`, where entries were taken out: what was derived for these subjects before goes."""
    Involvement.objects.filter(DERIVED, subject__in=subjects).delete()
    reach(by=by, at=at, reached=reached)


@step
def reach(*, by: Actor, at: datetime, reached: Iterable[Reach]) -> None:  # noqa: ARG001 - the act's
    """Let agencies open the children of whom they made an entry or were told. Derived: chronicle calls it as it enters.

    Only grows, and saying it twice changes nothing, so any order of messages gives the same. Unknown agencies are
    left out: a notice may name an agency that nobody here knows.
    """
    wanted = set(reached)
    known = senders()
    rows = [
        Involvement(
            subject_id=one.subject, agency_id=one.agency, relation=one.relation, practitioner_id=one.practitioner,
            since=one.at or at, until=_followed_until(one.at),
        )
        for one in sorted(wanted, key=repr)
        if one.agency in known
    ]  # fmt: skip
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)


def _followed_until(reported: datetime | None) -> datetime | None:
    """The end of the last working day on which whoever reported follows what becomes of it; null for an agency."""
    return start_of(add_working_days(civil_day(reported), FOLLOWED) + timedelta(days=1)) if reported else None
