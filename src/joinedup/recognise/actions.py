"""Everything changed here: findings are derived again, and a partnership takes up a pattern of its own."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.keys import digest, new_fact_id
from joinedup.network import queries as network
from joinedup.network.rules import Around
from joinedup.recognise import queries
from joinedup.recognise.models import Expectation, Finding, Ground, PatternEdition, Question
from joinedup.recognise.rules import match as rules
from joinedup.recognise.rules.examples import sound_pattern
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.meaning import Story, look
from joinedup.recognise.rules.waiting import next_days, questions
from joinedup.share import queries as share
from joinedup.share.actions import act, make_exactly, note, stir
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor

M = TypeVar("M", bound=Model)


@dataclass
class Derived:
    """What stands for one child: rows as they should be, by key."""

    findings: list[Finding] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)


@act
def look_again(*, by: Actor, at: datetime, head: int, story: Sequence[Line]) -> None:  # noqa: ARG001 - the act's
    """Make a child's findings, questions and expectations those of its chronology, asked about the day of `at`.

    `story`: all its lines (`chronicle.queries.story`). Derived and idempotent: what stands so already is not written
    again; what is no longer true is removed.
    """
    subject = share.subjects([head])[head]
    derived = derive(subject, story, at=at) if subject.kind == "child" else Derived()
    there = queries.tables_with(head)
    changed = [
        *_keep(Finding, Q(subject=head), derived.findings, there),
        *_keep(Ground, Q(finding__subject=head), derived.grounds, there),
        *_keep(Question, Q(subject=head), derived.questions, there),
        *_keep(Expectation, Q(subject=head), derived.expectations, there),
    ]
    note(subject=head, findings=len(derived.findings), changed=len(changed))


def derive(subject: Subject, lines: Sequence[Line], *, at: datetime) -> Derived:
    """What stands for a child; nothing for a subject that is no head any more, which has no lines."""
    if not lines:
        return Derived()
    on, around = civil_day(at), network.around(subject.pk)
    story = Story(lines, on, queries.feeds(at=at), _household(around.on(on)))
    editions = queries.editions()
    patterns = editions.on(on)
    matches = [match for pattern in patterns if (match := look(pattern, story))]
    findings = list(_findings(subject, matches))
    return Derived(
        findings,
        [_ground(_finding_key(subject, match.pattern.theme), match) for match in matches],
        [_question(subject, asked) for pattern in patterns for asked in questions(pattern, story)],
        [_expectation(subject, pattern, day) for pattern, day in _days_to_come(editions, story, around, on)],
    )


def _days_to_come(editions: queries.Editions, story: Story, around: Around, on: date) -> Iterator[tuple[str, date]]:
    """(pattern id, day) on which the answer can change though nothing comes in.

    By time passing, by a household that is said to become another, or by an edition.
    """
    moves = around.changes_after(on)
    for pattern in editions.on(on):
        yield from ((pattern.id, day) for day in next_days(pattern, story))
        yield from ((pattern.id, day) for day in moves if pattern.for_ == "household")
    yield from editions.changes_after(on)


def _household(people: Collection[int]) -> dict[str, list[Line]]:
    """The lines of everybody who lives with the child, by their head's reference."""
    if not people:
        return {}
    told = chronicle.stories(people)
    return {person.reference: told[head] for head, person in share.subjects(people).items()}


def _finding_key(subject: Subject, theme: str) -> str:
    return digest("finding", subject.allotted_to, theme)


def _findings(subject: Subject, matches: Sequence[rules.Match]) -> Iterator[Finding]:
    """One for each theme: as urgent as its most urgent ground, and standing since the first of that urgency."""
    for theme in dict.fromkeys(match.pattern.theme for match in matches):
        grounds = [match for match in matches if match.pattern.theme == theme]
        tier = min((match.tier for match in grounds), key=queries.URGENCY.index)
        since = min(match.shown_at for match in grounds if match.tier == tier)
        yield Finding(key=_finding_key(subject, theme), subject=subject, theme=theme, tier=tier, since=since)


def _ground(finding: str, match: rules.Match) -> Ground:
    return Ground(
        key=digest("ground", finding, match.pattern.id),
        finding_id=finding,
        pattern=match.pattern.id,
        edition=match.pattern.edition,
        title=match.pattern.title,
        tier=match.tier,
        sentence=match.sentence,
        steps=[{"rule": step.rule, "found": step.found} for step in match.steps],
        entries=list(match.entries),
        may=list(match.may),
        unknown=list(match.unknown),
        knowing=list(match.knowing),
        not_told=list(match.not_told),
        ask=list(match.pattern.ask),
        true_from=match.true_from,
        shown_at=match.shown_at,
    )


def _question(subject: Subject, asked: rules.Question) -> Question:
    return Question(
        key=digest("question", subject.allotted_to, asked.pattern.id, *asked.entries),
        subject=subject,
        pattern=asked.pattern.id,
        theme=asked.pattern.theme,
        agency=asked.agency,
        role=asked.role,
        asks=asked.asks,
        entries=list(asked.entries),
        asked_at=asked.asked_at,
        due=asked.due,
    )


def _expectation(subject: Subject, pattern: str, day: date) -> Expectation:
    key = digest("expectation", subject.allotted_to, pattern, day.isoformat())
    return Expectation(key=key, subject=subject, pattern=pattern, due=day)


def _keep(model: type[M], which: Q, wanted: Iterable[M], there_are: Container[str]) -> list[str]:
    """Make a head's rows of one table exactly these. `there_are`: names of the tables that hold any row of it."""
    manager, meta = model._default_manager, model._meta  # noqa: SLF001 - so Django names what any model has
    fields = [one.attname for one in meta.concrete_fields if not one.primary_key]
    rows = manager.filter(which).values_list("key", *fields) if meta.db_table in there_are else ()
    return make_exactly(model, wanted, {key: values for key, *values in rows}, fields)


@act
def adopt(*, by: Actor, at: datetime, text: str, until: date | None = None) -> Pattern:
    """Take up a pattern of the partnership's own, or a later edition of any pattern, from its `since` on.

    Every child is looked at again: at once, and on the day it begins or ends (law 1).
    Raises EditionError, with what to change, unless it reads well and every worked example says what stands beside it.
    """
    if by.practitioner_id is None:
        raise ValueError("a pattern is taken up by a person")
    pattern = sound_pattern(text)
    PatternEdition.objects.create(
        id=new_fact_id(),
        pattern=pattern.id,
        edition=pattern.edition,
        text=text,
        since=pattern.since,
        until=until,
        by_id=by.practitioner_id,
        at=at,
    )
    stir(by=by, at=at, subjects=share.every_head(kind="child"))
    note(pattern=pattern.id, edition=pattern.edition)
    return pattern
