"""The audit's chains: what a row says in one fixed spelling, and how each link holds the one before it."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from joinedup.ground.keys import digest
from joinedup.share.rules.merkle import leaf

LANES = 8
SAID = ("lane", "seq", "at", "act", "by", "agency", "purpose", "reason", "what")
NO_CHECKPOINT = "0" * 64  # stands before the first
ENTRY_LENGTH = 16  # characters of an entry's key that the audit keeps: enough to name it within one database


def genesis(lane: int, salt: bytes) -> str:
    """What stands before a lane's first row."""
    return digest("audit lane", str(lane), salt)


def canonical(row: Mapping[str, Any]) -> str:
    """A row in one spelling, the same from every database: UTC to the microsecond, keys sorted, no spaces."""
    said = [_instant(row[name]) if name == "at" else row[name] for name in SAID]
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def link(previous: str, salt: bytes, row: str) -> str:
    """The digest of one row; salted, so that a published one tells nothing about the few things it could stand for."""
    return digest(previous, salt, row)


def tie(previous: str, salt: bytes, at: datetime, heads: Mapping[str, Any]) -> str:
    """The digest of a checkpoint over the heads of all lanes."""
    return digest(previous, salt, _instant(at), json.dumps(heads, sort_keys=True, separators=(",", ":")))


def log_name(salt: bytes) -> str:
    """Which log a digest or an anchor is of, without telling the salt."""
    return digest("audit log", salt)


def blind(lane: int, seq: int, salt: bytes) -> bytes:
    """What hides one row's leaf: 32 bytes of its own, so that showing one row and its blind opens no other leaf."""
    return hmac.digest(salt, f"audit leaf {lane} {seq}".encode(), "sha256")


def commitment(lane: int, seq: int, salt: bytes, row: str) -> bytes:
    """The leaf that stands for a row (in one spelling) at its place in a Merkle tree: its blind, then the row."""
    return leaf(blind(lane, seq, salt) + row.encode())


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
