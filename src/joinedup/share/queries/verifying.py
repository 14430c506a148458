"""Whether the audit holds: every chain, every checkpoint, what anchors hold, and what says who looked at whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any

from joinedup.share.models import AuditAbout, AuditRow
from joinedup.share.queries.plain import rows
from joinedup.share.queries.stored import AT_ONCE, Plain, Tie, head, lane_rows, salt_of, subjects_said, ties
from joinedup.share.rules.anchor import Anchor, Point, when
from joinedup.share.rules.chain import LANES, NO_CHECKPOINT, log_name, tie
from joinedup.share.rules.walk import Fault, Held, Seen, Walk

APART = "SELECT id FROM share_auditrow WHERE lane IS NULL OR lane NOT IN {lanes} LIMIT 1"


@dataclass
class Report:
    """What verifying found. `faults` holds the first bad record of each lane and of the checkpoints."""

    rows: int = 0
    checkpoints: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults


def verify(anchors: Sequence[Anchor] = ()) -> Report:
    """Walk every lane and every checkpoint from the first to the last, and name the first bad record of each.

    Finds rows altered, deleted, inserted, reordered, back-dated or cut off. Who knows the salt and rewrites chains,
    heads and checkpoints together is found by anchors (held by others), for all that happened before the latest. Takes
    time in proportion to the rows, holds no more than a few thousand of them, and may run while others write.
    """
    salt, points = salt_of(), list(ties())
    report = Report(checkpoints=len(points), anchors=len(anchors), faults=_checkpoint_faults(points, salt))
    report.faults += _anchor_faults(anchors, {point.digest for point in points if point}, salt)
    for lane in range(LANES):
        walk = _walked(lane, salt, [point for point in points if point], anchors)
        report.rows += walk.rows
        report.faults += [walk.fault] if walk.fault else []
    report.faults += [*_apart(), *islice(_looks_astray(), 1)]
    return report


def _walked(lane: int, salt: bytes, points: Sequence[Tie], anchors: Sequence[Anchor]) -> Walk:
    """One lane from end to end. Its head is read before and after, since others may be writing meanwhile."""
    walk, before = Walk(lane, salt), head(lane)
    walk.expect(Seen(*point.heads[lane], "a checkpoint") for point in points)
    walk.hold(Held(point.lanes[lane], anchor.at) for anchor in anchors for point in anchor.checkpoints)
    if before:
        walk.expect([Seen(*before, "the lane's head")])
    for row in lane_rows(lane):
        walk.step(row)
    walk.end(head(lane))
    return walk


def _checkpoint_faults(points: Sequence[Tie | None], salt: bytes) -> list[Fault]:
    before = NO_CHECKPOINT
    for number, point in enumerate(points, start=1):
        if point is None or point.previous != before or point.digest != _tied(point, salt):
            return [Fault(None, number, "the checkpoint is not what its digest was made from, or one is missing")]
        before = point.digest
    return []


def _tied(point: Tie, salt: bytes) -> str:
    heads = {str(lane): list(stood) for lane, stood in enumerate(point.heads)}
    return tie(point.previous, salt, point.at, heads)


def _anchor_faults(anchors: Sequence[Anchor], known: set[str], salt: bytes) -> Iterator[Fault]:
    """Of each anchor its first checkpoint that is not one of the `known` ones, or is not of this log."""
    for number, anchor in enumerate(anchors, start=1):
        where = f"anchor {number} of {when(anchor.at)}"
        if anchor.log != log_name(salt):
            yield Fault(None, 1, "is of another log, or the salt of this one was replaced", where)
            continue
        says = ((n, _stray(point, known, salt)) for n, point in enumerate(anchor.checkpoints, start=1))
        yield from islice((Fault(None, n, wrong, where) for n, wrong in says if wrong), 1)


def _stray(point: Point, known: set[str], salt: bytes) -> str:
    if not point.follows(salt):
        return "the checkpoint is not what its digest was made from: no anchor of this log says so"
    if point.digest not in known:
        return f"the database does not have its checkpoint of {when(point.at)}: cut off, written anew, or forked before"
    return ""


def _apart() -> Iterator[Fault]:
    """A row in no lane: no chain would ever meet it."""
    for (row,) in rows(APART, lanes=range(LANES)):
        yield Fault(None, row, "stands in none of the chains: slipped in, or moved out of its own", "rows by id")


def _looks_astray() -> Iterator[Fault]:
    """Answers of which a child's page would say otherwise who looked than the chained row does.

    What differs is read once more by itself before it is named: somebody may have been writing.
    """
    both = merge(_said(), _shown(), key=lambda one: _ordered(one[0]))
    for row, parts in groupby(both, key=itemgetter(0)):
        if _differ(parts) and (not isinstance(row, int) or _differ(chain(_said(row), _shown(row)))):
            seq = row if isinstance(row, int) else 0
            yield Fault(None, seq, "who looked at whom is not what the chained row says", "answers by id")


Part = tuple[Any, str, Any]  # a row's id, whether its row says it or the page shows it, and a subject


def _said(*only: int) -> Iterator[Part]:
    """Every subject that an answer's row says it released, by the row's id."""
    found = AuditRow.objects.exclude(purpose="").order_by("pk")
    found = found.filter(pk__in=only) if only else found
    for row, what in found.values_list("pk", Plain("what")).iterator(AT_ONCE):
        yield from ((row, "said", subject) for subject in subjects_said(what) or ())


def _shown(*only: int) -> Iterator[Part]:
    """Every subject that a child's page shows a look at, by the row's id."""
    found = AuditAbout.objects.order_by("row")
    found = found.filter(row__in=only) if only else found
    for row, subject in found.values_list("row", "subject").iterator(AT_ONCE):
        yield row, "shown", subject


def _differ(parts: Iterable[Part]) -> bool:
    kept: dict[str, set[Any]] = {"said": set(), "shown": set()}
    for _, side, subject in parts:
        kept[side].add(subject)
    return kept["said"] != kept["shown"]


def _ordered(row: Any) -> tuple[bool, Any]:
    """Numbers in order, then whatever else somebody put there."""
    return (False, row) if isinstance(row, int) else (True, str(row))
