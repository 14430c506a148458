"""Clocks: by when something must be done, as dated editions with their sources (`data/clocks.yaml`).

A clock is a maximum, not a target, and wherever a due date is shown it says so. The rules of counting are the
sector's own: hours run through weekends; working days are those of England and Wales, with the day of the
trigger as day 0 unless the clock says otherwise; months are calendar months.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import model_validator

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.editions import Edition, in_force_or_first, read_editions
from joinedup.ground.workdays import Convention, add_working_days, close_of_working_day

FILE = Path(__file__).parent / "data" / "clocks.yaml"
MAXIMUM = "Maximum, not a target."
NO_TERM_CALENDAR = "School days need the school's term calendar; counted in working days instead."
LAST_SECOND = time(23, 59, 59)


class Unit(StrEnum):
    """What is counted. NONE: the rule gives no number ("at once", "as agreed locally")."""

    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    SCHOOL_DAY = "school_day"
    WEEK = "week"
    MONTH = "month"
    CLOSE_OF_WORKING_DAY = "close_of_working_day"
    NONE = "none"


class Clock(Edition):
    """One rule of time. `trigger`: what starts it, and which of its times; `stops`: the evidence that stops it.

    `amount` is negative where something must be done *before* the trigger. `extension`: what may lengthen it.
    """

    name: str
    trigger: str
    must: str
    unit: Unit
    amount: int = 0
    convention: Convention = Convention.TRIGGER_IS_DAY_0
    who: str
    stops: str
    extension: str = ""
    force: Literal["statute", "regulation", "statutory guidance", "local protocol", "good practice"]
    note: str = ""

    @model_validator(mode="after")
    def _counts_something(self) -> "Clock":
        if self.amount < 0 and self.unit is not Unit.WEEK:
            raise ValueError("only weeks are counted backwards")
        if self.amount == 0 and self.unit not in (Unit.CALENDAR_DAY, Unit.CLOSE_OF_WORKING_DAY, Unit.NONE):
            raise ValueError(f"an amount of {self.unit} is missing")
        return self

    @property
    def has_number(self) -> bool:
        return self.unit is not Unit.NONE


@cache
def _shipped() -> tuple[Clock, ...]:
    return read_editions(FILE, Clock)


@cache
def clocks(on: date) -> Mapping[str, Clock]:
    """Every shipped clock by id, in the edition in force on a day (before the first edition known here: that one)."""
    return MappingProxyType({clock.id: clock for clock in in_force_or_first(_shipped(), on)})


def due(clock: Clock | str, trigger: datetime) -> datetime:
    """The last moment (UTC) at which a clock is kept: to the second for hours, else the end of the due London day.

    A clock named by id is taken in the edition in force on the day of the trigger. Raises KeyError for an unknown id
    and ValueError for a clock without a number (`Clock.has_number`) or a trigger without a zone.
    """
    if trigger.tzinfo is None:
        raise ValueError("the trigger needs a zone")
    rule = clocks(civil_day(trigger))[clock] if isinstance(clock, str) else clock
    if rule.unit is Unit.HOUR:
        return trigger.astimezone(UTC) + timedelta(hours=rule.amount)
    if rule.unit is Unit.CLOSE_OF_WORKING_DAY:
        return close_of_working_day(trigger)
    return datetime.combine(due_day(rule, civil_day(trigger)), LAST_SECOND, LONDON).astimezone(UTC)


def due_day(clock: Clock, day: date) -> date:
    """The last civil day for a clock that counts in days, weeks or months. Raises ValueError for any other clock."""
    match clock.unit:
        case Unit.WORKING_DAY | Unit.SCHOOL_DAY:
            return add_working_days(day, clock.amount, clock.convention)
        case Unit.CALENDAR_DAY:
            return day + timedelta(days=clock.amount)
        case Unit.WEEK:
            return day + timedelta(weeks=clock.amount)
        case Unit.MONTH:
            return _months_later(day, clock.amount)
    raise ValueError(f"{clock.id} ({clock.name}) does not count in days")


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day (30 November + 3 months = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def counted(clock: Clock) -> str:
    """How the due time is counted, in words, to be shown beside it."""
    if clock.unit is Unit.NONE:
        return "The rule gives no number."
    if clock.unit is Unit.CLOSE_OF_WORKING_DAY:
        return f"By the close of the working day. {MAXIMUM}"
    if clock.amount == 0:
        return f"The same day: {clock.trigger}. {MAXIMUM}"
    number = abs(clock.amount)
    unit = clock.unit.value.replace("_", " ") + ("s" if number != 1 else "")
    words = f"{number} {unit} {'before' if clock.amount < 0 else 'after'}: {clock.trigger}"
    if clock.unit in (Unit.WORKING_DAY, Unit.SCHOOL_DAY):
        words += f" (that day is day {clock.convention[-1]})"
    return " ".join([f"{words}. {MAXIMUM}", *([NO_TERM_CALENDAR] if clock.unit is Unit.SCHOOL_DAY else [])])
