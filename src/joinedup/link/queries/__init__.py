"""Everything read: doubts, who somebody is said to be, and (internal) what grouping needs."""

from joinedup.link.queries.doubts import Difference, Doubt, Side, count_doubts, doubt_of, doubts
from joinedup.link.queries.identities import Identity, identity, names

__all__ = ["Difference", "Doubt", "Identity", "Side", "count_doubts", "doubt_of", "doubts", "identity", "names"]
