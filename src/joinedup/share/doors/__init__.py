"""Doors: nothing leaves for a person or an agency's system except through one of these.

A door asks who it is, whether their role includes this, runs the view with the look, and writes one audit row per
answer, in a short transaction of its own, before the first byte leaves. No audit, no answer. A refusal is written
likewise, and reads the same whether the child exists or not.
"""

from joinedup.share.doors.answers import NeedsReason, Refused, open_child
from joinedup.share.doors.api import ApiDoor, api_door
from joinedup.share.doors.looking import because, look_of, operator, state_reason
from joinedup.share.doors.pages import Door, door, guard_all, public_door
from joinedup.share.sign_in import prove_again

__all__ = [
    "ApiDoor",
    "Door",
    "NeedsReason",
    "Refused",
    "api_door",
    "because",
    "door",
    "guard_all",
    "look_of",
    "open_child",
    "operator",
    "prove_again",
    "public_door",
    "state_reason",
]
