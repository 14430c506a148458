"""Everything changed: messages taken in, brought on by flow, dealt with by people; drafts kept and sent."""

from joinedup.receive.actions.drafts import Sent, destroy_drafts, save_draft, send_draft
from joinedup.receive.actions.handling import (
    ReasonMissingError,
    UnreadableError,
    choose,
    read_as,
    stand_down,
    take_back,
    try_again,
)
from joinedup.receive.actions.placing import claim_unread, mark_placed, read_again, set_aside
from joinedup.receive.actions.receiving import receive, receive_from_public, receive_together
from joinedup.receive.actions.rewrapping import renew_master
from joinedup.receive.actions.sealing import bring_again, destroy, leave_only, put_away, take_out

__all__ = [
    "ReasonMissingError",
    "Sent",
    "UnreadableError", "bring_again", "choose", "claim_unread", "destroy", "destroy_drafts", "leave_only",
    "mark_placed", "put_away",
    "read_again", "read_as", "receive", "receive_from_public", "receive_together", "renew_master",
     "save_draft", "send_draft",
    "set_aside",
    "stand_down",
    "take_back",
    "take_out",
    "try_again",
]  # fmt: skip
