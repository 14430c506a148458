"""Everything read of people's rights."""

from joinedup.rights.queries.bundles import Bundle, BundleLine, bundle_of
from joinedup.rights.queries.complaints import ComplaintShown, complaints
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
from joinedup.rights.queries.saying import Beside, Ours, Own, Wrong, accounts_of, entries_of, said_beside, said_of_ours
from joinedup.rights.queries.status import Status, status
from joinedup.rights.queries.victims import (
    Demand,
    DemandListed,
    OwnersQuestion,
    demand_of,
    demands_of,
    demands_waiting,
    owners_questions,
)

__all__ = [
    "Beside",
    "Bundle",
    "BundleLine",
    "ComplaintShown",
    "Demand",
    "DemandListed",
    "HeldError",
    "HoldShown",
    "Kept",
    "Listed",
    "Ours",
    "Own",
    "OwnersQuestion",
    "Proposed",
    "Status",
    "Wrong",
    "access_of",
    "access_waiting",
    "accounts_of",
    "bundle_of",
    "complaints",
    "demand_of",
    "demands_of",
    "demands_waiting",
    "entries_of",
    "held_by",
    "holds",
    "owners_questions",
    "period_of",
    "proposals",
    "record_of",
    "said_beside",
    "said_of_ours",
    "status",
    "time_over",
    "to_destroy",
]
