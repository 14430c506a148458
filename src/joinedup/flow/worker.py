"""The worker: walks the way as messages come. Any number may run beside each other; each piece is claimed by one.

There is no queue but the state of the facts: unread messages, stirred subjects (design section 2). A worker that dies
loses nothing: its claims run out and another takes them up.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import close_old_connections

from joinedup.flow import way
from joinedup.flow.rules.troubles import passes
from joinedup.flow.waking import Waker
from joinedup.ground.clock import utcnow
from joinedup.link import batch as linking
from joinedup.receive import actions as receive
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)
AT_ONCE = 50  # messages claimed together; and stirred subjects
BETWEEN = 1  # messages brought on between two stirred subjects: a new one waits for one child, never for them all
TRIES = 3  # of a piece that another worker was in the way of


@dataclass
class Walked:
    """What was done: messages brought all the way, children derived again; what a person must look at; what is left.

    `quarantined`: messages that could not be brought on. `left`: children who could not be derived; they stay
    stirred, and are tried again when their claim runs out.
    """

    messages: int = 0
    subjects: int = 0
    quarantined: int = 0
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.messages or self.subjects or self.quarantined or self.left)

    def __add__(self, other: "Walked") -> "Walked":
        return Walked(
            self.messages + other.messages,
            self.subjects + other.subjects,
            self.quarantined + other.quarantined,
            self.left + other.left,
        )


def once(*, at: datetime) -> Walked:
    """Bring everything that is waiting now all the way, and return what was done. Idempotent."""
    done = Walked()
    while round_done := one_round(at=at):
        done += round_done
    return done


def one_round(*, at: datetime) -> Walked:
    """Claim some unread messages and stirred subjects and walk each of them.

    Claims run on the machine's own clock even in a simulated database, whose clock may stand still.
    """
    done = waiting_walked(AT_ONCE, at=at)
    stirred = set(share.claim_stirred(by=FLOW, at=utcnow(), limit=AT_ONCE))
    for head in sorted(stirred | way.beside(stirred, at=at)):
        done += derived(head, at=at)
        done += waiting_walked(BETWEEN, at=at)
    return done


def waiting_walked(limit: int, *, at: datetime) -> Walked:
    """Claim at most so many unread messages, and walk each."""
    done = Walked()
    for key in receive.claim_unread(by=FLOW, at=utcnow(), limit=limit):
        done += walked(key, at=at)
    return done


def walked(key: str, *, at: datetime) -> Walked:
    """Walk one message. One that cannot be walked goes to a person, with its receipt, and the rest flows on (law 4)."""
    try:
        again_if_in_the_way(lambda: way.walk(by=FLOW, at=at, message_key=key))
    except Exception as trouble:
        if passes(trouble):
            raise
        log.error("message %s could not be brought on: %s", key[:12], type(trouble).__name__)  # never its content
        receive.set_aside(by=FLOW, at=at, message_key=key)
        return Walked(quarantined=1)
    return Walked(messages=1)


def destroyed(key: UUID, *, at: datetime) -> None:
    """Carry out one destruction that was released. One that cannot be is tried again with the next tick."""
    try:
        again_if_in_the_way(lambda: way.destroy(by=FLOW, at=at, destruction=key))
    except Exception as trouble:
        if passes(trouble):
            raise
        log.error("destruction %s could not be carried out: %s", key, type(trouble).__name__)


def brought(name: str, *, at: datetime) -> None:
    """Bring an edition of the linkage model into force. One that cannot be is tried again with the next tick."""
    try:
        again_if_in_the_way(lambda: linking.bring_into_force(by=FLOW, at=at, name=name))
    except Exception as trouble:
        if passes(trouble):
            raise
        log.error("edition %s could not be brought into force: %s", name, type(trouble).__name__)


def derived(head: int, *, at: datetime) -> Walked:
    """Derive one child again. One who cannot be derived stays stirred under this claim, and the rest flows on."""
    try:
        again_if_in_the_way(lambda: way.derive(by=FLOW, at=at, heads=[head]))
    except Exception as trouble:
        if passes(trouble):
            raise
        log.error("subject %s could not be derived: %s", head, type(trouble).__name__)
        return Walked(left=1)
    return Walked(subjects=1)


def again_if_in_the_way(work: Callable[[], None]) -> None:
    """Do it, and again at once if another worker was in the way (a deadlock, a lock not had in time)."""
    for _ in range(TRIES - 1):
        try:
            work()
        except Exception as trouble:
            if not passes(trouble):
                raise
        else:
            return
    work()


def run(stop: threading.Event, waker: Waker) -> None:
    """Walk until told to stop. The edge: this is where flow reads the clock."""
    while not stop.is_set():
        try:
            if not one_round(at=house.now()):
                waker.wait(stop)
        except Exception:  # the database is away: wait, and try again
            log.exception("flow pauses")
            close_old_connections()
            stop.wait(1)
