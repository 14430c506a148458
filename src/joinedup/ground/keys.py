"""Keys: digests of content for what is derived, UUIDv7 for what people do."""

import hashlib
import uuid

import uuid_utils


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts as 64 hex characters; each part is length-prefixed, so that parts cannot run together."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "big") + raw)
    return total.hexdigest()


def new_fact_id() -> uuid.UUID:
    """A UUIDv7 for a human fact: unique without asking the database, and in rough order of time."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
