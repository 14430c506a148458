"""What comes due because time passes: silences that begin to speak, and nothing else. Idempotent; survives restarts.

Clocks need no tick: what is late is computed from `due` when somebody looks. Every civil day is asked once or often,
with the same result.
"""

from datetime import datetime

from joinedup.flow import worker
from joinedup.ground.clock import civil_day
from joinedup.recognise import queries as recognise
from joinedup.share import actions as share
from joinedup.share.rules import FLOW


def tick(*, at: datetime) -> worker.Walked:
    """Derive again every child for whom an expected notice fell due by `at`, and whatever else is waiting."""
    due = recognise.heads_due(on=civil_day(at))
    share.stir(by=FLOW, at=at, subjects=due)
    return worker.once(at=at)
