"""Many messages at once: a partnership's back-load, a rebuild, a demonstration. The same way, in fewer steps.

Each message is brought on by itself (one that cannot be goes to a person, the rest flows on); each child touched is
derived once at the end. The result is that of the one-by-one way: `tests/laws/test_derivation.py` holds them equal.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from joinedup.flow import way
from joinedup.flow.rules.troubles import passes
from joinedup.flow.worker import Walked
from joinedup.ground.clock import utcnow
from joinedup.receive import actions as receive
from joinedup.share import actions as share
from joinedup.share.actions import acting
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)
AT_ONCE = 1_000  # pieces claimed together


def take_in(messages: Iterable[tuple[str, bytes]], *, at: datetime) -> Walked:
    """Keep, acknowledge and bring on these (agency, body) notices, and whatever else waits, in one durable step."""
    with acting("flow.take_in", by=FLOW, at=at):
        for agency, body in messages:
            receive.receive(by=FLOW, at=at, agency=agency, body=body, media="application/json", channel="file")
        return bring_waiting(at=at)


def bring_waiting(*, at: datetime) -> Walked:
    """Bring on every unread message, then derive whoever was touched or stirred; again, while anything waits."""
    done = Walked()
    with acting("flow.bring_waiting", by=FLOW, at=at):
        while some := one_sweep(at=at):
            done += some
    return done


def one_sweep(*, at: datetime) -> Walked:
    done, touched = Walked(), set[int]()
    while claimed := receive.claim_unread(by=FLOW, at=utcnow(), limit=AT_ONCE):
        some, heads = bring_all(claimed, at=at)
        done, touched = done + some, touched | heads
    while stirred := share.claim_stirred(by=FLOW, at=utcnow(), limit=AT_ONCE):
        touched |= set(stirred)
    touched |= way.beside(touched, at=at)
    way.derive(by=FLOW, at=at, heads=touched)
    return done + Walked(subjects=len(touched))


def bring_all(keys: Iterable[str], *, at: datetime) -> tuple[Walked, set[int]]:
    """Bring these messages on. Returns what was done, and the heads of children still to be derived."""
    done, touched = Walked(), set[int]()
    for key in keys:
        heads = brought(key, at=at)
        done += Walked(quarantined=1) if heads is None else Walked(messages=1)
        touched |= heads or set()
    return done, touched


def brought(key: str, *, at: datetime) -> set[int] | None:
    """The heads a message touched, or None if it had to be set aside for a person."""
    try:
        with transaction.atomic():
            return way.bring(by=FLOW, at=at, message_key=key)
    except Exception as trouble:
        if passes(trouble):
            raise
        log.error("message %s could not be brought on: %s", key[:12], type(trouble).__name__)
        receive.set_aside(by=FLOW, at=at, message_key=key)
        return None
