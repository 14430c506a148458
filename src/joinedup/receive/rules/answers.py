"""What a sender is told of one message, the same on every way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FORM = "joinedup/receipt/1"
READ, KEPT = 201, 202  # statuses: kept and read; kept, and a person will look


@dataclass(frozen=True)
class Acknowledged:
    """One message's receipt. `again`: the very same message had come before, and this is its receipt again."""

    number: str
    status: int
    message_key: str
    problems: Sequence[dict[str, str]]
    again: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The receipt on the API and in `joinedup receive --json`."""
        return {
            "form": FORM,
            "receipt": self.number,
            "status": self.status,
            "read": self.status == READ,
            "again": self.again,
            "problems": list(self.problems),
        }
