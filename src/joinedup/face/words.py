"""Dates, times, spans and lists in plain English, as a practitioner would say them. Instants are shown in London."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.codes import inside
from joinedup.ground.periods import says

THIS_WEEK = 7  # days in which a weekday alone says which day is meant


def day(when: date | datetime) -> str:
    """date(2024, 3, 5) is "5 March 2024"; an instant is shown by its London day."""
    plain = civil_day(when) if isinstance(when, datetime) else when
    return f"{plain.day} {plain:%B %Y}"


def clock(when: datetime) -> str:
    """The London time of day, "09:12"."""
    return f"{when.astimezone(LONDON):%H:%M}"


def weekday(when: date | datetime) -> str:
    """The whole day with its name, "Thursday 5 March 2026"."""
    plain = civil_day(when) if isinstance(when, datetime) else when
    return f"{plain:%A} {day(plain)}"


def moment(instant: datetime) -> str:
    """Said in full, "Thursday 5 March 2026, 09:12"."""
    return f"{weekday(instant)}, {clock(instant)}"


def when(instant: datetime, now: datetime | None = None) -> str:
    """ "today at 09:12", "Tuesday 09:12" within the last or next week, else "5 March 2024 at 09:12"."""
    if now is None:
        return f"{day(instant)} at {clock(instant)}"
    days = (civil_day(instant) - civil_day(now)).days
    near = {0: f"today at {clock(instant)}", -1: f"yesterday at {clock(instant)}", 1: f"tomorrow at {clock(instant)}"}
    if days in near:
        return near[days]
    if abs(days) < THIS_WEEK:
        return f"{civil_day(instant):%A} {clock(instant)}"
    return f"{day(instant)} at {clock(instant)}"


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 entry", "12 entries": plural(12, "entry", "entries"); `many` is only needed where "s" is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(things: Iterable[object], word: str = "and") -> str:
    """ "police, school and hospital"."""
    said = [str(thing) for thing in things]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {word} {said[-1]}"


def span(length: timedelta) -> str:
    """A length of time in its two largest units: "3 h 10 min", "2 days 4 h", "40 min"; its sign is not said."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return plural(days, "day") + (f" {hours} h" if hours and days < THIS_WEEK else "")
    return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (rest, "min")) if n) or "0 min"


def left(due: datetime, now: datetime) -> str:
    """ "due in 3 h 10 min", or "overdue by 2 days 4 h" from the moment it is due."""
    return f"due in {span(due - now)}" if due > now else f"overdue by {span(due - now)}"


def pressing(due: datetime, now: datetime) -> str:
    """How near a deadline is, for the eye: "overdue", "today" (by the end of this London day) or "later"."""
    if due <= now:
        return "overdue"
    return "today" if civil_day(due) == civil_day(now) else "later"


def age(born: date, on: date) -> str:
    """In years and months, as far as they help: "4 months", "3 years 2 months", "14 years"; "not yet born" before."""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if on < born:
        return "not yet born"
    if months < 1:
        return plural((on - born).days, "day") + " old"
    years, rest = divmod(months, 12)
    parts = [plural(years, "year")] * bool(years) + [plural(rest, "month")] * bool(rest)
    return " ".join(parts)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "clock": clock,
    "weekday": weekday,
    "moment": moment,
    "when": when,
    "plural": plural,
    "joined": joined,
    "span": span,
    "left": left,
    "pressing": pressing,
    "period": says,
    "age": age,
    "inside": inside,
}


def sentence(words: str) -> str:
    """The words with a capital letter at their beginning ("it was" gives "It was")."""
    return words[0].upper() + words[1:]
