"""By when somebody looks: a contact has its statutory clock, a finding a local look-by until a person makes it one.

Clocks are dated data (law 9): this module only says which of them an item runs on.
"""

from datetime import datetime

from joinedup.ground.clocks import due

REFERRAL_CLOCK = "C01"  # decide within one working day of a referral
LOOK_BY = {"now": "look-by-now", "today": "look-by-today"}  # tier *know* stays on the child's page


def referral_due(received_at: datetime) -> datetime:
    """When a decision on a contact or referral is due; counts from receipt here, never from the sender's clock."""
    return due(REFERRAL_CLOCK, received_at)


def finding_due(tier: str, shown_at: datetime) -> datetime | None:
    """When somebody should have looked at a finding, or None for tier *know*, which is never pushed."""
    clock = LOOK_BY.get(tier)
    return due(clock, shown_at) if clock else None
