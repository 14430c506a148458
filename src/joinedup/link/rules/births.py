"""Dates of birth for matching: a whole date, or only the year when that is all that is known."""

import re
from datetime import date
from typing import NamedTuple

PLACEHOLDERS = frozenset({"1900-01-01", "1970-01-01", "1753-01-01"})
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ].*)?")
_CLOSED_UP = re.compile(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})")


class Birth(NamedTuple):
    """`day`: ISO, empty unless wholly known. `year`: four digits, empty when not known."""

    day: str
    year: str


UNKNOWN = Birth("", "")


def read_birth(text: str | None) -> Birth:
    """Read 2009, 2009-05, 2009-05-17, 20090517 or 17/05/2009. What cannot be a birth is unknown, never an error.

    1 January stands in many systems for "some time that year", so it keeps the year alone; 1 January 1900 and 1970
    are placeholders (after the matcher of the Ministry of Justice).
    """
    parts = _parts((text or "").strip())
    if parts is None or not 1500 <= parts[0] <= 2100:
        return UNKNOWN
    year, month, day = parts
    try:
        whole = date(year, month, day).isoformat()
    except ValueError:
        return Birth("", str(year))
    if whole in PLACEHOLDERS:
        return UNKNOWN
    return Birth("" if whole.endswith("-01-01") else whole, str(year))


def _parts(text: str) -> tuple[int, int, int] | None:
    if british := _BRITISH.fullmatch(text):
        return int(british[3]), int(british[2]), int(british[1])
    if iso := _ISO.fullmatch(text) or _CLOSED_UP.fullmatch(text):
        return int(iso[1]), int(iso[2] or 0), int(iso[3] or 0)
    return None
