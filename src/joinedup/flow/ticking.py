"""What comes due because time passes: silences that begin to speak, and nothing else. Idempotent; survives restarts.

Clocks need no tick: what is late is computed from `due` when somebody looks. Every civil day is asked once or often,
with the same result.
"""

import logging
import threading
from datetime import datetime

from joinedup.flow import worker
from joinedup.ground.clock import civil_day
from joinedup.recognise import queries as recognise
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds between two ticks of `joinedup serve`


def tick(*, at: datetime) -> worker.Walked:
    """Derive again every child for whom an expected notice fell due by `at`, and whatever else is waiting."""
    due = recognise.heads_due(on=civil_day(at))
    share.stir(by=FLOW, at=at, subjects=due)
    return worker.once(at=at)


def tick_for_ever(stop: threading.Event) -> None:
    """Tick now and every minute until told to stop. The edge: reads the clock."""
    while not stop.is_set():
        try:
            tick(at=house.now())
        except Exception:  # the database is away: the next tick finds everything that this one missed
            log.exception("tick waits")
        stop.wait(EVERY)
