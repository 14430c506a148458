"""Everything read here: the officers' pages; what flow screens with; what a sender may be told."""

from joinedup.sealed.queries.covers import Cover, covers
from joinedup.sealed.queries.officers import CaughtShown, SealShown, SummaryShown, seal_of, seals, waiting
from joinedup.sealed.queries.screening import body_of, confirmed, meets, sealed_now

__all__ = [
    "CaughtShown",
    "Cover",
    "SealShown",
    "SummaryShown",
    "body_of",
    "confirmed",
    "covers",
    "meets",
    "seal_of",
    "sealed_now",
    "seals",
    "waiting",
]
