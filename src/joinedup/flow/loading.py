"""Many messages at once: a partnership's back-load, a rebuild, a demonstration. The same way, in fewer steps.

Each message is brought on by itself (one that cannot be goes to a person, the rest flows on); each child touched is
derived once at the end. The result is that of the one-by-one way: `tests/laws/test_bulk_road.py` holds them equal.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from joinedup.flow import way
from joinedup.flow.worker import Walked
from joinedup.receive import actions as receive
from joinedup.share.actions import acting
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)


def take_in(messages: Iterable[tuple[str, bytes]], *, at: datetime) -> Walked:
    """Keep, acknowledge and bring on these (agency, body) notices in one durable step."""
    with acting("flow.take_in", by=FLOW, at=at):
        taken = [
            receive.receive(by=FLOW, at=at, agency=agency, body=body, media="application/json", channel="file")
            for agency, body in messages
        ]
        return bring_all([one.message_key for one in taken if one.status == 201 and not one.again], at=at)


def bring_all(keys: Iterable[str], *, at: datetime) -> Walked:
    """Bring these messages on, then derive every child they touched."""
    done, touched = Walked(), set[int]()
    with acting("flow.bring_all", by=FLOW, at=at):
        for key in keys:
            heads = brought(key, at=at)
            done.quarantined += heads is None
            done.messages += heads is not None
            touched |= heads or set()
        way.derive(by=FLOW, at=at, heads=touched)
    done.subjects = len(touched)
    return done


def brought(key: str, *, at: datetime) -> set[int] | None:
    """The heads a message touched, or None if it had to be set aside for a person."""
    try:
        with transaction.atomic():
            return way.bring(by=FLOW, at=at, message_key=key)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, the next message must flow
        log.error("message %s could not be brought on: %s", key[:12], type(trouble).__name__)
        receive.set_aside(by=FLOW, at=at, message_key=key)
        return None
