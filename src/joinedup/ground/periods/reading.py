"""Reading what a sender wrote about when something happened. Never an exception: problems say what to do."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.periods.period import ONE_DAY, Period, Precision
from joinedup.ground.periods.spans import Span, coarsened, coarser, joined, one_day, whole_month, whole_year
from joinedup.ground.periods.spoken import read_words

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)  # 20160522, as HL7 has it
_ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d(?::?\d\d.*)?)", re.ASCII | re.IGNORECASE)
_SAID_MOMENT = re.compile(r"(.+?),? (?:at )?(\d{1,2})(?:[:.](\d\d))?(?::\d\d)? ?(am|pm|)", re.ASCII | re.IGNORECASE)
_PLACEHOLDERS = {"1900-01-01", "01/01/1900", "19000101", "9999-12-31", "31/12/9999", "99991231"}
_LONGEST = 300  # characters: longer text is not a date


def read_date(text: str) -> tuple[Span | None, list[str]]:
    """Read one date in any of the ways people and systems write it; None, and a problem, when it is not clear."""
    tidy = " ".join(text.split())
    if tidy[:10] in _PLACEHOLDERS:
        return None, ["This date is what systems write when none is known: leave it out, or say roughly when."]
    span = _read(tidy) if len(tidy) <= _LONGEST else None
    if span is None:
        return None, ["The date was not understood: write 2024-03-05, 2024-03 or 2024, or “spring 2024”."]
    return span, list(span.notes)


def _read(text: str) -> Span | None:
    if found := _ISO_DATE.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return _iso_date(*(int(part) for part in found.groups() if part))
    if found := _ISO_MOMENT.fullmatch(text):
        return _iso_moment(text, found[1])
    return read_words(text) or _said_moment(text)


def _iso_date(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    if month is None:
        return whole_year(year)
    return whole_month(year, month) if day is None else one_day(year, month, day)


def _iso_moment(text: str, day: str) -> Span | None:
    span = _read(day)
    if span is None or span.precision is not Precision.DAY:
        return span
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return span.noting("The time was not understood, so only the day was kept: write it as 14:30+00:00.")
    return _moment(moment)


def _said_moment(text: str) -> Span | None:
    """ "5 March 2024 at 14:30", "22/05/2016 2.30 pm"."""
    found = _SAID_MOMENT.fullmatch(text)
    span = read_words(found[1]) if found and (found[3] or found[4]) else None
    if found is None or span is None or span.first != span.last:
        return None
    hour, minute, half = int(found[2]), int(found[3] or 0), found[4].lower()
    hour = hour % 12 + 12 * (half == "pm") if half and hour <= 12 else hour
    if hour > 23 or minute > 59:
        return span.noting("The time was not understood, so only the day was kept: write it as 14:30.")
    return _moment(datetime(span.first.year, span.first.month, span.first.day, hour, minute))  # noqa: DTZ001 - London


def _moment(moment: datetime) -> Span:
    notes: tuple[str, ...] = ()
    if moment.tzinfo is None:
        moment, notes = moment.replace(tzinfo=LONDON), ("The time has no zone and was read as London time.",)
    day = civil_day(moment)
    return Span(day, day + ONE_DAY, Precision.INSTANT, moment.astimezone(UTC), notes=notes)


def read_period(
    from_: str | None, to: str | None, precision: str | None, lasting: bool | None, words: str | None
) -> tuple[Period, list[str]]:
    """The period that a notice's `happened` means, and what its sender should know or do about it.

    `to` is inclusive, as people write it. `words` are read when `from_` is missing or not understood. Dates to come
    are kept. With nothing given at all, the period is UNKNOWN and there is no problem.
    """
    span, problems = _first_readable(from_, words)
    if to and to.strip():
        span, more = _up_to(span, to, began=bool(span or problems))
        problems += more
    if span is None:
        return Period.UNKNOWN, problems
    span, more = _as_precise_as(span, (precision or "").strip().lower())
    return _period(span, lasting), problems + more


def _first_readable(*texts: str | None) -> tuple[Span | None, list[str]]:
    problems: list[str] = []
    for text in texts:
        if text and text.strip():
            span, more = read_date(text)
            problems += more
            if span:
                return span, problems
    return None, problems


def _up_to(span: Span | None, to: str, *, began: bool) -> tuple[Span | None, list[str]]:
    until, problems = read_date(to)
    if span is None:
        return None, problems + ([] if began else ["Only an end was given: say when it began, even roughly."])
    if until is None:
        return span, problems
    whole = joined(replace(span, notes=()), replace(until, notes=()))
    return whole, problems + list(whole.notes)


def _as_precise_as(span: Span, precision: str) -> tuple[Span | None, list[str]]:
    if not precision:
        return span, []
    if precision not in set(Precision):
        return span, ["The precision was not understood: use instant, day, month, year or unknown."]
    wanted = Precision(precision)
    if wanted is Precision.UNKNOWN:
        return None, ["The date was marked as not known and so not used: say instead how precisely it is known."]
    if coarser(span.precision, wanted) is wanted:
        return coarsened(span, wanted), []
    return span, [f"The date is less precise than “{precision}” and was kept as it is: send the rest if it is known."]


def _period(span: Span | None, lasting: bool | None) -> Period:
    if span is None:
        return Period.UNKNOWN
    lasts = lasting if lasting is not None else bool(span.lasting)
    moment = span.instant
    return Period(span.first, span.end, span.precision, moment, lasts)
