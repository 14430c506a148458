"""An anchor: what a partner agency holds, so that nobody can write the audit anew. Digests, counts and times only.

The file (form `joinedup/audit-anchor/1`) has, of each checkpoint, where every lane stood and the Merkle root over the
lane's rows since the checkpoint before. Roots and heads prove; marks (the first digits of the roots of short runs of
rows) only say where to look. `seal` is the SHA-256 of all the rest: it finds a file that was damaged on its way.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from joinedup.share.rules.chain import LANES, tie
from joinedup.share.rules.merkle import Tree

FORM: Final = "joinedup/audit-anchor/1"
MARK = 8  # hex digits of a mark
MARKS = 8192  # marks of one checkpoint over all lanes: a day of no more rows is located to the row, in 64 kB
ASK = "ask whoever holds it for their copy again"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, lt=2**63)]


class AnchorError(ValueError):
    """A file that is no anchor, or a damaged one; says what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stretch(_Part):
    """The rows of one lane between two checkpoints: those after row `after` up to row `seq`, whose digest is `head`.

    `marks` has one mark for each `every` rows from the first on, written one after another.
    """

    after: Count
    seq: Count
    head: Digest
    root: Digest
    every: Annotated[int, Field(ge=1, lt=2**63)]
    marks: Annotated[str, Field(pattern=r"^([0-9a-f]{8})*$")]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.seq < self.after or len(self.marks) != MARK * -(-(self.seq - self.after) // self.every):
            raise ValueError("its marks are not those of its rows")
        return self


class Point(_Part):
    """One checkpoint: its instant, its digest and that of the one before, and a stretch of each lane in order."""

    at: AwareDatetime
    digest: Digest
    previous: Digest
    lanes: Annotated[tuple[Stretch, ...], Field(min_length=LANES, max_length=LANES)]

    def follows(self, salt: bytes) -> bool:
        """Whether the digest is made from what the point says."""
        return self.digest == tie(self.previous, salt, self.at, heads(self.lanes))


class Anchor(_Part):
    """Consecutive checkpoints of the log called `log` (`chain.log_name`), oldest first."""

    form: Literal["joinedup/audit-anchor/1"] = FORM
    log: Digest
    checkpoints: Annotated[tuple[Point, ...], Field(min_length=1)]

    @property
    def at(self) -> datetime:
        """The instant of its last checkpoint."""
        return self.checkpoints[-1].at


class Sum:
    """Rows of one stretch added one by one: their root, and a mark for each `every` of them."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.marks: list[str] = []
        self._all, self._run = Tree(), Tree()

    def add(self, commitment: bytes) -> None:
        """Add the leaf of the next row."""
        self._all.add(commitment)
        self._run.add(commitment)
        if self._run.size == self.every:
            self._mark()

    def ended(self) -> Self:
        """Marks the last run, if it is short of rows."""
        if self._run.size:
            self._mark()
        return self

    def root(self) -> str:
        """The root over all rows added, in hex digits."""
        return self._all.root().hex()

    def _mark(self) -> None:
        self.marks.append(self._run.root().hex()[:MARK])
        self._run = Tree()


def run_length(rows: int) -> int:
    """How many rows stand behind one mark, if a checkpoint covers this many rows."""
    return max(1, -(-rows // (MARKS - LANES)))  # each lane may end in a short run


def heads(lanes: Sequence[Stretch]) -> dict[str, list[Any]]:
    """Where each lane stands, as a checkpoint says it."""
    return {str(lane): [stretch.seq, stretch.head] for lane, stretch in enumerate(lanes)}


def written(anchor: Anchor) -> str:
    """The anchor as a file's text, sealed."""
    said = anchor.model_dump(mode="json")
    return json.dumps(said | {"seal": _seal(said)}, indent=1) + "\n"


def read_anchor(raw: bytes) -> Anchor:
    """The anchor that a file holds. Raises AnchorError."""
    said = parsed(raw)
    if said.get("form") != FORM:
        raise AnchorError(f"its form is {said.get('form')!r} and not {FORM}: name what `joinedup audit anchor` wrote")
    if said.pop("seal", None) != _seal(said):
        raise AnchorError(f"was changed since it was written, or is not whole: {ASK}")
    try:
        return Anchor.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise AnchorError(f"says what no anchor says ({place}: {first['msg']}): {ASK}") from error


def parsed(raw: bytes) -> dict[str, Any]:
    """The JSON object that a file holds. Raises AnchorError."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise AnchorError(f"is no JSON file: {ASK}") from error
    if not isinstance(said, dict):
        raise AnchorError(f"is not what was expected here: {ASK}")
    return said


def _seal(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def when(at: datetime) -> str:
    """An instant as faults and errors say it: UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
