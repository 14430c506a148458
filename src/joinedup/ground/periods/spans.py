"""Stretches of the calendar, and what they become when a part of a date cannot be right."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime

from joinedup.ground.periods.period import ONE_DAY, Precision

FIRST_YEAR, LAST_YEAR = 1800, 2999
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_COARSENESS = (Precision.INSTANT, Precision.DAY, Precision.MONTH, Precision.YEAR)


@dataclass(frozen=True)
class Span:
    """What a piece of text says about when: half-open civil days. `notes`: how it was read, and what to do about it."""

    first: date
    end: date
    precision: Precision
    instant: datetime | None = None
    lasting: bool | None = None  # None: the text does not say
    notes: tuple[str, ...] = ()

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    def noting(self, note: str) -> "Span":
        return replace(self, notes=(*self.notes, note))


def span_of_day(day: date) -> Span:
    return Span(day, day + ONE_DAY, Precision.DAY)


def whole_year(year: int) -> Span | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Span(date(year, 1, 1), date(year + 1, 1, 1), Precision.YEAR)


def whole_month(year: int, month: int) -> Span | None:
    whole = whole_year(year)
    if whole is None or 1 <= month <= 12:
        return whole and Span(date(year, month, 1), _next_month(date(year, month, 1)), Precision.MONTH)
    return whole.noting(f"There is no month {month}, so only the year {year} was kept: send the right month.")


def one_day(year: int, month: int, day: int) -> Span | None:
    whole = whole_month(year, month)
    if whole is None or whole.notes:
        return whole
    if 1 <= day <= whole.last.day:
        return span_of_day(date(year, month, day))
    name = f"{MONTHS[month - 1]} {year}"
    return whole.noting(f"{name} has no day {day}, so only the month was kept: send the right day.")


def _next_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1]) + ONE_DAY


def months(year: int, first: int, count: int) -> Span | None:
    """`count` whole months from month `first` of `year`, over the turn of the year where need be."""
    start, last = whole_month(year, first), whole_month(year + (first + count - 2) // 12, (first + count - 2) % 12 + 1)
    return Span(start.first, last.end, Precision.MONTH) if start and last else None


def third(span: Span, n: int) -> Span:
    """Early, mid or late (0, 1, 2): ten days of a month, four months of a year."""
    if span.precision is Precision.YEAR:
        return months(span.first.year, 1 + 4 * n, 4) or span
    first = span.first.replace(day=1 + 10 * n)
    return replace(span, first=first, end=span.end if n == 2 else first.replace(day=11 + 10 * n))


def coarser(a: Precision, b: Precision) -> Precision:
    return max(a, b, key=_COARSENESS.index)


def coarsened(span: Span, precision: Precision) -> Span:
    """The span widened to whole days, months or years."""
    if coarser(span.precision, precision) is span.precision:
        return span
    first, end = span.first, span.end
    if precision is not Precision.DAY:
        first, end = first.replace(day=1), _next_month(span.last.replace(day=1))
    if precision is Precision.YEAR:
        first, end = first.replace(month=1), date(span.last.year + 1, 1, 1)
    return replace(span, first=first, end=end, precision=precision, instant=None)


def about(span: Span) -> Span:
    """A date that its writer doubts: one unit of its own more on either side."""
    before = coarsened(span_of_day(span.first - ONE_DAY), span.precision)
    after = coarsened(span_of_day(span.end), span.precision)
    return replace(span, first=before.first, end=after.end)


def joined(a: Span, b: Span) -> Span:
    """From the one to the other, both included; turned round with a note when they run backwards.

    Two different moments are known to the day; the first of them stays as the moment from which something lasted.
    """
    backwards = b.end <= a.first or (a.instant is not None and b.instant is not None and b.instant < a.instant)
    if backwards:
        a, b = b, a
    precision = coarser(a.precision, b.precision)
    if a.instant != b.instant:
        precision = coarser(precision, Precision.DAY)
    span = Span(a.first, b.end, precision, a.instant, a.lasting, a.notes + b.notes)
    if backwards:
        return span.noting(
            "The end lies before the beginning, so they were turned round: correct the one that is wrong."
        )
    return span
