"""One paper as its recipient will read it, and what became of it; the list of a child's papers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from joinedup.chronicle.queries import shown_lines
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import says
from joinedup.papers.models import OwnerWord, Paper, Step
from joinedup.papers.queries.shields import must_not_learn, shields_of
from joinedup.papers.rules import Class, Part, Redaction, Shield, Shown, redact
from joinedup.sealed.queries import former_life
from joinedup.share.queries import Subject, about, agencies, behind_the_wall, look_of, mask, subjects, with_people
from joinedup.share.rules import Field, Look, Purpose
from joinedup.share.rules.scan import without

TEXT = "text"  # the part that a practitioner typed: title, text, purpose, recipient, what they are to the child


@dataclass(frozen=True)
class PaperShown:
    """`shown`: as the recipient reads it. `state`: draft, asked, released, refused. `owners`: whose word is missing.

    `classes`: released for the recipient, or asked to be. `mine`: made by whoever looks.
    """

    key: UUID
    paper: Paper
    shown: Shown
    state: str
    steps: tuple[Step, ...]
    classes: tuple[Class, ...]
    owners: tuple[str, ...]
    mine: bool

    @property
    def releasable(self) -> list[Redaction]:
        """What two persons may still release."""
        return [one for one in self.shown.redactions if one.releasable]


@dataclass(frozen=True)
class Listed:
    """One line of the log of what was shared, or was not: for whom, why, by whom; what was released and left out."""

    key: UUID
    title: str
    recipient: str
    purpose: str
    by: str
    at: datetime
    state: str
    released: tuple[str, ...]
    reason: str


def paper_of(*, for_: Look, child: Subject, key: UUID) -> PaperShown | None:
    """One paper about a child that was opened; None if there is none of this key. Notes the entries it quotes."""
    paper = _papers(child).filter(pk=key).first()
    if paper is None:
        return None
    steps = _steps(paper)
    classes = tuple(Class[name] for name in steps[-1].classes) if steps else ()
    lines = {line.key: line for line in shown_lines(for_=maker_of(paper), head=child.pk)}
    own = {line.key for line in shown_lines(for_=for_, head=child.pk)}
    left = steps[-1].read if steps else None
    shown = Shown.as_left(left, own) if left else as_read(paper, child.pk, lines, classes, for_.at, own)
    former = former_life(child.pk)
    for_.note(subjects=[child.pk], entries=[key for key in paper.excerpts if key in own])
    owners = tuple(dict.fromkeys(one.owner for one in shown.redactions if one.owner))
    return PaperShown(
        paper.pk, paper, shown.without(former), steps[-1].what if steps else "draft", _scrubbed(steps, former), classes,
        owners,
        paper.by_id == for_.practitioner_id,
    )  # fmt: skip


def as_read(
    paper: Paper,
    head: int,
    lines: Mapping[str, Line],
    classes: tuple[Class, ...],
    at: datetime,
    allowed: Collection[str],
) -> Shown:
    """The paper as its recipient will read it: their own rights, if they sign in here, then what was released.

    `lines`: what whoever made it could quote, by key; `allowed`: keys of what whoever looks at it now may see.
    """
    recipient = None if paper.practitioner is None else _recipient(paper, at)
    if recipient is not None:
        allowed = {line.key for line in shown_lines(for_=recipient, head=head)} & set(allowed)
    own = frozenset[Class]() if recipient is None else _own(recipient, head)
    parts = [Part(TEXT, (paper.title, paper.text, paper.purpose, paper.name, paper.relation))]
    parts += [_excerpt(lines[key], key in allowed) for key in paper.excerpts if key in lines]
    given = {word.agency_id: word.given for word in OwnerWord.objects.filter(paper=paper).order_by("at", "pk")}
    words = {code for code, yes in given.items() if yes} | {paper.by.agency_id}
    barred = must_not_learn(head, paper.name, at)
    return redact(parts, shields_of(head, at), released={*own, *classes}, must_not_learn=barred, words=words)


def _excerpt(line: Line, allowed: bool) -> Part:
    """An entry's line, with where it comes from: its agency and handling travel with it."""
    known, names = codes(civil_day(line.received_at)), agencies()
    owner = names[line.agency].name
    texts = (says(line.period), known.tells([line.kind], sorted(line.concerns)), line.words, owner)
    return Part(line.key, texts, line.agency, line.handling, allowed)


def maker_of(paper: Paper) -> Look:
    """Excerpts are read with the rights that whoever made the paper had when they made it."""
    return look_of(paper.by, purpose=Purpose.SAFEGUARDING, reason="a paper that they made", at=paper.at)


def _recipient(paper: Paper, at: datetime) -> Look:
    assert paper.practitioner is not None
    return look_of(paper.practitioner, purpose=Purpose.SAFEGUARDING, reason="a paper for them", at=at)


def _own(recipient: Look, head: int) -> frozenset[Class]:
    """What a practitioner may know by their own rights."""
    child = subjects([head])[head]
    found = set[Class]()
    if not mask(for_=recipient, what=Field.ADDRESS, subject=child):
        found |= {Class.HOME, Class.PLACEMENT, Class.SCHOOL, Class.CONTACT}
    if not mask(for_=recipient, what=Field.REPORTER, subject=child):
        found.add(Class.REPORTER)
    return frozenset(found)


def papers_about(*, for_: Look, child: Subject) -> list[Listed]:
    """The log of what was shared about a child that was opened, and what was decided not to be; the latest first.

    Without what is shielded from whoever looks, and without a life before that was sealed since.
    """
    former = former_life(child.pk)  # asked before the second wall, behind which nothing sealed is read
    return [_without(one, former) for one in _log(for_=for_, child=child)]


def _scrubbed(steps: tuple[Step, ...], former: Collection[str]) -> tuple[Step, ...]:
    """To be read, never to be saved: reasons without the life before."""
    for step in steps:
        step.reason = without(step.reason, former)
    return steps


def _without(one: Listed, former: Collection[str]) -> Listed:
    title, recipient, purpose, reason = (
        without(text, former) for text in (one.title, one.recipient, one.purpose, one.reason)
    )
    return replace(one, title=title, recipient=recipient, purpose=purpose, reason=reason)


@behind_the_wall
def _log(*, for_: Look, child: Subject) -> list[Listed]:
    for_.note(subjects=[child.pk])
    shields, own = shields_of(child.pk, for_.at), _own(for_, child.pk)
    return [_listed(paper, shields, own) for paper in _papers(child).order_by("-at", "-pk")]


def _papers(child: Subject) -> QuerySet[Paper]:
    found = with_people(Paper.objects.filter(about(child)), "by", "practitioner")
    return found.prefetch_related(Prefetch("steps", with_people(Step.objects.all(), "by")))


def _steps(paper: Paper) -> tuple[Step, ...]:
    """What became of it, in order of time."""
    return tuple(sorted(paper.steps.all(), key=lambda step: (step.at, step.pk)))


def _listed(paper: Paper, shields: Collection[Shield], own: Collection[Class]) -> Listed:
    steps = _steps(paper)
    last = steps[-1] if steps else None
    released = tuple(Class[name] for name in last.classes) if last and last.what == "released" else ()
    typed = (paper.title, f"{paper.name}, {paper.relation}", paper.purpose, last.reason if last else "")
    ((title, recipient, purpose, reason),) = (
        one.texts for one in redact([Part(TEXT, typed)], shields, released=own).parts
    )
    state = last.what if last else "draft"
    return Listed(paper.pk, title, recipient, purpose, paper.by.name, paper.at, state, released, reason)
