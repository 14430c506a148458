"""Somebody with every right on the database who knows the salt and how digests are made, and who was shown no anchor.

Reads the whole log into memory, changes it there, mends as much as wanted, and writes it back with the triggers gone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection

from joinedup.share import triggers
from joinedup.share.models import AuditAbout, AuditLane, AuditRow, Checkpoint, Partnership
from joinedup.share.rules import chain

NOTHING, ROW, CHAIN, EVERYTHING = range(4)  # what is mended: nothing, the row's own digest, its lane, checkpoints too


def take_triggers_off() -> None:
    names = ("no_update", "no_delete") if connection.vendor == "sqlite" else ("no_row", "no_truncate")
    with connection.cursor() as cursor:
        for table in triggers.append_only_tables():
            for name in names:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_{name}{on}")


@dataclass
class Log:
    """The log in memory, each lane a list of rows in order."""

    salt: bytes
    lanes: dict[int, list[AuditRow]]
    heads: dict[int, AuditLane]
    points: list[Checkpoint]
    extra: list[AuditRow] = field(default_factory=list)  # rows in no lane

    def renumber(self, lane: int) -> None:
        for seq, row in enumerate(self.lanes[lane], start=1):
            row.lane, row.seq = lane, seq

    def mend(self, lane: int, n: int, depth: int) -> None:
        """Make digests anew after row number n (from 0) of a lane was changed."""
        if depth == ROW and n < len(self.lanes[lane]):
            self._seal(self.lanes[lane][n], self.lanes[lane][n].previous)
        if depth >= CHAIN:
            self.chain(lane)
        if depth >= EVERYTHING:
            self.tie()

    def chain(self, lane: int) -> None:
        before = chain.genesis(lane, self.salt)
        for row in self.lanes[lane]:
            self._seal(row, before)
            before = row.digest
        self.heads[lane].seq, self.heads[lane].digest = len(self.lanes[lane]), before

    def tie(self) -> None:
        before = chain.NO_CHECKPOINT
        for point in self.points:
            point.heads = {lane: self._stood(int(lane), stood[0]) for lane, stood in point.heads.items()}
            point.previous, point.digest = before, chain.tie(before, self.salt, point.at, point.heads)
            before = point.digest

    def _stood(self, lane: int, seq: int) -> list[Any]:
        seq = min(seq, len(self.lanes[lane]))
        return [seq, self.lanes[lane][seq - 1].digest if seq else chain.genesis(lane, self.salt)]

    def _seal(self, row: AuditRow, before: str) -> None:
        said = chain.canonical({name: getattr(row, name) for name in chain.SAID})
        row.previous, row.digest = before, chain.link(before, self.salt, said)


def read() -> Log:
    rows = list(AuditRow.objects.order_by("lane", "seq"))
    lanes = {lane: [row for row in rows if row.lane == lane] for lane in range(chain.LANES)}
    heads = {head.lane: head for head in AuditLane.objects.all()}
    return Log(bytes(Partnership.objects.get().salt), lanes, heads, list(Checkpoint.objects.order_by("pk")))


def write(log: Log) -> None:
    """Put the log in the database in place of what is there, and every look with it."""
    for model in (AuditRow, AuditAbout, Checkpoint, AuditLane):
        model.objects.all().delete()
    Partnership.objects.update(salt=log.salt)
    rows = [*(row for lane in log.lanes.values() for row in lane), *log.extra]
    AuditRow.objects.bulk_create(rows)
    seen = ((row, subject) for row in rows if row.purpose for subject in row.what.get("subjects", []))
    AuditAbout.objects.bulk_create(AuditAbout(row=row.pk, subject=subject) for row, subject in seen)
    Checkpoint.objects.bulk_create(log.points)
    AuditLane.objects.bulk_create(log.heads.values())


Deed = Callable[[Log, int, int], None]  # changes row number n (from 0) of a lane


def altered(column: str, value: Any) -> Deed:
    def deed(log: Log, lane: int, n: int) -> None:
        setattr(log.lanes[lane][n], column, value)

    return deed


def back_dated(log: Log, lane: int, n: int) -> None:
    log.lanes[lane][n].at -= timedelta(days=1)


def back_dated_by_the_least(log: Log, lane: int, n: int) -> None:
    log.lanes[lane][n].at -= timedelta(microseconds=1)


def deleted(log: Log, lane: int, n: int) -> None:
    del log.lanes[lane][n]


def deleted_and_renumbered(log: Log, lane: int, n: int) -> None:
    del log.lanes[lane][n]
    log.renumber(lane)


def emptied(log: Log, lane: int, n: int) -> None:
    """Everything from here on is gone, and the checkpoints that knew of it."""
    del log.lanes[lane][n:]
    log.points = [point for point in log.points if point.heads[str(lane)][0] <= n]


def truncated(log: Log, lane: int, n: int) -> None:
    del log.lanes[lane][n:]


def inserted(log: Log, lane: int, n: int) -> None:
    log.lanes[lane].insert(n, forged(log, lane, n))
    log.renumber(lane)


def reordered(log: Log, lane: int, n: int) -> None:
    rows = log.lanes[lane]
    rows[n], rows[n + 1] = rows[n + 1], rows[n]
    log.renumber(lane)


def moved_to_another_lane(log: Log, lane: int, n: int) -> None:
    other = (lane + 1) % chain.LANES
    log.lanes[other].append(log.lanes[lane].pop(n))
    log.renumber(lane)
    log.renumber(other)
    log.chain(other)


def forked(log: Log, lane: int, n: int) -> None:
    """Back to what was before this row, and on from there by another story, as long as the first."""
    for number in range(n, len(log.lanes[lane])):
        log.lanes[lane][number] = forged(log, lane, number)
    log.renumber(lane)


def forged(log: Log, lane: int, n: int) -> AuditRow:
    """A row like its neighbour, under another id, that says something else."""
    like = log.lanes[lane][n]
    last = max(row.pk for rows in log.lanes.values() for row in rows)
    return AuditRow(
        id=last + 1,
        lane=lane,
        seq=n + 1,
        at=like.at,
        act="answer",
        by="forged",
        what={"n": n},
        previous=like.previous,
        digest=like.digest,
    )


DEEDS: dict[str, Deed] = {
    "update by": altered("by", "somebody else"),
    "update act": altered("act", "nothing"),
    "update agency": altered("agency", "another-agency"),
    "update purpose": altered("purpose", "review"),
    "update reason": altered("reason", "another reason"),
    "update what": altered("what", {"n": "another"}),
    "back-date": back_dated,
    "back-date by the least": back_dated_by_the_least,
    "delete": deleted,
    "delete and renumber": deleted_and_renumbered,
    "insert": inserted,
    "reorder": reordered,
    "truncate": truncated,
    "truncate with checkpoints": emptied,
    "move to another lane": moved_to_another_lane,
    "fork": forked,
}


def salt_replaced(log: Log) -> None:
    log.salt = bytes(32)


def last_checkpoint_dropped(log: Log) -> None:
    del log.points[-1]


def every_checkpoint_dropped(log: Log) -> None:
    log.points.clear()


def checkpoint_back_dated(log: Log) -> None:
    log.points[1].at -= timedelta(days=1)


def checkpoint_slipped_in(log: Log) -> None:
    first = log.points[0]
    log.points.insert(0, Checkpoint(at=first.at, heads=first.heads, previous=first.previous, digest=first.digest))
    for pk, point in enumerate(log.points, start=first.pk):
        point.pk = pk


def everything_emptied(log: Log) -> None:
    for lane, rows in log.lanes.items():
        rows.clear()
        log.chain(lane)
    log.points.clear()


def row_in_no_lane(log: Log) -> None:
    lane = max(log.lanes, key=lambda one: len(log.lanes[one]))
    row = forged(log, lane, 0)
    row.lane = chain.LANES
    log.extra.append(row)


WHOLE: dict[str, Callable[[Log], None]] = {
    "the salt replaced": salt_replaced,
    "the last checkpoint dropped": last_checkpoint_dropped,
    "every checkpoint dropped": every_checkpoint_dropped,
    "a checkpoint back-dated": checkpoint_back_dated,
    "a checkpoint slipped in": checkpoint_slipped_in,
    "everything emptied": everything_emptied,
    "a row in no lane": row_in_no_lane,
}
