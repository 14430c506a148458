"""Day and night: when the front door is the day desk's, and when out-of-hours holds it.

Local practice (issue and demonstration of Ellensford): hand-over at 08:30 on a working day, office hours to 17:00.
"""

from datetime import datetime, time, timedelta

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.workdays import CLOSE, is_working_day

OPENS = time(8, 30)
HAND_OVER_UNTIL = time(12, 0)  # what the night decided stands on the day desk until noon


def in_office_hours(at: datetime) -> bool:
    """True from 08:30 to before 17:00 London on a working day of England and Wales."""
    local = at.astimezone(LONDON)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSE


def handing_over(at: datetime) -> bool:
    """True on the morning of a working day, from the hand-over until noon."""
    return in_office_hours(at) and at.astimezone(LONDON).time() < HAND_OVER_UNTIL


def last_close(at: datetime) -> datetime:
    """The last moment, not after `at`, at which a working day closed: when this night, or the last one, began."""
    day = civil_day(at)
    while not (is_working_day(day) and (closed := datetime.combine(day, CLOSE, LONDON)) <= at):
        day -= timedelta(days=1)
    return closed


def next_opening(at: datetime) -> datetime:
    """The next moment after `at` at which the day desk opens."""
    day = civil_day(at)
    while not (is_working_day(day) and (opening := datetime.combine(day, OPENS, LONDON)) > at):
        day += timedelta(days=1)
    return opening


def opening_of(at: datetime) -> datetime:
    """When the day desk opened, or opens, on the London day of `at`."""
    return datetime.combine(civil_day(at), OPENS, LONDON)
