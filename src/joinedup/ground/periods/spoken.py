"""Dates as people write them: "spring 2011", "c. 2010", "?22 May 2016", "early May 2016", "from 3 to 9 May 2024".

Days come before months, as in Britain. What is not clear is not guessed at: None. Seasons are the meteorological ones
(spring is March to May); school terms are those of England (autumn September to December, spring January to April,
summer April to July).
"""

import re
from collections.abc import Callable
from dataclasses import replace

from joinedup.ground.periods.period import ONE_DAY, Precision
from joinedup.ground.periods.spans import MONTHS, Span, about, joined, months, one_day, third, whole_month, whole_year

_MONTH_NUMBER = {name.lower(): n for n, name in enumerate(MONTHS, start=1)}
_MONTH_NUMBER |= {name[:3]: n for name, n in _MONTH_NUMBER.items()} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\.?"
_DAY, _YEAR = r"(\d{1,2})(?:st|nd|rd|th)?", r"(\d{4})"
_DOUBT = re.compile(
    r"\?|(?<!/)\b(?:c|ca|circa|about|around|approx|approximately|roughly|probably|possibly|maybe)\b\.?|~"
)
_FILLER = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|,"
    r"|\b(?:the|in|on|of|during|morning|afternoon|evening)\b"
)
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3)}
_TERMS = {"autumn": (9, 4), "spring": (1, 4), "summer": (4, 4)}
_RANGE = re.compile(r"(?P<how>some ?time from|from|between|)\s*(?P<a>.+?) (?:to|until|till|and|-) (?P<b>.+)")
_TIGHT_RANGE = re.compile(r"(?<=\w)-(?=\d\d? [a-z]|[a-z]+ |\d{4}$)")  # 3-9 May 2024, March-May 2011, 2009-2011
_HOW_LASTING = {"from": True, "": None}


def read_words(text: str) -> Span | None:
    """The span that the words name, or None when they do not clearly name one."""
    plain = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    doubted = _DOUBT.search(plain) is not None
    plain = " ".join(_DOUBT.sub(" ", plain).split())
    span = _single(plain) or _range(plain)
    return about(span) if span and doubted else span


def _range(plain: str) -> Span | None:
    found = _RANGE.fullmatch(plain) or _RANGE.fullmatch(_TIGHT_RANGE.sub(" - ", plain))
    if found is None or (found["how"] != "between" and " and " in plain):
        return None
    until = _single(found["b"])
    start = _completed(found["a"], found["b"])
    if start is None or until is None:
        return None
    return replace(joined(start, until), lasting=_HOW_LASTING.get(found["how"], False))


def _completed(text: str, model: str) -> Span | None:
    """A beginning that leaves its month or year to the end of the range: the 3 of "3 to 9 May 2024"."""
    words = model.split()
    endings = [" ".join(words[-n:]) for n in (1, 2) if len(words) >= n]
    return next((span for tail in ["", *endings] if (span := _single(f"{text} {tail}"))), None)


def _single(plain: str) -> Span | None:
    bare = " ".join(_FILLER.sub(" ", plain).split())
    lasting = re.match(r"(throughout|all(?: through)?|whole) ", bare)
    bare = re.sub(r"^(throughout|all(?: through)?|whole|some ?time) ", "", bare)
    for pattern, read in _READERS:
        if found := pattern.fullmatch(bare):
            span = read(found)
            return replace(span, lasting=True) if span and lasting else span
    return None


def _numeric_day(found: re.Match[str]) -> Span | None:
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    notes = []
    if len(found[3]) == 2:
        year += 2000 if year < 70 else 1900
        notes.append(f"The year has two digits and was read as {year}: send all four.")
    if month > 12 and day <= 12:
        day, month = month, day
        notes.append("Month and day were turned round, because there is no such month: send the day first.")
    span = one_day(year, month, day)
    return replace(span, notes=(*span.notes, *notes)) if span else None


def _two_years(found: re.Match[str]) -> Span | None:
    """ "2010/11": a school year, a financial year or November 2010; so all of them."""
    if (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    span = months(int(found[1]), 4, 17)
    return span and span.noting(
        f"{found[0]} can be a school year, a financial year or a month: send the month if known."
    )


def _season(found: re.Match[str]) -> Span | None:
    first, count = (_TERMS if found[2] else _SEASONS)[found[1]]
    return months(int(found[3]), first, count)


def _winter(found: re.Match[str]) -> Span | None:
    year = int(found[1])
    if found[2]:
        return months(year, 12, 3) if (year + 1) % 100 == int(found[2]) % 100 else None
    span = months(year, 1, 14)
    return span and span.noting(f"Winter {year} can be its beginning or its end: send the month if known.")


def _part(found: re.Match[str]) -> Span | None:
    whole = whole_month(int(found[3]), _MONTH_NUMBER[found[2]]) if found[2] else whole_year(int(found[3]))
    return whole and third(whole, _PARTS[found[1]])


def _week(found: re.Match[str]) -> Span | None:
    monday = _single(found[1])
    if monday is None or monday.precision is not Precision.DAY:
        return None
    return replace(monday, end=monday.first + 7 * ONE_DAY)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span | None]], ...] = (
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"), _numeric_day),
    (re.compile(rf"{_DAY}[ -]?{_MONTH}[ -]?{_YEAR}"), lambda m: one_day(int(m[3]), _MONTH_NUMBER[m[2]], int(m[1]))),
    (re.compile(rf"{_MONTH} {_DAY} {_YEAR}"), lambda m: one_day(int(m[3]), _MONTH_NUMBER[m[1]], int(m[2]))),
    (re.compile(rf"{_MONTH}[ -]?{_YEAR}"), lambda m: whole_month(int(m[2]), _MONTH_NUMBER[m[1]])),
    (re.compile(rf"(\d{{1,2}})[/.]{_YEAR}"), lambda m: whole_month(int(m[2]), int(m[1]))),
    (re.compile(rf"{_YEAR}-(\d\d?)-(\d\d?)"), lambda m: one_day(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(rf"{_YEAR}-(\d\d?)"), lambda m: whole_month(int(m[1]), int(m[2]))),
    (re.compile(rf"{_YEAR}"), lambda m: whole_year(int(m[1]))),
    (re.compile(rf"{_YEAR}/(\d\d)"), _two_years),
    (re.compile(rf"(spring|summer|autumn)( term)? {_YEAR}"), _season),
    (re.compile(rf"winter {_YEAR}(?:[/-](\d\d|\d{{4}}))?"), _winter),
    (re.compile(rf"({'|'.join(_PARTS)})[ -](?:{_MONTH} )?{_YEAR}"), _part),
    (re.compile(r"(?:week(?: (?:beginning|commencing|starting))?|w/?[cb]) (.+)"), _week),
)
