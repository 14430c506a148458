"""Subjects and their heads. A child *is* the subjects under one head; a null head means its own."""

from collections.abc import Iterable

from django.db.models import Q

from joinedup.ground.reference import normalise
from joinedup.share.models import Subject


def head_of(subject: Subject) -> Subject:
    """The head under which this subject stands: itself, unless link has joined it to another."""
    return subject.head or subject


def head_ids(ids: Iterable[int]) -> dict[int, int]:
    """The head's id of each of these subjects."""
    pairs = Subject.objects.filter(pk__in=list(ids)).values_list("pk", "head_id")
    return {pk: head or pk for pk, head in pairs}


def heads(ids: Iterable[int]) -> dict[int, Subject]:
    """These subjects, by id (internal: derivations name subjects by id)."""
    return Subject.objects.in_bulk(list(ids))


def members(head: Subject | int) -> list[Subject]:
    """All subjects that are this one person or place, the head among them, in order of allotment."""
    pk = head if isinstance(head, int) else head.pk
    return list(Subject.objects.filter(Q(pk=pk, head__isnull=True) | Q(head=pk)).order_by("pk"))


def by_reference(text: str) -> Subject | None:
    """The head of the subject that this spoken reference names, however spaced or cased; None if there is none."""
    found = Subject.objects.select_related("head").filter(reference=normalise(text)).first()
    return head_of(found) if found else None


def subjects_of_records(keys: Iterable[str]) -> dict[str, Subject]:
    """The subjects allotted to these record keys (internal: link, before it allots)."""
    return {subject.allotted_to: subject for subject in Subject.objects.filter(allotted_to__in=list(keys))}
