"""Everything read of patterns and findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Min, QuerySet

from joinedup.chronicle import queries as chronicle
from joinedup.ground.clock import civil_day
from joinedup.ground.editions import in_force_or_first
from joinedup.recognise.models import Expectation, Finding, Ground, Question
from joinedup.recognise.rules.feeds import Feed, Feeds
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.reading import read_pattern, shipped
from joinedup.share import queries as share

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GroundView:
    """One pattern's part of a finding (see `models.Ground`)."""

    key: str
    pattern: str
    edition: str
    title: str
    tier: str
    sentence: str
    steps: tuple[tuple[str, str], ...]  # rule in words, what was found
    entries: tuple[str, ...]
    may: tuple[str, ...]
    unknown: tuple[str, ...]
    knowing: tuple[str, ...]
    not_told: tuple[str, ...]
    ask: tuple[str, ...]
    true_from: date | None
    shown_at: datetime


@dataclass(frozen=True)
class FindingView:
    """What adds up for one child and theme, its grounds the most urgent first."""

    key: str
    subject: int  # the head
    theme: str
    tier: str
    since: datetime
    grounds: tuple[GroundView, ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """Keys of every entry that one of its grounds stands on, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(ground.entries for ground in self.grounds)))


@dataclass(frozen=True)
class QuestionView:
    """A question put to a role at an agency (see `models.Question`)."""

    key: str
    subject: int
    pattern: str
    theme: str
    agency: str
    role: str
    sentence: str
    entries: tuple[str, ...]
    asked_at: datetime
    due: date


URGENCY = ("now", "today", "know")
OWN = "SELECT text, until FROM recognise_patternedition ORDER BY at, id"
TABLES = """
SELECT 'recognise_finding' FROM recognise_finding WHERE subject_id IN {head}
UNION SELECT 'recognise_ground' FROM recognise_finding WHERE subject_id IN {head}
UNION SELECT 'recognise_question' FROM recognise_question WHERE subject_id IN {head}
UNION SELECT 'recognise_expectation' FROM recognise_expectation WHERE subject_id IN {head}
"""


class Standing(NamedTuple):
    """What stands for one child: findings, the most urgent first; questions that wait, the first due first."""

    findings: list[FindingView]
    questions: list[QuestionView]


def standing(head: int) -> Standing:
    """What stands for a child (internal: derivation; answers nobody)."""
    there = tables_with(head)
    findings = _views(Finding.objects.filter(subject=head)) if "recognise_finding" in there else []
    asked = Question.objects.filter(subject=head).order_by("due", "key") if "recognise_question" in there else ()
    return Standing(findings, [_question(row) for row in asked])


def findings_at(head: int) -> list[FindingView]:
    """Every finding of a child, the most urgent first (internal)."""
    return standing(head).findings


def questions_at(head: int) -> list[QuestionView]:
    """Every question about a child that waits for its answer (internal)."""
    return standing(head).questions


def tables_with(head: int) -> set[str]:
    """Names of the tables of this room that hold anything about a head (internal: mostly there is nothing)."""
    return {name for (name,) in share.rows(TABLES, head=[head])}


def findings_by_key(keys: Iterable[str]) -> dict[str, FindingView]:
    """Findings by key; those that no longer stand are left out (internal)."""
    return {view.key: view for view in _views(Finding.objects.filter(key__in=list(keys)))}


def questions_by_key(keys: Iterable[str]) -> dict[str, QuestionView]:
    return {row.key: _question(row) for row in Question.objects.filter(key__in=list(keys))}


def heads_due(*, on: date) -> list[int]:
    """Heads of children for whom a silence begins to speak, or ends, by this day (internal: tick)."""
    return list(
        Expectation.objects.filter(due__lte=on).order_by("subject").values_list("subject", flat=True).distinct()
    )


def heads_with_findings() -> list[int]:
    """Heads of children for whom anything adds up (internal: who may be said to lack word from an agency)."""
    return list(Finding.objects.order_by("subject").values_list("subject", flat=True).distinct())


def next_due() -> date | None:
    """The next day on which anything can change though nothing comes in (internal: replay)."""
    due: date | None = Expectation.objects.aggregate(next=Min("due"))["next"]
    return due


@dataclass(frozen=True)
class Editions:
    """Every pattern there is: those in the box, and the partnership's own (text, and until when it is in force)."""

    own: tuple[tuple[str, date | None], ...]

    def on(self, day: date) -> tuple[Pattern, ...]:
        """The patterns in force on a day, by id.

        Days before the first edition in the box are read with that edition: the past is looked at with what is known
        now. A partnership's own holds on its own days alone.
        """
        return _in_force(self.own, day)

    def changes_after(self, day: date) -> Iterator[tuple[str, date]]:
        """(pattern id, day): the later days from which on other patterns are in force."""
        return ((id_, later) for id_, later in _changes(self.own) if later > day)


def editions() -> Editions:
    """Every pattern's editions, as they are kept now."""
    return Editions(tuple(share.rows(OWN)))


def patterns(*, on: date) -> tuple[Pattern, ...]:
    """The patterns in force on a day (see `Editions.on`)."""
    return editions().on(on)


@lru_cache(maxsize=50)
def _changes(own: tuple[tuple[str, date | None], ...]) -> tuple[tuple[str, date], ...]:
    """Every day on which an edition begins or ends that was not read back into the day before."""
    days = {(one.id, day) for one in (*shipped(), *_own(own)) for day in (one.since, one.until) if day}
    return tuple(sorted((id_, day) for id_, day in days if _in_force(own, day) != _in_force(own, day - ONE_DAY)))


@lru_cache(maxsize=500)
def _in_force(own: tuple[tuple[str, date | None], ...], on: date) -> tuple[Pattern, ...]:
    """As `Editions.on`."""
    return in_force_or_first([*shipped(), *(pattern for pattern in _own(own) if pattern.holds_on(on))], on)


def _own(kept: Iterable[tuple[str, date | None]]) -> list[Pattern]:
    return [_read(text).model_copy(update={"until": until} if until else {}) for text, until in kept]


@lru_cache(maxsize=500)
def _read(text: str) -> Pattern:
    return read_pattern(text)


def feeds(*, at: datetime) -> Feeds:
    """Every agency, and, if a silence is at stake, the day on which it was last heard by `at`."""
    known = {code: Feed(kind, name) for code, (kind, name) in share.senders().items()}
    return Feeds(known, lambda: {code: civil_day(heard) for code, heard in chronicle.last_heard(at).items()})


def _views(rows: QuerySet[Finding]) -> list[FindingView]:
    found = [_view(row) for row in rows.prefetch_related("grounds").order_by("subject", "theme")]
    return sorted(found, key=lambda view: (URGENCY.index(view.tier), view.since, view.theme))


def _view(row: Finding) -> FindingView:
    grounds = sorted(
        row.grounds.all(), key=lambda ground: (URGENCY.index(ground.tier), ground.shown_at, ground.pattern)
    )
    return FindingView(row.key, row.subject_id, row.theme, row.tier, row.since, tuple(map(_ground, grounds)))


def _ground(row: Ground) -> GroundView:
    values: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(GroundView)}
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return GroundView(**plain | {"steps": tuple((step["rule"], step["found"]) for step in row.steps)})


def _question(row: Question) -> QuestionView:
    return QuestionView(
        row.key, row.subject_id, row.pattern, row.theme, row.agency, row.role, row.asks, tuple(row.entries),
        row.asked_at, row.due,
    )  # fmt: skip
