"""The value: a half-open period of civil days, its order in lists and its order in meaning."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from joinedup.ground.clock import civil_day, start_of

ONE_DAY = timedelta(days=1)
_LAST = datetime.max.replace(tzinfo=UTC)


class Precision(StrEnum):
    """The unit in which a date was said. The bounds of the period say how wide it is."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` up to but without `end`, Europe/London civil days; both None when nothing is known.

    `lasting`: True when it went on over the whole period; False when it happened once, some time within it.
    `instant`: the aware moment, where one was said (of a lasting period: the moment it began).
    Raises ValueError for a period that is half known, empty or runs backwards.
    """

    first: date | None
    end: date | None
    precision: Precision
    instant: datetime | None = None
    lasting: bool = False

    UNKNOWN: ClassVar["Period"]

    def __post_init__(self) -> None:
        if (self.first is None) != (self.end is None):
            raise ValueError(f"a period needs both bounds or neither: {self.first}, {self.end}")
        if self.first is not None and self.end is not None and self.first >= self.end:
            raise ValueError(f"a period needs at least one day: {self.first} up to {self.end}")
        if self.instant is not None and (self.instant.tzinfo is None or civil_day(self.instant) != self.first):
            raise ValueError(f"an instant needs a zone and lies on the first day: {self.instant}, {self.first}")

    @classmethod
    def on(cls, day: date) -> "Period":
        """One civil day."""
        return cls(day, day + ONE_DAY, Precision.DAY)

    @classmethod
    def at(cls, instant: datetime) -> "Period":
        """One moment; it must be aware."""
        day = civil_day(instant)
        return cls(day, day + ONE_DAY, Precision.INSTANT, instant.astimezone(UTC))

    @property
    def known(self) -> bool:
        return self.first is not None

    @property
    def days(self) -> int | None:
        """How many civil days it spans; None when not known."""
        return (self.end - self.first).days if self.first is not None and self.end is not None else None

    @property
    def last(self) -> date | None:
        """The last day, inclusive, as people say it."""
        return self.end - ONE_DAY if self.end is not None else None


Period.UNKNOWN = Period(None, None, Precision.UNKNOWN)


def _bounds(period: Period) -> tuple[datetime, datetime] | None:
    """Half-open UTC bounds of when it can have been; None when not known. A moment is as short as a clock can tell."""
    if period.first is None or period.end is None:
        return None
    start = period.instant or start_of(period.first)
    is_moment = period.instant is not None and not period.lasting
    return start, start + datetime.resolution if is_moment else start_of(period.end)


def order_key(period: Period) -> tuple[datetime, datetime]:
    """The total order of lists: happened-from, happened-to; what is not dated comes last. Callers add their own key."""
    return _bounds(period) or (_LAST, _LAST)


def surely_before(a: Period, b: Period) -> bool:
    """Whether all of `a` was over before any of `b` can have begun. False whenever that is not certain.

    Two entries of one day are never surely in order, unless both say the moment.
    """
    first, second = _bounds(a), _bounds(b)
    return first is not None and second is not None and first[1] <= second[0]


def may_overlap(a: Period, b: Period) -> bool:
    """Whether both can have been at the same time; what is not dated may overlap with anything."""
    return not surely_before(a, b) and not surely_before(b, a)
