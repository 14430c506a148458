"""What a seal holds, as it lies in the vault."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Statement = dict[str, Any]


class Kind(StrEnum):
    """Why an identity is sealed. Source: `reference/domain.md` 3.5 and 3.6 (adoption; case locking)."""

    ADOPTION = "an adopted child: the life before is another identity"
    PROTECTION = "somebody protected: the earlier identity must not be met"
    STAFF = "related to staff: only the named officers may know"


@dataclass(frozen=True)
class Body:
    """`old`, `now`: (agency, statement) as link keeps them. `subject`: the old identity's, or one made to stand for it;
    `now_subject`: the child as they are known today (null: none is known here)."""

    kind: str  # a Kind, by its name
    reason: str
    old: tuple[tuple[str, Statement], ...]
    now: tuple[tuple[str, Statement], ...]
    subject: int
    now_subject: int | None = None

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> "Body":
        said = json.loads(text)
        pairs = {name: tuple((agency, one) for agency, one in said[name]) for name in ("old", "now")}
        return cls(**said | pairs)
