"""Everything read of people's rights."""

from joinedup.rights.queries.bundles import Bundle, BundleLine, bundle_of
from joinedup.rights.queries.holds import HeldError, HoldShown, held_by, holds
from joinedup.rights.queries.requests import Listed, access_of, access_waiting
from joinedup.rights.queries.retention import (
    Kept,
    Proposed,
    period_of,
    proposals,
    record_of,
    time_over,
    to_destroy,
)
from joinedup.rights.queries.saying import Beside, Ours, Own, Wrong, accounts_of, entries_of, said_of_ours

__all__ = [
    "Beside",
    "Bundle",
    "BundleLine",
    "HeldError",
    "HoldShown",
    "Kept",
    "Listed",
    "Ours",
    "Own",
    "Proposed",
    "Wrong",
    "access_of",
    "access_waiting",
    "accounts_of",
    "bundle_of",
    "entries_of",
    "held_by",
    "holds",
    "period_of",
    "proposals",
    "record_of",
    "said_of_ours",
    "time_over",
    "to_destroy",
]
