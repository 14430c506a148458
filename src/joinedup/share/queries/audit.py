"""The audit read: who looked at a child, what was done lately, and whether every chain still holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from joinedup.share.models import AuditAbout, AuditLane, AuditRow, Checkpoint
from joinedup.share.queries.people import partnership
from joinedup.share.rules import Look
from joinedup.share.rules.chain import LANES, canonical, genesis, link, tie

ROW = ("lane", "seq", "at", "act", "by", "agency", "purpose", "reason", "what")
NO_CHECKPOINT = "0" * 64


@dataclass(frozen=True)
class Looked:
    """One answer about a child: who, for which agency and purpose, why, when."""

    by: str
    agency: str
    purpose: str
    reason: str
    at: datetime


def looks_at(*, for_: Look, head_id: int, member_ids: list[int], limit: int = 200) -> list[Looked]:
    """Who looked at this child, latest first. The asker's own look counts too, once it is over."""
    for_.note(subjects=[head_id])
    rows = AuditAbout.objects.filter(subject__in=[head_id, *member_ids]).values("row")
    found = AuditRow.objects.filter(pk__in=rows).order_by("-at", "-pk")[:limit]
    return [Looked(row.by, row.agency, row.purpose, row.reason, row.at) for row in found]


def recent_rows(*, limit: int = 200) -> QuerySet[AuditRow]:
    """The latest answers, refusals and acts: keys and staff only, never case content (governance reads it)."""
    return AuditRow.objects.order_by("-at", "-pk")[:limit]


@dataclass(frozen=True)
class Fault:
    """One broken place: in which lane (None: the checkpoints), at which row, and what is wrong in words."""

    lane: int | None
    seq: int
    says: str


@dataclass
class Report:
    """What verifying found. `faults` holds the first bad record of each lane and of the checkpoints."""

    rows: int = 0
    checkpoints: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults


def verify() -> Report:
    """Walk every lane and every checkpoint from the first to the last, and name the first bad record of each.

    Finds rows altered, deleted, inserted, reordered, back-dated, and a tail cut off beyond the last checkpoint's reach
    only if the lane's head was left; within its reach, always.
    """
    salt = bytes(partnership().salt)
    report = Report()
    points = list(Checkpoint.objects.order_by("pk"))
    for lane in range(LANES):
        wanted = {point.heads[str(lane)][0]: point.heads[str(lane)][1] for point in points}
        report.rows += _walk_lane(lane, salt, wanted, report.faults)
    report.checkpoints = len(points)
    _walk_checkpoints(points, salt, report.faults)
    return report


def _rows(lane: int) -> Iterator[dict[str, Any]]:
    return AuditRow.objects.filter(lane=lane).order_by("seq").values(*ROW, "previous", "digest").iterator(5000)


def _walk_lane(lane: int, salt: bytes, wanted: dict[int, str], faults: list[Fault]) -> int:
    """Count the rows of a lane and add its first fault."""
    seq, before, fault = 0, genesis(lane, salt), None
    pending = {place: head for place, head in wanted.items() if place}
    for row in _rows(lane):
        seq += 1
        fault = fault or _fault(row, seq, before, salt) or _against(lane, seq, row["digest"], pending)
        pending.pop(seq, None)
        before = row["digest"]
    fault = fault or _tail(lane, seq, before, pending)
    if fault:
        faults.append(fault)
    return seq


def _fault(row: dict[str, Any], seq: int, before: str, salt: bytes) -> Fault | None:
    lane = row["lane"]
    if row["seq"] != seq:
        return Fault(lane, seq, f"row {seq} is missing; the next one kept is {row['seq']}")
    if row["previous"] != before:
        return Fault(lane, seq, "the row does not follow the one before it: reordered, inserted, or its neighbour changed")
    if row["digest"] != link(before, salt, canonical(**{name: row[name] for name in ROW})):
        return Fault(lane, seq, "the row's content is not what its digest was made from: altered")
    return None


def _against(lane: int, seq: int, digest: str, pending: dict[int, str]) -> Fault | None:
    if pending.get(seq, digest) != digest:
        return Fault(lane, seq, "the row is not the one that a checkpoint saw: the chain was rewritten")
    return None


def _tail(lane: int, seq: int, before: str, pending: dict[int, str]) -> Fault | None:
    if pending:
        return Fault(lane, seq + 1, f"the chain ends at row {seq}, but a checkpoint saw row {max(pending)}: cut off")
    head = AuditLane.objects.filter(lane=lane).values_list("seq", "digest").first()
    if head != (seq, before):
        return Fault(lane, seq + 1, f"the chain ends at row {seq}, but the lane's head says otherwise: cut off or added")
    return None


def _walk_checkpoints(points: list[Checkpoint], salt: bytes, faults: list[Fault]) -> None:
    before = NO_CHECKPOINT
    for number, point in enumerate(points, start=1):
        if point.previous != before or point.digest != tie(before, salt, point.at, point.heads):
            faults.append(Fault(None, number, "the checkpoint is not what its digest was made from, or one is missing"))
            return
        before = point.digest
