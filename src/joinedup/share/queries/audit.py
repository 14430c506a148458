"""The audit read: who looked at a child, what was done lately, and whether every chain still holds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from joinedup.share.models import AuditAbout, AuditLane, AuditRow, Checkpoint, Subject
from joinedup.share.queries.people import partnership
from joinedup.share.queries.policy import may
from joinedup.share.queries.subjects import members
from joinedup.share.rules import Look, Permission
from joinedup.share.rules.chain import LANES, NO_CHECKPOINT, SAID, canonical, genesis, link, tie


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


def audit_rows(*, for_: Look, who: str = "", act: str = "", limit: int = 200) -> list[AuditRow]:
    """The latest answers, refusals and acts: who, when, why and which keys; never case content. Governance reads it.

    `who` is part of a name in the log, `act` one kind of row. Empty for whoever may not see the audit.
    """
    if not may(for_, Permission.AUDIT_SEE):
        return []
    found = AuditRow.objects.filter(by__icontains=who, act__startswith=act)
    return list(found.order_by("-pk")[:limit])


def counts(*, for_: Look) -> dict[str, int]:
    """Who is in it at all, and what was done since yesterday, in numbers (law 11): {words: number}."""
    if not may(for_, Permission.AUDIT_SEE):
        return {}
    kinds = Subject.objects.filter(head__isnull=True).values_list("kind").annotate(n=Count("pk")).order_by("kind")
    acts = AuditRow.objects.filter(at__gt=for_.at - timedelta(days=1)).values_list("act").annotate(n=Count("pk"))
    return {f"{kind} known here": n for kind, n in kinds} | {
        f"{act}, last 24 hours": n for act, n in acts.order_by("act")
    }


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

    Finds rows altered, deleted, inserted, reordered, back-dated or cut off. Who rewrites a chain with all that hangs
    on it from a point before the last checkpoint is found by that checkpoint; the checkpoints are to be held by others.
    """
    salt = bytes(partnership().salt)
    points = list(Checkpoint.objects.order_by("pk"))
    report = Report(checkpoints=len(points), faults=_checkpoint_faults(points, salt))
    for lane in range(LANES):
        seen = dict(point.heads[str(lane)] for point in points)
        walk = _Walk(lane, genesis(lane, salt), {seq: digest for seq, digest in seen.items() if seq})
        for row in (
            AuditRow.objects.filter(lane=lane).order_by("seq").values(*SAID, "previous", "digest").iterator(5000)
        ):
            walk.step(row, salt)
        walk.end()
        report.rows += walk.rows
        report.faults += walk.faults[:1]
    return report


@dataclass
class _Walk:
    """Along one lane: the digest that the next row must follow, and what checkpoints saw further on {seq: digest}."""

    lane: int
    before: str
    seen: dict[int, str]
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def step(self, row: dict[str, Any], salt: bytes) -> None:
        self.rows += 1
        says = self._wrong(row, salt)
        if says:
            self.faults.append(Fault(self.lane, row["seq"], says))
        self.before = row["digest"]

    def _wrong(self, row: dict[str, Any], salt: bytes) -> str:
        if row["seq"] != self.rows:
            return f"row {self.rows} is missing before it"
        if row["previous"] != self.before:
            return "does not follow the row before it: reordered, inserted, or its neighbour was changed"
        if row["digest"] != link(self.before, salt, canonical(row)):
            return "its content is not what its digest was made from: altered"
        if self.seen.pop(self.rows, row["digest"]) != row["digest"]:
            return "is not the row that a checkpoint saw: the chain was rewritten"
        return ""

    def end(self) -> None:
        """After the last row: nothing that a checkpoint or the lane's own head knows may be missing."""
        head = AuditLane.objects.filter(lane=self.lane).values_list("seq", "digest").first()
        if self.seen:
            says = f"cut off here: a checkpoint saw row {max(self.seen)}"
            self.faults.append(Fault(self.lane, self.rows + 1, says))
        elif head != (self.rows, self.before):
            self.faults.append(Fault(self.lane, self.rows + 1, "the lane's head knows another end: cut off or added"))


def _checkpoint_faults(points: list[Checkpoint], salt: bytes) -> list[Fault]:
    before = NO_CHECKPOINT
    for number, point in enumerate(points, start=1):
        if point.previous != before or point.digest != tie(before, salt, point.at, point.heads):
            return [Fault(None, number, "the checkpoint is not what its digest was made from, or one is missing")]
        before = point.digest
    return []
