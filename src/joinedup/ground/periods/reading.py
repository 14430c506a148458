"""Reading what a sender wrote about when something happened. Never an exception: problems say what to do."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.periods.period import Period, Precision
from joinedup.ground.periods.spans import (
    Span,
    coarsened,
    coarser,
    joined,
    one_day,
    span_of_day,
    whole_month,
    whole_year,
)
from joinedup.ground.periods.spoken import read_words

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:Z|[+-]\d\d:\d\d)?)?)?", re.ASCII)
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
        return span
    hour, minute, half = int(found[2]), int(found[3] or 0), found[4].lower()
    hour = hour % 12 + 12 * (half == "pm") if half and hour <= 12 else hour
    if hour > 23 or minute > 59:
        return span.noting("The time was not understood, so only the day was kept: write it as 14:30.")
    return _moment(datetime(span.first.year, span.first.month, span.first.day, hour, minute))  # noqa: DTZ001 - London


def _moment(moment: datetime) -> Span:
    """A moment as a span; without a zone it is London time, and midnight then is how systems write a mere day."""
    notes: tuple[str, ...] = ()
    if moment.tzinfo is None and moment.time() == time.min:
        return span_of_day(moment.date())
    if moment.tzinfo is None:
        moment, notes = moment.replace(tzinfo=LONDON), ("The time has no zone and was read as London time.",)
    return replace(
        span_of_day(civil_day(moment)), precision=Precision.INSTANT, instant=moment.astimezone(UTC), notes=notes
    )


def read_period(
    from_: str | None, to: str | None, precision: str | None, lasting: bool | None, words: str | None
) -> tuple[Period, list[str]]:
    """The period that a notice's `happened` means, and what its sender should know or do about it.

    `to` is inclusive, as people write it. `words` are read when `from_` is missing or not understood. `precision` can
    only make a date coarser. Dates to come are kept. With nothing given, the period is UNKNOWN and there is no problem.
    """
    begin, problems = _first_readable(from_, words)
    end, more = _first_readable(to)
    wanted, unclear = _precision(precision)
    problems += more + unclear
    if begin is None:
        only_end = ["Only an end was given: say when it began, even roughly."] if end and not problems else []
        return Period.UNKNOWN, problems + only_end
    if wanted is Precision.UNKNOWN:
        return Period.UNKNOWN, [
            *problems,
            "The date was marked as not known and not used: say how precisely it is known.",
        ]
    spans = [span for span in (begin, end) if span]
    if wanted and any(coarser(span.precision, wanted) is not wanted for span in spans):
        problems.append(
            f"The date is less precise than “{wanted}” and was kept as it is: send the rest if it is known."
        )
    return _period([coarsened(span, wanted) if wanted else span for span in spans], lasting, problems)


def _first_readable(*texts: str | None) -> tuple[Span | None, list[str]]:
    problems: list[str] = []
    for text in texts:
        if text and text.strip():
            span, more = read_date(text)
            problems += more
            if span:
                return replace(span, notes=()), problems
    return None, problems


def _precision(text: str | None) -> tuple[Precision | None, list[str]]:
    tidy = (text or "").strip().lower()
    if not tidy:
        return None, []
    if tidy not in set(Precision):
        return None, ["The precision was not understood: use instant, day, month, year or unknown."]
    return Precision(tidy), []


def _period(spans: list[Span], lasting: bool | None, problems: list[str]) -> tuple[Period, list[str]]:
    span = spans[0] if len(spans) == 1 else joined(*spans)
    lasts = lasting if lasting is not None else bool(span.lasting)
    moment = span.instant if lasts or span.precision is Precision.INSTANT else None
    return Period(span.first, span.end, span.precision, moment, lasts), problems + list(span.notes)
