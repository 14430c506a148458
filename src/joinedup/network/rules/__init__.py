"""Pure rules of ties: which a notice states, and who is in a household on a day."""

from joinedup.network.rules.household import Lives, Member, Stated, current_homes, members_on, one_household
from joinedup.network.rules.stated import HOUSEHOLD, LIVES_AT, PLACED_AT, Mention, Says, says

__all__ = [
    "HOUSEHOLD",
    "LIVES_AT",
    "PLACED_AT",
    "Lives",
    "Member",
    "Mention",
    "Says",
    "Stated",
    "current_homes",
    "members_on",
    "one_household",
    "says",
]
