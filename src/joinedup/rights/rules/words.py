"""Words of rights: why a record is destroyed, and who says something about it."""

from enum import StrEnum


class Ground(StrEnum):
    """Why a record is destroyed. Source: design, law 1 (end of retention, court order, upheld objection)."""

    PERIOD = "the time for which it is kept is over"
    COURT = "a court ordered it"
    OBJECTION = "an objection was upheld"


class Teller(StrEnum):
    """Who says that an entry is wrong."""

    CHILD = "the child"
    PARENT = "a parent"
    CARER = "a carer"
    RELATIVE = "other family"
    OTHER = "somebody else whom it names"
