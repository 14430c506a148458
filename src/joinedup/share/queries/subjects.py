"""Subjects and their heads. A child *is* the subjects under one head; a null head means its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from joinedup.ground.reference import normalise
from joinedup.share.models import Agency, Involvement, Subject
from joinedup.share.queries.people import open_at
from joinedup.share.queries.plain import rows, utc
from joinedup.share.rules import NO_WORK, REPORTED

COLUMNS = ("id", "reference", "kind", "allotted_to", "allotted_at", "head_id", "stirred_at", "claimed_until")
SUBJECTS = f"SELECT {', '.join(COLUMNS)} FROM share_subject WHERE id IN {{ids}}"  # noqa: S608 - names of columns
ALLOTTED = SUBJECTS.replace("id IN {ids}", "allotted_to IN {keys}")
NAMED = "SELECT id FROM share_subject WHERE reference IN {references}"
# Two questions in one, each by its own index: asked as "this or that", SQLite reads every subject there is.
MEMBERS = f"""
SELECT {", ".join(COLUMNS)} FROM share_subject WHERE id IN {{head}} AND head_id IS NULL
UNION ALL SELECT {", ".join(COLUMNS)} FROM share_subject WHERE head_id IN {{head}} ORDER BY 1
"""  # noqa: S608 - names of columns
UNDER = """
SELECT id, id FROM share_subject WHERE id IN {heads}
UNION ALL SELECT id, head_id FROM share_subject WHERE head_id IN {heads}
"""
HEADS = "SELECT id, coalesce(head_id, id) FROM share_subject WHERE id IN {ids}"
CHILDREN = "SELECT id FROM share_subject WHERE id IN {ids} AND kind = 'child' ORDER BY id"


def head_of(subject: Subject) -> Subject:
    """The head under which this subject stands: itself, unless link has joined it to another."""
    return subject.head or subject


def head_ids(ids: Iterable[int]) -> dict[int, int]:
    """The head's id of each of these subjects (internal: derivations name subjects by id)."""
    return dict(rows(HEADS, ids=list(ids)))


def children_among(ids: Iterable[int]) -> list[int]:
    """Those of these subjects that are children, in order of allotment (internal)."""
    return [pk for (pk,) in rows(CHILDREN, ids=list(ids))]


def subjects(ids: Iterable[int]) -> dict[int, Subject]:
    """These subjects, by id (internal)."""
    return {row[0]: _subject(row) for row in rows(SUBJECTS, ids=list(ids))}


def _subject(row: Sequence[Any]) -> Subject:
    values = [utc(value) if isinstance(value, datetime) else value for value in row]
    return Subject.from_db(connection.alias, COLUMNS, values)


def members(head: Subject | int) -> list[Subject]:
    """All subjects that are this one person or place, the head among them, in order of allotment.

    Of a subject that is no head any more: none.
    """
    pk = head if isinstance(head, int) else head.pk
    return [_subject(row) for row in rows(MEMBERS, head=[pk])]


def under(heads: Iterable[int]) -> dict[int, int]:
    """{subject: head} of every subject that stands under one of these heads, themselves among them (internal)."""
    return dict(rows(UNDER, heads=list(heads)))


def every_head(*, kind: str) -> list[int]:
    """The ids of all heads of a kind, in order of allotment (internal: rebuild, replay)."""
    return list(Subject.objects.filter(kind=kind, head__isnull=True).order_by("pk").values_list("pk", flat=True))


def heads_as_they_stand() -> dict[int, int]:
    """{subject: its head} for every subject that stands under another (internal: rebuild compares)."""
    return dict(Subject.objects.filter(head__isnull=False).values_list("pk", "head_id"))


def reached_as_they_stand() -> set[tuple[Any, ...]]:
    """Which agency holds, or was told of, something about which subject, and who reported it (internal: rebuild)."""
    agencies = Involvement.objects.filter(practitioner__isnull=True, relation__in=("held", "told"))
    reporters = Involvement.objects.filter(relation=REPORTED).values_list("subject", "practitioner", "since", "until")
    return {*agencies.values_list("subject_id", "agency_id", "relation"), *reporters}


def by_reference(text: str) -> Subject | None:
    """The head of the subject that this spoken reference names, however spaced or cased; None if there is none."""
    found = Subject.objects.select_related("head").filter(reference=normalise(text)).first()
    return head_of(found) if found else None


def ids_of(references: Iterable[str]) -> set[int]:
    """The subjects that these spoken references name, as they were allotted (internal: saying whom an answer named)."""
    return {pk for (pk,) in rows(NAMED, references=list(references))}


def subjects_of_records(keys: Iterable[str]) -> dict[str, Subject]:
    """The subjects allotted to these record keys (internal: link, before it allots)."""
    found = map(_subject, rows(ALLOTTED, keys=list(keys)))
    return {subject.allotted_to: subject for subject in found}


def about(subject: Subject | int) -> Q:
    """Rows whose `subject` is any record of the child of which this subject is one, as the database has it now."""
    pk = subject if isinstance(subject, int) else subject.pk
    tops = Subject.objects.filter(pk=pk).values(top=Coalesce("head", "pk"))
    return Q(subject__in=tops) | Q(subject__head__in=tops)


def allocated_to(head_id: int, *, at: datetime) -> list[Involvement]:
    """The practitioners who work with this child now, in any of its records (internal: respond asks whom to tell)."""
    found = Involvement.objects.filter(open_at(at), about(head_id), practitioner__isnull=False)
    return list(found.exclude(relation__in=NO_WORK).select_related("practitioner", "agency").order_by("since", "pk"))


def agencies_holding(head_id: int, *, at: datetime) -> list[Agency]:
    """The agencies that hold an entry about this child (internal: whose very names may tell where a child is)."""
    held = Involvement.objects.filter(open_at(at), about(head_id), practitioner__isnull=True, relation="held")
    return list(Agency.objects.filter(pk__in=held.values("agency")).order_by("pk"))


def heads_with(*, relation: str, at: datetime) -> QuerySet[Subject]:
    """The heads to whom some practitioner stands in this relation now: "allocated" gives the open cases (internal)."""
    found = Involvement.objects.filter(open_at(at), relation=relation, practitioner__isnull=False)
    return Subject.objects.filter(pk__in=found.values_list(Coalesce("subject__head", "subject"), flat=True))
