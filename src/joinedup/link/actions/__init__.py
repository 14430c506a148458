"""Everything changed here: placing what a notice says, and a person's word on a pair or on a child's records."""

from joinedup.link.actions.asking import ask, forget_asked
from joinedup.link.actions.editions import answer, begin, propose
from joinedup.link.actions.forgetting import forget
from joinedup.link.actions.placing import Placed, Placing, place
from joinedup.link.actions.settling import part, settle, unite
from joinedup.link.actions.working import hold

__all__ = [
    "Placed",
    "Placing",
    "answer",
    "ask",
    "begin",
    "forget",
    "forget_asked",
    "hold",
    "part",
    "place",
    "propose",
    "settle",
    "unite",
]
