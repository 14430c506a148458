"""Everything read of people's rights."""

from joinedup.rights.queries.holds import HeldError, HoldShown, held_by, holds
from joinedup.rights.queries.retention import (
    Kept,
    Proposed,
    period_of,
    proposals,
    record_of,
    time_over,
    to_destroy,
)

__all__ = [
    "HeldError",
    "HoldShown",
    "Kept",
    "Proposed",
    "held_by",
    "holds",
    "period_of",
    "proposals",
    "record_of",
    "time_over",
    "to_destroy",
]
