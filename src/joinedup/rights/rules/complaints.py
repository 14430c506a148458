"""Complaints about how somebody's data were handled, and their clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from joinedup.ground.clocks import due

CLOCK = "C56"  # to acknowledge


class Dealt(StrEnum):
    """What happens with a complaint."""

    ACKNOWLEDGE = "acknowledged"
    UPHOLD = "answered: it is upheld"
    REJECT = "answered: it is not upheld"
    WITHDRAW = "taken back"


OVER = frozenset({Dealt.UPHOLD, Dealt.REJECT, Dealt.WITHDRAW})


@dataclass(frozen=True)
class Clock:
    """`by`: until when it is to be acknowledged; None once it was. `over`: it is answered, or taken back."""

    by: datetime | None
    over: bool


def clock(received: datetime, dealt: Iterable[Dealt]) -> Clock:
    """How the clock of a complaint stands. An answer acknowledges it too; it is due without undue delay."""
    done = set(dealt)
    return Clock(None if done else due(CLOCK, received), bool(done & OVER))
