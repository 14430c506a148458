"""The 08:30 hand-over: what was decided out of hours, for whoever comes on in the morning."""

from datetime import datetime, time, timedelta

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.workdays import is_working_day
from joinedup.respond import queries as responses
from joinedup.share.rules import Look

HAND_OVER = time(8, 30)  # local practice: the day shift begins with it
SHOWN_UNTIL = time(12, 0)  # on the desk until noon
CLOSE = time(17, 0)


def since_last_shift(*, for_: Look) -> list[responses.NightDecision]:
    """Decisions taken since the last working day closed; shown on a working morning, else empty."""
    local = for_.at.astimezone(LONDON)
    if not (is_working_day(local.date()) and HAND_OVER <= local.time() < SHOWN_UNTIL):
        return []
    return responses.decided_between(for_=for_, since=last_close(for_.at), until=for_.at)


def last_close(at: datetime) -> datetime:
    """When the working day before this one closed (17:00 London)."""
    day = civil_day(at) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, CLOSE, LONDON)
