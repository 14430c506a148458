"""Anchors made: of every checkpoint where each lane stood, and the roots over the rows since the checkpoint before.

And single rows proven to whoever holds one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from joinedup.share.queries.stored import Tie, lane_rows, salt_of, ties
from joinedup.share.rules.anchor import Anchor, AnchorError, Point, Stretch, Sum, run_length
from joinedup.share.rules.chain import LANES, blind, commitment, log_name
from joinedup.share.rules.merkle import path
from joinedup.share.rules.proof import Proof, proven
from joinedup.share.rules.walk import Head

Heads = Sequence[Head]  # of each lane in order
START: Heads = ((0, ""),) * LANES  # before the first row


class _Bounds(NamedTuple):
    """A stretch to be summed: after which row, up to which, and how many rows one mark stands for."""

    after: int
    upto: Head
    every: int


def anchored(*, since: Anchor | None = None) -> Anchor:
    """An anchor over the checkpoints of a log that holds: all, or those later than the last one of `since`.

    Reads each row once, one by one. Raises AnchorError if there is no such checkpoint.
    """
    salt = salt_of()
    stood, later = _later([point for point in ties() if point], since)
    steps = list(pairwise([stood, *(point.heads for point in later)]))
    by_lane = [list(_stretches(lane, salt, _bounds(lane, steps))) for lane in range(LANES)]
    made = zip(later, zip(*by_lane, strict=True), strict=True)
    points = (Point(at=one.at, digest=one.digest, previous=one.previous, lanes=lanes) for one, lanes in made)
    return Anchor(log=log_name(salt), checkpoints=tuple(points))


def _later(points: list[Tie], since: Anchor | None) -> tuple[Heads, list[Tie]]:
    """Where lanes stood at the last checkpoint of `since`, and the checkpoints after it."""
    known = [point.digest for point in points]
    if since and since.checkpoints[-1].digest not in known:
        raise AnchorError(
            "ends with a checkpoint that this database does not have: run `joinedup audit verify` with it"
        )
    first = known.index(since.checkpoints[-1].digest) + 1 if since else 0
    if first == len(points):
        raise AnchorError("there is no checkpoint to anchor: `joinedup audit checkpoint` makes one")
    return points[first - 1].heads if first else START, points[first:]


def _bounds(lane: int, steps: list[tuple[Heads, Heads]]) -> list[_Bounds]:
    """The stretches of one lane. The longer a checkpoint's stretches are, the more rows stand behind one mark."""
    every = (run_length(sum(seq for seq, _ in upto) - sum(seq for seq, _ in after)) for after, upto in steps)
    return [_Bounds(after[lane][0], upto[lane], run) for (after, upto), run in zip(steps, every, strict=True)]


def _stretches(lane: int, salt: bytes, bounds: list[_Bounds]) -> Iterator[Stretch]:
    """The sums over one lane's rows, read once from the first bound to the last."""
    rows = lane_rows(lane, after=bounds[0].after, upto=bounds[-1].upto[0])
    for after, (seq, head), every in bounds:
        added = Sum(every)
        for number, row in zip(range(after + 1, seq + 1), rows, strict=False):
            added.add(commitment(lane, number, salt, row.said))
        marks = "".join(added.ended().marks)
        yield Stretch(after=after, seq=seq, head=head, root=added.root(), every=every, marks=marks)


def proof(anchor: Anchor, *, lane: int, record: int) -> Proof:
    """The proof of one row for whoever holds this anchor: it shows that row to them. Holds its stretch's hashes.

    Raises AnchorError if the anchor has no root over that row, or another one than follows from the rows.
    """
    point = next((one for one in anchor.checkpoints if one.lanes[lane].after < record <= one.lanes[lane].seq), None)
    if point is None:
        raise AnchorError(f"has no root over record {record} of chain {lane}: name the anchor made next after it")
    made = _proof(point, lane, record)
    if made is None or proven(made, anchor) is None:
        raise AnchorError("does not agree with the rows: run `joinedup audit verify` with it")
    return made


def _proof(point: Point, lane: int, record: int) -> Proof | None:
    salt, stretch, shown, leaves = salt_of(), point.lanes[lane], "", []
    for row in lane_rows(lane, after=stretch.after, upto=stretch.seq):
        leaves.append(commitment(lane, row.seq or 0, salt, row.said))
        shown = row.said if row.seq == record else shown
    if len(leaves) != stretch.seq - stretch.after:
        return None
    beside = tuple(one.hex() for one in path(leaves, record - stretch.after - 1))
    hidden = blind(lane, record, salt).hex()
    return Proof(checkpoint=point.digest, lane=lane, record=record, row=shown, blind=hidden, path=beside)
