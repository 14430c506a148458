"""What serves deriving and deciding: everything on a child, for no look. Never called from a page (law test)."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from joinedup.ground.clock import start_of
from joinedup.recognise import queries as recognise
from joinedup.recognise.queries import FindingView, QuestionView
from joinedup.respond.models import Decision, Taking
from joinedup.respond.rules import who
from joinedup.respond.rules.laying_out import Item
from joinedup.respond.rules.openness import Decided, Evidence, Part
from joinedup.share import queries as share
from joinedup.share.rules import Actor, Permission, permissions_of

DECISIONS = f"""
SELECT d.id, d.what, CAST(d.themes AS text), CAST(d.contacts AS text), CAST(d.entries AS text),
    CAST(d.beside AS text), d.at, d.until, d.by_id
FROM respond_decision d JOIN share_subject s ON s.id = d.subject_id WHERE {share.under_heads("s")} ORDER BY d.at, d.id
"""  # noqa: S608 - a part that share names


def decisions_on(head: int) -> list[Decided]:
    """Every decision on a child, oldest first, as the rules read it."""
    return [_decided(row) for row in share.rows(DECISIONS, heads=[head])]


def _decided(row: Sequence[Any]) -> Decided:
    key, what, *lists, at, until, by = row
    themes, contacts, entries, beside = (frozenset(json.loads(one)) for one in lists)
    return Decided(str(UUID(str(key))), what, themes, contacts, entries, share.utc(at), share.utc(until), by, beside)


def decided(row: Decision) -> Decided:
    return Decided(
        key=str(row.id),
        what=row.what,
        themes=frozenset(row.themes),
        contacts=frozenset(row.contacts),
        entries=frozenset(row.entries),
        at=row.at,
        until=row.until,
        by=row.by_id,
        beside=frozenset(row.beside),
    )


def evidence_of(head: int) -> list[Evidence]:
    """A child's findings as the rules of openness read them."""
    return [evidence(finding) for finding in recognise.findings_at(head)]


def evidence(finding: FindingView) -> Evidence:
    return Evidence(finding.key, finding.theme, finding.tier, parts_of(finding), finding.since)


def parts_of(finding: FindingView) -> tuple[Part, ...]:
    return tuple(Part(frozenset(ground.entries), ground.shown_at) for ground in finding.grounds)


def question_item(asked: QuestionView) -> Item:
    """A question about a child, as it lies on the desk of a named role at an agency, until the end of its day."""
    return Item(
        "question", asked.key, asked.asked_at, asked.asked_at, end_of(asked.due), asked.theme,
        role=asked.role, agency=asked.agency,
    )  # fmt: skip


def end_of(day: date) -> datetime:
    """The last second of a London day (UTC), as clocks have it."""
    return start_of(day + timedelta(days=1)) - timedelta(seconds=1)


def may_put_off(*, by: Actor, at: datetime, head: int, findings: Collection[Evidence]) -> bool:
    """True if this person may say "not now" to these findings of a child."""
    themes = frozenset(one.theme for one in findings)
    earlier = [one for one in decisions_on(head) if one.themes & themes]
    if by.practitioner_id is None or not who.needs_another(
        tiers=[one.tier for one in findings], themes=themes, earlier=earlier
    ):
        return by.practitioner_id is not None
    looks_again = Permission.DECIDE_SECOND in permissions_of(share.roles_of(by.practitioner_id, at=at))
    since = min((one.since for one in findings), default=at)
    return who.is_second(
        by.practitioner_id, looks_again=looks_again, holders=held_since(head, since, at=at), earlier=earlier
    )


def held_since(head: int, since: datetime, *, at: datetime) -> set[int]:
    """Everybody who holds the case at `at`, or has held the child's items at any time since then."""
    takings = Taking.objects.filter(subject__in=share.members(head)).order_by("at", "id")
    rows = list(takings.values_list("at", "taken_by_id"))
    before = [taker for taken, taker in rows if taken <= since][-1:]
    workers = [one.practitioner_id for one in share.allocated_to(head, at=at) if one.relation in who.HOLDS_CASE]
    after = [taker for taken, taker in rows if taken > since]
    return {one for one in (*workers, *before, *after) if one is not None}


def holder_of(head: int) -> int | None:
    """The practitioner who took a child's items last and has not given them back, or None."""
    return holders_of([head]).get(head)


def holders_of(heads: Collection[int]) -> dict[int, int]:
    """Who holds each of these children's items, by head; left out: nobody."""
    takings = Taking.objects.filter(Q(subject__in=heads) | Q(subject__head__in=heads)).order_by("at", "id")
    rows = list(takings.values_list("subject_id", "taken_by_id"))
    top = share.head_ids([subject for subject, _ in rows])
    last = {top[subject]: taker for subject, taker in rows}
    return {head: taker for head, taker in last.items() if taker is not None}
