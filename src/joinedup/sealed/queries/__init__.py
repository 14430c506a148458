"""Everything read here: the officers' pages; what flow screens with; what a sender may be told;
what to take out of what was typed before."""

from joinedup.sealed.queries.covers import Cover, covers
from joinedup.sealed.queries.former import former_life
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
    "former_life",
    "meets",
    "seal_of",
    "sealed_now",
    "seals",
    "waiting",
]
