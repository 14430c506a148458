"""The audit read: who looked at a child, and what was done lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from joinedup.share.models import AuditAbout, AuditRow, Subject
from joinedup.share.queries.policy import may
from joinedup.share.queries.subjects import members
from joinedup.share.rules import Look, Permission

# That something is sealed is told by no list and no count: what the named officers look at and do is in the log, and
# proven with it, and on nobody's page.
UNSEALED = ~Q(act__startswith="sealed.") & (Q(what__route__isnull=True) | ~Q(what__route__startswith="sealed/"))


@dataclass(frozen=True)
class Looked:
    """One answer about a child: who, for which agency and purpose, why, when."""

    by: str
    agency: str
    purpose: str
    reason: str
    at: datetime


def looks_at(*, for_: Look, head: Subject, limit: int = 200) -> list[Looked]:
    """Who looked at this child, by any of its records, latest first. The asker's own look counts once it is over."""
    for_.note(subjects=[head.pk])
    rows = AuditAbout.objects.filter(subject__in=[subject.pk for subject in members(head)]).values("row")
    found = AuditRow.objects.filter(pk__in=rows).order_by("-at", "-pk")[:limit]
    return [Looked(row.by, row.agency, row.purpose, row.reason, row.at) for row in found]


def looks_between(*, for_: Look, heads: Collection[int], since: datetime, until: datetime) -> list[Looked]:
    """Who looked at any of these subjects in a time, latest first: whom to tell that they saw what was wrong."""
    for_.note(subjects=heads)
    subjects = {subject.pk for head in heads for subject in members(head)}
    rows = AuditAbout.objects.filter(subject__in=subjects).values("row")
    found = AuditRow.objects.filter(UNSEALED, pk__in=rows, at__gte=since, at__lte=until, act="answer")
    return [Looked(row.by, row.agency, row.purpose, row.reason, row.at) for row in found.order_by("-at", "-pk")]


def audit_rows(*, for_: Look, who: str = "", act: str = "", limit: int = 200) -> list[AuditRow]:
    """The latest answers, refusals and acts: who, when, why and which keys; never case content. Governance reads it.

    `who` is part of a name in the log, `act` one kind of row. Empty for whoever may not see the audit.
    """
    if not may(for_, Permission.AUDIT_SEE):
        return []
    found = AuditRow.objects.filter(UNSEALED, by__icontains=who, act__startswith=act)
    return list(found.order_by("-pk")[:limit])


def counts(*, for_: Look) -> dict[str, int]:
    """Who is in it at all, and what was done since yesterday, in numbers (law 11): {words: number}."""
    if not may(for_, Permission.AUDIT_SEE):
        return {}
    kinds = Subject.objects.filter(head__isnull=True).values_list("kind").annotate(n=Count("pk")).order_by("kind")
    acts = (
        AuditRow.objects.filter(UNSEALED, at__gt=for_.at - timedelta(days=1)).values_list("act").annotate(n=Count("pk"))
    )
    return {f"{kind} known here": n for kind, n in kinds} | {
        f"{act}, last 24 hours": n for act, n in acts.order_by("act")
    }
