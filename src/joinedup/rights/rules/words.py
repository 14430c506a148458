"""Why a record is destroyed."""

from enum import StrEnum


class Ground(StrEnum):
    """Why a record is destroyed. Source: design, law 1 (end of retention, court order, upheld objection)."""

    PERIOD = "the time for which it is kept is over"
    COURT = "a court ordered it"
    OBJECTION = "an objection was upheld"


GROUNDS = tuple(Ground)
