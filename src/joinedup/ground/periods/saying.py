"""A period in words, for pages and papers."""

from datetime import date

from joinedup.ground.clock import LONDON
from joinedup.ground.periods.period import ONE_DAY, Period, Precision
from joinedup.ground.periods.spans import MONTHS

_THIRDS = {(1, 10): "early", (11, 20): "mid"}


def says(period: Period) -> str:
    """ "5 March 2024", "March 2024", "some time in 2011", "from 3 to 9 May 2024", "date not known"."""
    if period.first is None or period.end is None:
        return "date not known"
    if period.instant and not period.lasting:
        return f"{_day(period.first)} at {period.instant.astimezone(LONDON):%H:%M}"
    first, last = period.first, period.end - ONE_DAY
    if first == last:
        return _day(first)
    one = _one_name(first, last, period.precision)
    if one:
        return f"throughout {one}" if period.lasting else f"some time in {one}" if one.isdigit() else one
    return f"{'from' if period.lasting else 'some time from'} {_range(first, last, period.precision)}"


def _one_name(first: date, last: date, precision: Precision) -> str:
    """The name of a whole year, a whole month or a third of a month; empty for any other stretch."""
    if _are_months(first, last) and (first.month, last.month) == (1, 12) and first.year == last.year:
        return str(first.year) if precision is Precision.YEAR else ""
    if precision is not Precision.MONTH or (first.year, first.month) != (last.year, last.month):
        return ""
    if _are_months(first, last):
        return _month(first)
    part = "late" if first.day == 21 and _ends_a_month(last) else _THIRDS.get((first.day, last.day), "")
    return part and f"{part} {_month(first)}"


def _range(first: date, last: date, precision: Precision) -> str:
    if precision is Precision.YEAR and _are_months(first, last) and (first.month, last.month) == (1, 12):
        return f"{first.year} to {last.year}"
    if precision in (Precision.MONTH, Precision.YEAR) and _are_months(first, last):
        return f"{_month(first).removesuffix(f' {last.year}')} to {_month(last)}"
    start = _day(first).removesuffix(f" {last.year}")
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    return f"{start} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _are_months(first: date, last: date) -> bool:
    return first.day == 1 and _ends_a_month(last)


def _ends_a_month(day: date) -> bool:
    return (day + ONE_DAY).day == 1
