"""Contacts: what one message says about one child, and whether it expresses concern.

A contact that expresses concern is a referral and is never screened out (Working Together; Sussex procedures 4.1.2).
In doubt it does: a code that nobody knows is read as a concern, because none may be lost for bad data (law 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.keys import digest

SOCIAL_CARE = "childrens-social-care"
ASKING = frozenset({"referral", "request-for-help"})  # ask social care for something, whether or not they name a worry


@dataclass(frozen=True)
class Approach:
    """One contact as read from the chronology. `subject`: the reference of the record that it is about."""

    message: str
    subject: str
    agency: str
    concerns: tuple[str, ...]  # codes, sorted
    expresses_concern: bool
    received_at: datetime

    @property
    def key(self) -> str:
        """Of message and record, so that it outlives every merge and un-merge."""
        return contact_key(self.message, self.subject)


def contact_key(message: str, subject: str) -> str:
    """The key of the contact that a message makes about the record of this reference."""
    return digest("contact", message, subject)


def approaches(lines: Iterable[Line]) -> list[Approach]:
    """The contacts of one child, one for each message and record, first received first.

    What social care writes of its own work is the answer, never a contact to its own front door.
    """
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if not line.withdrawn and (line.agency_kind != SOCIAL_CARE or worries(line)):
            groups.setdefault((line.message, line.subject), []).append(line)
    found = [approach(group) for group in groups.values()]
    return sorted(found, key=lambda one: (one.received_at, one.key))


def approach(group: list[Line]) -> Approach:
    """The contact that these lines of one message about one record make."""
    first = group[0]
    return Approach(
        message=first.message,
        subject=first.subject,
        agency=first.agency,
        concerns=tuple(sorted(frozenset().union(*(line.concerns for line in group)))),
        expresses_concern=any(map(worries, group)),
        received_at=first.received_at,
    )


def worries(line: Line) -> bool:
    """True if somebody must look at this line: it names a concern, is one by its kind, or asks for something.

    Of social care's own lines only what it took in and has not answered yet: neither its responses nor its outcomes.
    """
    kind = codes(civil_day(line.received_at)).kinds.get(line.kind)
    nature = kind.nature if kind else "concern"
    if line.agency_kind == SOCIAL_CARE and (line.outcome or nature in ("response", "closure")):
        return False
    return nature == "concern" or bool(line.concerns) or line.kind in ASKING
