"""Lengths of time as pattern files write them: "120 days", "10 working days"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from joinedup.ground.workdays import add_working_days

_SPAN = re.compile(r"(\d{1,5}) (working days?|days?|weeks?)")


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number of calendar days, or of working days (England and Wales)."""

    n: int
    working: bool = False

    def __str__(self) -> str:
        return f"{self.n} {'working ' if self.working else ''}day{'' if self.n == 1 else 's'}"


def read_span(text: object) -> Span:
    """Read "120 days", "6 weeks" or "10 working days". Raises ValueError that says what to write."""
    found = _SPAN.fullmatch(" ".join(str(text).split()))
    if found is None or int(found[1]) == 0:
        raise ValueError(f"“{text}” is not a length of time: write it like “120 days” or “10 working days”")
    return Span(int(found[1]) * (7 if found[2].startswith("week") else 1), found[2].startswith("working"))


@lru_cache(maxsize=50_000)
def last_day_in_time(day: int, span: Span) -> int:
    """The last day on which an answer is in time, the day it is asked being day 0. Days are proleptic ordinals."""
    if not span.working:
        return day + span.n
    return add_working_days(date.fromordinal(day), span.n).toordinal()


def day_of(ordinal: int) -> date:
    return date.min + timedelta(days=ordinal - 1)
