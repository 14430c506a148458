"""Everything changed in rights."""

from joinedup.rights.actions.destroying import (
    SecondPersonError,
    carry_out,
    propose_destruction,
    refuse_destruction,
    release_destruction,
)
from joinedup.rights.actions.holding import hold, lift_hold

__all__ = [
    "SecondPersonError",
    "carry_out",
    "hold",
    "lift_hold",
    "propose_destruction",
    "refuse_destruction",
    "release_destruction",
]
