"""The worker: walks the way as messages come. Any number may run beside each other; each piece is claimed by one.

There is no queue but the state of the facts: unread messages, stirred subjects (design section 2). A worker that dies
loses nothing: its claims run out and another takes them up.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, transaction

from joinedup.flow import way
from joinedup.flow.waking import Waker
from joinedup.ground.clock import utcnow
from joinedup.receive import actions as receive
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)
AT_ONCE = 50  # pieces claimed together


@dataclass
class Walked:
    """What one round did: messages brought all the way, subjects derived again, messages a person must look at."""

    messages: int = 0
    subjects: int = 0
    quarantined: int = 0

    def __bool__(self) -> bool:
        return bool(self.messages or self.subjects or self.quarantined)

    def __add__(self, other: "Walked") -> "Walked":
        return Walked(
            self.messages + other.messages, self.subjects + other.subjects, self.quarantined + other.quarantined
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
    done = Walked()
    for message in receive.claim_unread(by=FLOW, at=utcnow(), limit=AT_ONCE):
        if walked(message.pk, at=at):
            done.messages += 1
        else:
            done.quarantined += 1
    stirred = share.claim_stirred(by=FLOW, at=utcnow(), limit=AT_ONCE)
    for head in stirred:
        way.derive(by=FLOW, at=at, heads=[head])
    done.subjects = len(stirred)
    return done


def walked(key: str, *, at: datetime) -> bool:
    """Walk one message. One that cannot be walked goes to a person, with its receipt, and the rest flows on (law 4)."""
    try:
        way.walk(by=FLOW, at=at, message_key=key)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, the next message must flow
        log.error("message %s could not be brought on: %s", key[:12], type(trouble).__name__)  # never its content
        with transaction.atomic():
            receive.set_aside(by=FLOW, at=at, message_key=key)
        return False
    return True


def run(stop: threading.Event, waker: Waker) -> None:
    """Walk until told to stop. The edge: this is where flow reads the clock."""
    while not stop.is_set():
        try:
            busy = one_round(at=house.now())
        except Exception:  # the database is away: wait, and try again
            log.exception("flow pauses")
            close_old_connections()
            stop.wait(1)
            continue
        if not busy:
            waker.wait(stop)
