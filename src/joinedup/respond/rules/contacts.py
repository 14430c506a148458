"""Contacts: the lines of one message about one child, and whether it expresses concern.

A contact that expresses concern is a referral and is never screened out (Working Together; Sussex procedures 4.1.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from joinedup.chronicle.rules.line import Line
from joinedup.ground.keys import digest

# What social care writes of its own work is the answer, never a contact to its own front door.
OWN_WORK = frozenset({"childrens-social-care"})


@dataclass(frozen=True)
class Approach:
    """One contact as read from the chronology."""

    key: str
    message: str
    agency: str
    concerns: tuple[str, ...]
    received_at: datetime

    @property
    def expresses_concern(self) -> bool:
        return bool(self.concerns)


def approaches(lines: Iterable[Line]) -> list[Approach]:
    """The contacts of one child, one for each message that another agency sent about them, first received first."""
    by_message: dict[str, list[Line]] = {}
    for line in lines:
        if not line.withdrawn and line.agency_kind not in OWN_WORK:
            by_message.setdefault(line.message, []).append(line)
    found = [approach(message, group) for message, group in by_message.items()]
    return sorted(found, key=lambda one: (one.received_at, one.key))


def approach(message: str, group: list[Line]) -> Approach:
    """The contact that these lines of one message make. Keyed by message and child record, so that a merge keeps it."""
    first = min(group, key=lambda line: line.key)
    return Approach(
        key=digest("contact", message, first.subject),
        message=message,
        agency=first.agency,
        concerns=tuple(sorted(frozenset().union(*(line.concerns for line in group)))),
        received_at=first.received_at,
    )
