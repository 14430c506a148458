"""Everything read: doubts, who somebody is said to be, finding somebody, and (internal) what grouping needs."""

from joinedup.link.queries.asking import Answer, AskedShown, asks_left, kept_too_long, known, may_ask, meant, who_asked
from joinedup.link.queries.doubts import Difference, Doubt, Side, count_doubts, doubt_of, doubts
from joinedup.link.queries.editions import Proposed, accepted, proposal, proposals
from joinedup.link.queries.finding import Found, find
from joinedup.link.queries.identities import Identity, Shown, identity, names, shielded_places
from joinedup.link.queries.mentions import (
    children_in,
    count_children,
    head_said,
    is_said,
    named_beside,
    record_said,
    said_of,
)
from joinedup.link.queries.records import Parted, RecordRow, parted, record_rows
from joinedup.link.queries.sealing import messages_speaking_of, statements_of
from joinedup.link.queries.statements import standing_statements
from joinedup.link.queries.watching import names_and_postcodes

__all__ = [
    "Answer",
    "AskedShown",
    "Difference",
    "Doubt",
    "Found",
    "Identity",
    "Parted",
    "Proposed",
    "RecordRow",
    "Shown",
    "Side",
    "accepted",
    "asks_left",
    "children_in",
    "count_children",
    "count_doubts",
    "doubt_of",
    "doubts",
    "find",
    "head_said",
    "identity",
    "is_said",
    "kept_too_long",
    "known",
    "may_ask",
    "meant",
    "messages_speaking_of",
    "named_beside",
    "names",
    "names_and_postcodes",
    "parted",
    "proposal",
    "proposals",
    "record_rows",
    "record_said",
    "said_of",
    "shielded_places",
    "standing_statements",
    "statements_of",
    "who_asked",
]
