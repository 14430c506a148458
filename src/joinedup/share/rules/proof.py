"""One row shown to whoever holds an anchor, and proven to be in the log, without showing another row.

The file (form `joinedup/audit-proof/1`) has the row in its one spelling, what blinds its leaf, and the hashes beside
its way up. Its leaf is SHA-256 over a zero byte, the blind and the row; `merkle.climbed` leads from there to the root
that the anchor has for the row's lane under this checkpoint. So it needs no database and no secret to check one.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from joinedup.share.rules.anchor import ASK, Anchor, AnchorError, Count, Digest, Point, parsed
from joinedup.share.rules.chain import LANES, SAID
from joinedup.share.rules.merkle import climbed, leaf


class Proof(BaseModel):
    """A row, by its lane and its number there, and its way up to the root of its stretch under a checkpoint."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    form: Literal["joinedup/audit-proof/1"] = "joinedup/audit-proof/1"
    checkpoint: Digest
    lane: Annotated[int, Field(ge=0, lt=LANES)]
    record: Count
    row: str
    blind: Digest
    path: tuple[Digest, ...]


def read_proof(raw: bytes) -> Proof:
    """The proof that a file holds. Raises AnchorError."""
    try:
        return Proof.model_validate(parsed(raw))
    except ValidationError as error:
        raise AnchorError(f"is no proof that `joinedup audit prove` wrote: {ASK}") from error


def proven(proof: Proof, anchor: Anchor) -> dict[str, Any] | None:
    """What the row says, if the anchor has it in this place; else None."""
    point = next((one for one in anchor.checkpoints if one.digest == proof.checkpoint), None)
    if point is None or not _leads(proof, point):
        return None
    return dict(zip(SAID, json.loads(proof.row), strict=True))


def _leads(proof: Proof, point: Point) -> bool:
    stretch = point.lanes[proof.lane]
    bottom = leaf(bytes.fromhex(proof.blind) + proof.row.encode())
    index, size = proof.record - stretch.after - 1, stretch.seq - stretch.after
    root = climbed(bottom, index, size, [bytes.fromhex(one) for one in proof.path])
    return root is not None and root.hex() == stretch.root
