"""Everything respond reads. What answers people takes `for_` and is filtered by share; the rest serves derivation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from joinedup.chronicle.rules.line import Line
from joinedup.recognise import queries as recognise
from joinedup.respond.models import Action, Contact, Decision, DeskItem, Seen, Taking
from joinedup.respond.rules import who
from joinedup.respond.rules.contacts import approaches
from joinedup.respond.rules.choices import CHOICES
from joinedup.respond.rules.laying_out import Item
from joinedup.respond.rules.openness import Decided, Evidence, fallen
from joinedup.share import queries as share
from joinedup.share.rules import Actor, Look


def decisions_on(head: int) -> list[Decided]:
    """Every decision on a child, oldest first, as the rules read it."""
    rows = Decision.objects.filter(subject__in=share.members(head)).order_by("at", "id")
    return [decided(row) for row in rows]


def decided(row: Decision) -> Decided:
    return Decided(
        key=str(row.id),
        what=row.what,
        theme=row.theme,
        contacts=frozenset(row.contacts),
        entries=frozenset(row.entries),
        at=row.at,
        until=row.until,
        by=str(row.by_id),
        tier=row.tier,
    )


def evidence_of(head: int) -> list[Evidence]:
    """A child's findings as the rules of openness read them."""
    return [
        Evidence(finding.key, finding.theme, finding.tier, frozenset(finding.entries), finding.since)
        for finding in recognise.findings_at(head)
    ]


def questions_of(head: int, lines: list[Line]) -> list[Item]:
    """Questions that a pattern puts to a named role at the agencies whose entries it stands on."""
    kinds = {line.key: (line.agency, line.agency_kind) for line in lines}
    return [
        Item("question", ground.key, ground.shown_at, ground.shown_at, None, finding.theme, ground.tier, role, agency)
        for finding in recognise.findings_at(head)
        for ground in finding.grounds
        for role, agency_kind in ground.asks
        for agency in sorted({kinds[key][0] for key in ground.entries if key in kinds and kinds[key][1] == agency_kind})
    ]


def entries_answered(head: int, answers: frozenset[str], finding: Evidence | None) -> frozenset[str]:
    """Keys of the entries a decision saw: those of the contacts it answers and of the finding."""
    from joinedup.chronicle.queries import story

    lines = story(head)
    messages = {one.message for one in approaches(lines) if one.key in answers}
    return frozenset(line.key for line in lines if line.message in messages) | (finding.entries if finding else frozenset())


def holds_case(by: Actor, head: int) -> bool:
    """True if this person holds the child's case now (allocated worker or their manager)."""
    relations = share.relations(head, practitioner=by.practitioner_id)
    return bool({"allocated", "manager"} & relations)


def holder_of(head: int) -> int | None:
    """The practitioner who has taken a child's items last, or None."""
    latest = Taking.objects.filter(subject__in=share.members(head)).order_by("-at", "-id").first()
    return latest.taken_by_id if latest else None


def lock(head: int) -> None:
    """Hold a child's row until the transaction ends, so that takings are one after another (SQLite: already so)."""
    share.lock(head)
