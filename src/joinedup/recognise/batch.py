"""Every pattern over the whole population at once: set-based SQL on the engine, the same meaning as for one child."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.rules.line import Line
from joinedup.engine import Engine
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.workdays import is_working_day
from joinedup.network import queries as network
from joinedup.recognise import queries
from joinedup.recognise.models import Expectation, Finding, Ground, Question
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.spans import day_of
from joinedup.recognise.rules.sql import CALENDAR, HOUSEHOLD, LINES, facts_sql, pattern_sql
from joinedup.recognise.rules.windows import Certainty
from joinedup.share import queries as share

DERIVED = (Finding, Ground, Question, Expectation)  # rebuilt from nothing; in the order in which they are written
MARGIN = timedelta(days=400)  # beyond the last day: longer than any working-day span


@dataclass(frozen=True, slots=True, order=True)
class Screened:
    """That a pattern stands for a subject: since when, the latest day, how surely. None: nothing in it is dated."""

    subject: str
    pattern: str
    since: date | None
    day: date | None
    certainty: Certainty


def row_of(subject: str, line: Line) -> tuple[Any, ...]:
    """One line as a row of the relation `lines`."""
    return (
        subject, line.key, line.agency, line.agency_kind, line.kind, sorted(line.concerns), line.side, line.standing,
        line.outcome, line.period.first, line.period.end, line.period.lasting,
        None if line.told is None else [told.agency for told in line.told],
        line.observer, line.first_hand, bool(line.words.strip()), line.count, line.happening,
    )  # fmt: skip


def load(engine: Engine, stories: Mapping[str, Sequence[Line]], household: Iterable[tuple[str, str]] = ()) -> None:
    """Make the relations `lines` and `household` from stories by subject: for live databases and for tests.

    Bench populations bring Parquet files of the same columns instead (`Engine.parquet`).
    """
    rows = (
        row_of(subject, line)
        for subject, lines in stories.items()
        for line in {line.key: line for line in lines}.values()
        if not line.withdrawn
    )
    engine.relation("lines", LINES, rows)
    engine.relation("household", HOUSEHOLD, household)


def screen(engine: Engine, patterns: Iterable[Pattern], on: date, feeds: Feeds) -> list[Screened]:
    """Where each pattern stands on a day, over the relations `lines` and `household`; in order of subject, pattern."""
    _calendar(engine)
    happened = f'"first" IS NULL OR "first" <= {on.toordinal()}'
    engine.table("own", f"SELECT * FROM ({facts_sql(codes(on))}) WHERE {happened}")  # noqa: S608 - codes, a number
    engine.view("pooled", _POOLED)
    found = [row for pattern in patterns for row in engine.rows(pattern_sql(pattern, on, feeds))]
    return sorted(
        Screened(subject, pattern, _day(began), _day(day), Certainty(certainty))
        for subject, pattern, began, day, certainty in found
    )


def screen_database(*, at: datetime) -> list[Screened]:
    """Every pattern in force over every child of this database, asked about the day of `at`; subjects by reference."""
    on = civil_day(at)
    people = share.subjects(share.every_head(kind="child") + share.every_head(kind="adult"))
    names = {head: person.reference for head, person in people.items()}
    children = [head for head, person in people.items() if person.kind == "child"]
    pairs = [(names[head], names[one]) for head in children for one in network.household(head, on)]
    with Engine() as engine:
        load(engine, {names[head]: chronicle.story(head) for head in people}, pairs)
        found = screen(engine, queries.patterns(on=on), on, queries.feeds(at=at))
    of_children = {names[head] for head in children}
    return [one for one in found if one.subject in of_children]


_POOLED = """
SELECT * FROM own UNION ALL
SELECT own.* REPLACE (h.subject AS subject, hash(h.member) AS person)
FROM own JOIN household h ON own.subject = h.member
"""


def _day(ordinal: int) -> date | None:
    return day_of(ordinal) if ordinal else None


def _calendar(engine: Engine) -> None:
    """The relation `calendar`: every day of the population's years, numbered by working days."""
    ((first, last),) = engine.rows("SELECT min(first_day), max(end_day) FROM lines")
    engine.relation("calendar", CALENDAR, _numbered(first, last + MARGIN) if first else ())


def _numbered(first: date, last: date) -> Iterator[tuple[int, bool, int]]:
    nth = 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        working = is_working_day(day)
        nth += working
        yield day.toordinal(), working, nth
