"""Time: instants are UTC, civil dates are Europe/London, and only the outermost edge reads the clock (law 10)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utcnow() -> datetime:
    """The real clock. Called by the edge alone (`share.queries.now`); rules and actions are given `at`."""
    return datetime.now(UTC)


def civil_day(instant: datetime) -> date:
    """The Europe/London calendar day of an aware instant."""
    return instant.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The UTC instant at which a Europe/London calendar day begins."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)
