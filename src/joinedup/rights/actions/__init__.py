"""Everything changed in rights."""

from joinedup.rights.actions.access import ask_access, decide_line, do_access
from joinedup.rights.actions.complaining import deal_with, keep_complaint
from joinedup.rights.actions.destroying import (
    SecondPersonError,
    carry_out,
    propose_destruction,
    refuse_destruction,
    release_destruction,
)
from joinedup.rights.actions.holding import hold, lift_hold
from joinedup.rights.actions.saying import answer_correction, say_wrong, tell_account
from joinedup.rights.actions.victims import keep_demand, turn

__all__ = [
    "SecondPersonError",
    "answer_correction",
    "ask_access",
    "carry_out",
    "deal_with",
    "decide_line",
    "do_access",
    "hold",
    "keep_complaint",
    "keep_demand",
    "lift_hold",
    "propose_destruction",
    "refuse_destruction",
    "release_destruction",
    "say_wrong",
    "tell_account",
    "turn",
]
