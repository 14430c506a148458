"""Working days of England and Wales.

A working day is any day other than a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and
Wales under the Banking and Financial Dealings Act 1971 (Children Act 2004 (Joint Area Reviews) Regulations 2005,
regulation 1(3)). Holidays come from the library `holidays` (one-off days included) and are right from 1990 on.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

import holidays

from joinedup.ground.clock import LONDON, civil_day

ONE_DAY = timedelta(days=1)
CLOSE = time(17, 0)  # the ordinary end of office hours, Europe/London


class Convention(StrEnum):
    """What the day of the trigger counts as. The two differ by one working day, so each clock names its own."""

    TRIGGER_IS_DAY_0 = "trigger-is-day-0"  # counting starts on the next working day (Devon rapid-review chart)
    TRIGGER_IS_DAY_1 = "trigger-is-day-1"  # its own day is counted, whatever day it is (CIN census validator)


TRIGGER_IS_DAY_0 = Convention.TRIGGER_IS_DAY_0
TRIGGER_IS_DAY_1 = Convention.TRIGGER_IS_DAY_1


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def _on_or_after(day: date) -> date:
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, n: int, convention: Convention = TRIGGER_IS_DAY_0) -> date:
    """The n-th working day after `day`, which is day 0 or day 1 as the convention says; always a working day.

    n = 0 gives the day itself or the next working day. Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError(f"cannot count {n} working days")
    steps = max(n - 1, 0) if convention is TRIGGER_IS_DAY_1 else n
    for _ in range(steps):
        day = _on_or_after(day + ONE_DAY)
    return _on_or_after(day)


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + n * ONE_DAY) for n in range(1, (last - first).days + 1))


def close_of_working_day(at: datetime) -> datetime:
    """17:00 Europe/London (given as UTC) on the day of `at`; once that has passed, on the next working day."""
    day = _on_or_after(civil_day(at))
    closing = datetime.combine(day, CLOSE, LONDON)
    if at >= closing:
        closing = datetime.combine(_on_or_after(day + ONE_DAY), CLOSE, LONDON)
    return closing.astimezone(UTC)
