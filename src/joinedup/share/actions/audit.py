"""The audit written: rows appended to a lane's chain, and checkpoints over all lanes."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from joinedup.ground.clock import civil_day
from joinedup.share.models import AuditAbout, AuditLane, Checkpoint
from joinedup.share.queries.people import NotFounded, partnership
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


# Plain SQL, because a row per act and per answer is on everybody's way: a fraction of the cost of the same by models.
FREE_LANE = """
SELECT lane, seq, digest, (SELECT salt FROM share_partnership LIMIT 1)
FROM share_auditlane ORDER BY (lane + %s) %% %s LIMIT 1
"""
OTHERS_APART = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}  # SQLite lets in one writer at a time
IN_TURN = {"sqlite": "", "postgresql": " FOR UPDATE"}
COLUMNS = (*SAID, "previous", "digest")
ONE_ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
ADD = f"INSERT INTO share_auditrow ({', '.join(COLUMNS)}) VALUES {{rows}} RETURNING seq, id"  # noqa: S608 - column names
AT_ONCE = 500  # rows in one statement: no database takes any number of values
MOVE = "UPDATE share_auditlane SET seq = %s, digest = %s WHERE lane = %s"


def append(lines: list[Line]) -> None:
    """Add rows, at least one, to one lane's chain: the last thing a transaction does. Raises NotFounded."""
    with connection.cursor() as cursor:
        lane, seq, previous, salt = _free_lane(cursor)
        rows = list(_chained(lines, lane, seq, previous, salt))
        for n in range(0, len(rows), AT_ONCE):
            _add(cursor, rows[n : n + AT_ONCE], lines[n : n + AT_ONCE])
        cursor.execute(MOVE, [seq + len(rows), rows[-1][-1], lane])


def _chained(lines: Iterable[Line], lane: int, seq: int, previous: str, salt: bytes) -> Iterator[list[Any]]:
    """The values of each line's row, in the order of `COLUMNS`, following on the lane's last."""
    for line in lines:
        seq += 1
        row = _said(line, lane, seq)
        made = link(previous, salt, canonical(row))
        yield [*_stored(row), previous, made]
        previous = made


def _add(cursor: CursorWrapper, rows: Sequence[list[Any]], lines: Sequence[Line]) -> None:
    """Write some rows, and which subjects each answer among them released."""
    cursor.execute(ADD.format(rows=", ".join([ONE_ROW] * len(rows))), list(chain.from_iterable(rows)))
    ids = dict(cursor.fetchall())
    about = [(ids[row[COLUMNS.index("seq")]], line.about) for row, line in zip(rows, lines, strict=True)]
    AuditAbout.objects.bulk_create(AuditAbout(row=row, subject=one) for row, subjects in about for one in subjects)


def _free_lane(cursor: CursorWrapper) -> tuple[int, int, str, bytes]:
    """A lane that nobody holds, the nearest to this thread's own; the own one, waiting for it, if all are held."""
    away = LANES - threading.get_native_id() % LANES
    for hold in (OTHERS_APART, IN_TURN):
        cursor.execute(FREE_LANE + hold[connection.vendor], [away, LANES])
        if found := cursor.fetchone():
            return found[0], found[1], found[2], bytes(found[3])
    raise NotFounded


def _said(line: Line, lane: int, seq: int) -> dict[str, Any]:
    return {
        "lane": lane,
        "seq": seq,
        "at": line.at,
        "act": line.act[:80],
        "by": line.by[:100],
        "agency": line.agency,
        "purpose": line.purpose,
        "reason": line.reason[:500],
        "what": line.what,
    }


def _stored(row: dict[str, Any]) -> list[Any]:
    """The row's values as this database takes them."""
    adapted = {
        "at": connection.ops.adapt_datetimefield_value(row["at"]),
        "what": connection.ops.adapt_json_value(row["what"], None),
    }
    return list((row | adapted).values())


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


def checkpoint_of_the_day(*, by: Actor, at: datetime) -> Checkpoint | None:
    """A checkpoint, if the civil day of `at` has none yet. Of many who ask at once, one makes it."""
    if _has_checkpoint(at):
        return None
    with transaction.atomic():
        list(AuditLane.objects.select_for_update().order_by("lane"))
        return None if _has_checkpoint(at) else checkpoint(by=by, at=at)


def _has_checkpoint(at: datetime) -> bool:
    latest = Checkpoint.objects.order_by("-pk").values_list("at", flat=True).first()
    return latest is not None and civil_day(latest) >= civil_day(at)
