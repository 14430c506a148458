"""The audit written: rows appended to a lane's chain, and checkpoints over all lanes."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from joinedup.share.models import AuditAbout, AuditLane, AuditRow, Checkpoint
from joinedup.share.queries.people import partnership
from joinedup.share.rules import Actor
from joinedup.share.rules.chain import LANES, NO_CHECKPOINT, SAID, canonical, link, tie


@dataclass(frozen=True)
class Line:
    """What one audit row is to say."""

    at: datetime
    act: str
    by: str
    agency: str = ""
    purpose: str = ""
    reason: str = ""
    what: dict[str, Any] = field(default_factory=dict)
    about: list[int] = field(default_factory=list)  # subjects an answer released


def append(lines: list[Line]) -> None:
    """Add rows, at least one, to one lane's chain: the last thing a transaction does. Raises NotFounded."""
    salt = bytes(partnership().salt)
    lane = _free_lane()
    rows = _chained(lane, salt, lines)
    AuditRow.objects.bulk_create(rows)
    AuditLane.objects.filter(pk=lane.pk).update(seq=rows[-1].seq, digest=rows[-1].digest)
    about = [(row, subject) for row, line in zip(rows, lines, strict=True) for subject in line.about]
    AuditAbout.objects.bulk_create(AuditAbout(row=row.pk, subject=subject) for row, subject in about)


def _free_lane() -> AuditLane:
    """A lane that nobody holds, the nearest to this thread's own; the own one, waiting for it, if all are held.

    SQLite lets in one writer at a time, so there the own lane is always free.
    """
    own = threading.get_native_id() % LANES
    nearest = AuditLane.objects.order_by((F("lane") + LANES - own) % LANES)
    return nearest.select_for_update(skip_locked=True).first() or nearest.select_for_update().get(pk=own)


def _chained(lane: AuditLane, salt: bytes, lines: list[Line]) -> list[AuditRow]:
    rows, previous = [], lane.digest
    for seq, line in enumerate(lines, start=lane.seq + 1):
        row = AuditRow(
            lane=lane.pk,
            seq=seq,
            at=line.at,
            act=line.act[:80],
            by=line.by[:100],
            agency=line.agency,
            purpose=line.purpose,
            reason=line.reason[:500],
            what=line.what,
            previous=previous,
        )
        previous = row.digest = link(previous, salt, canonical({name: getattr(row, name) for name in SAID}))
        rows.append(row)
    return rows


@transaction.atomic
def checkpoint(*, by: Actor, at: datetime) -> Checkpoint:
    """Tie the heads of all lanes together in one digest, chained to the checkpoint before; to be sent to the partners.

    Holds every lane while it reads, in order, so that it sees one moment.
    """
    salt = bytes(partnership().salt)
    lanes = AuditLane.objects.select_for_update().order_by("lane")
    heads = {str(lane.lane): [lane.seq, lane.digest] for lane in lanes}
    latest = Checkpoint.objects.order_by("-pk").first()
    previous = latest.digest if latest else NO_CHECKPOINT
    made = Checkpoint.objects.create(at=at, heads=heads, previous=previous, digest=tie(previous, salt, at, heads))
    append([Line(at, "share.checkpoint", by.by, by.agency, what={"checkpoint": made.digest})])
    return made
