"""Everything changed in rights."""

from joinedup.rights.actions.destroying import (
    SecondPersonError,
    carry_out,
    propose_destruction,
    refuse_destruction,
    release_destruction,
)
from joinedup.rights.actions.holding import hold, lift_hold
from joinedup.rights.actions.saying import answer_correction, say_wrong, tell_account

__all__ = [
    "SecondPersonError",
    "answer_correction",
    "carry_out",
    "hold",
    "lift_hold",
    "propose_destruction",
    "refuse_destruction",
    "release_destruction",
    "say_wrong",
    "tell_account",
]
