"""Pure rules of ties: which a notice states, and who is in a household on a day."""

from joinedup.network.rules.household import Around, Days, Homes, Lives, Member, Stated, everyone
from joinedup.network.rules.stated import HOUSEHOLD, LIVES_AT, PLACED_AT, Mention, Says, says

__all__ = [
    "HOUSEHOLD",
    "LIVES_AT",
    "PLACED_AT",
    "Around",
    "Days",
    "Homes",
    "Lives",
    "Member",
    "Mention",
    "Says",
    "Stated",
    "everyone",
    "says",
]
