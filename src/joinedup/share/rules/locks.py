"""Why a case is locked to those directly involved.

Source: case locking procedures of local authorities (Gloucestershire Children's Services; graded S in our reference).
"""

from enum import StrEnum


class LockReason(StrEnum):
    """The grounds on which a case is locked; the words in full stand in the lock's own reason."""

    ADOPTION = "an adoption placement could break down if this were known"
    STAFF = "a member of staff is related to the child"
    HIGH_PROFILE = "high profile"
    REVIEW = "a review is under way"
    DEATH = "an unexplained death"
    ORDERED = "ordered by a head of service"
