"""Along one lane of the audit from its first row: what is wrong first, by the chain, by checkpoints and by anchors."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from joinedup.share.rules.anchor import MARK, Stretch, Sum, when
from joinedup.share.rules.chain import commitment, genesis, link

WRITTEN_ANEW = "altered, inserted, removed or moved, and the chain written anew to fit"


@dataclass(frozen=True)
class Fault:
    """One broken place: in which lane (None: not in a lane), at which record, and what is wrong in words.

    `where` names the place if it is no lane, nor the checkpoints.
    """

    lane: int | None
    seq: int
    says: str
    where: str = ""

    @property
    def place(self) -> str:
        """The place in words, such as `chain 3, record 7`."""
        return f"{self.where or ('checkpoints' if self.lane is None else f'chain {self.lane}')}, record {self.seq}"


class Stored(NamedTuple):
    """A row as the database has it: `seq` is None if it is no number, `said` (one spelling) is empty if unreadable."""

    seq: int | None
    said: str
    previous: str
    digest: str


class Seen(NamedTuple):
    """That a row, by its digest, was there: seen by a checkpoint, an anchor, or the lane's own head."""

    seq: int
    digest: str
    by: str


Head = tuple[int, str]  # where a lane says that it stands: number and digest of its last row


class Held:
    """One stretch of an anchor of `at`, compared with the rows as they come."""

    def __init__(self, stretch: Stretch, at: datetime) -> None:
        self.stretch = stretch
        self.by = f"the anchor of {when(at)}"
        self._sum = Sum(stretch.every)

    def add(self, leaf: bytes) -> None:
        self._sum.add(leaf)

    def bad(self) -> tuple[int, int] | None:
        """The first run of rows, of those that are complete, that is not what the anchor holds: its first and last."""
        marks = self.stretch.marks
        for n, mark in enumerate(self._sum.marks):
            if marks[n * MARK : (n + 1) * MARK] != mark:
                first = self.stretch.after + 1 + n * self.stretch.every
                return first, min(first + self.stretch.every - 1, self.stretch.seq)
        return None

    def bad_at_end(self) -> tuple[int, int] | None:
        """As `bad`, once all its rows were added; by the root if the marks agree by chance."""
        found = self._sum.ended().root()
        if found == self.stretch.root:
            return None
        return self.bad() or (self.stretch.after + 1, self.stretch.seq)


@dataclass
class Walk:
    """Step by step along a lane. `rows` counts them; `fault` is the first one found, after which rows only count."""

    lane: int
    salt: bytes
    seen: dict[int, list[Seen]] = field(default_factory=dict)
    rows: int = 0
    fault: Fault | None = None

    def __post_init__(self) -> None:
        self._before = genesis(self.lane, self.salt)
        self._waiting: deque[Held] = deque()
        self._open: list[Held] = []

    def expect(self, seen: Iterable[Seen]) -> None:
        """Before the first step: rows that must be there."""
        for one in seen:
            if one.seq:  # 0 stands before the first row
                self.seen.setdefault(one.seq, []).append(one)

    def hold(self, stretches: Iterable[Held]) -> None:
        """Before the first step, once: what anchors hold of this lane."""
        held = sorted(stretches, key=lambda one: one.stretch.after)
        self.expect(Seen(one.stretch.seq, one.stretch.head, one.by) for one in held)
        self._waiting = deque(one for one in held if one.stretch.seq > one.stretch.after)

    def step(self, row: Stored) -> None:
        """The next row of the lane, by number."""
        self.rows += 1
        if self.fault:
            return
        if says := self._broken(row):
            self._found(self.rows if row.seq is None else row.seq, says)
            return
        self._before = row.digest
        self._compare(row)
        for one in self.seen.pop(self.rows, []):
            if one.digest != row.digest:
                self._found(self.rows, f"is not the row that {one.by} saw: the chain was rewritten, here or before")

    def end(self, head: Head | None) -> None:
        """After the last row: no row that somebody saw may be missing, and the lane's `head` knows of no other end."""
        if self.fault:
            return
        if self.seen:
            last = max(self.seen)
            self._found(self.rows + 1, f"cut off here: {self.seen[last][0].by} saw row {last}")
        elif head is None or self.rows > head[0] or (self.rows == head[0] and self._before != head[1]):
            self._found(self.rows + 1, "the lane's head knows another end: cut off or added")

    def _broken(self, row: Stored) -> str:
        """What is wrong with a row by itself and with its link to the row before it."""
        if row.seq != self.rows:
            return _numbered(row.seq, self.rows)
        if not row.said:
            return "cannot be read: altered"
        if row.previous != self._before:
            return "does not follow the row before it: reordered, inserted, or its neighbour was changed"
        if row.digest != link(self._before, self.salt, row.said):
            return "its content is not what its digest was made from: altered"
        return ""

    def _compare(self, row: Stored) -> None:
        """Give the row to every stretch that it belongs to; those that end with it are to hold."""
        while self._waiting and self._waiting[0].stretch.after < self.rows:
            self._open.append(self._waiting.popleft())
        if not self._open:
            return
        leaf = commitment(self.lane, self.rows, self.salt, row.said)
        for held in self._open:
            held.add(leaf)
        for held in [one for one in self._open if one.stretch.seq == self.rows]:
            self._open.remove(held)
            self._differs(held, held.bad_at_end())

    def _found(self, seq: int, says: str) -> None:
        """Keep the first fault; a stretch that is not over yet may know of an earlier one."""
        for held in self._open:
            self._differs(held, held.bad())
        self.fault = self.fault or Fault(self.lane, seq, says)

    def _differs(self, held: Held, run: tuple[int, int] | None) -> None:
        if run is None or (self.fault and self.fault.seq <= run[0]):
            return
        first, last = run
        row = f"is not the row that {held.by} has in this place"
        rows = f"from here to record {last} are not all the rows that {held.by} has in these places"
        self.fault = Fault(self.lane, first, f"{row if first == last else rows}: {WRITTEN_ANEW}")


def _numbered(seq: int | None, expected: int) -> str:
    if seq is None:
        return f"stands where row {expected} should, and has no number"
    return f"row {expected} is missing before it" if seq > expected else "stands there more than once: inserted"
