"""What whoever asks will read: every entry about the child, in or out, with what it raises and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.chronicle.queries import story
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import says
from joinedup.link import queries as link
from joinedup.papers.queries.shields import must_not_learn, shields_of
from joinedup.papers.rules import Class, Part, Redaction, redact
from joinedup.rights.models import AccessLine, AccessRequest
from joinedup.rights.queries.saying import Beside, entries_of, in_sentences
from joinedup.rights.rules.access import Asker, Doing, Due, Exemption, Said, answer_by, exemptions, raised
from joinedup.share.queries import Subject, about, head_ids
from joinedup.share.rules import HandlingCode, Look

LEFT_OUT = "[left out]"
STANDS = (Doing.PROPOSE.name, Doing.RELEASE.name)  # after these, what is in a bundle stands


@dataclass(frozen=True)
class Choice:
    """A person's word on one line. `out`: the exemption's name; empty: it is in."""

    out: str
    plain: str
    reason: str
    by: str


@dataclass(frozen=True)
class BundleLine:
    """One entry of a bundle. `raises`: what a person must answer; `texts`: as whoever asks reads it."""

    key: str
    when: str
    what: str
    agency: str
    texts: tuple[str, ...]
    beside: tuple[str, ...]
    raises: tuple[Exemption, ...]
    choice: Choice | None
    kept: bool  # its owner said that it is not to be passed on, or to be asked

    @property
    def open(self) -> bool:
        """Whether a person has still to say if it is in or out."""
        return self.choice is None and bool(self.raises or self.kept)


@dataclass(frozen=True)
class StepShown:
    what: Doing
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Bundle:
    """One request, and what whoever asks will read. `words`: (word, what it means) of what stands in it."""

    key: UUID
    fact: AccessRequest
    asker: Asker
    due: Due
    steps: tuple[StepShown, ...]
    lines: tuple[BundleLine, ...]
    withheld: tuple[Redaction, ...]
    classes: tuple[Class, ...]
    offered: tuple[Exemption, ...]
    words: tuple[tuple[str, str], ...]
    name: str  # of whoever asks, without what is shielded
    mine: bool  # put to a second person by whoever looks

    @property
    def standing(self) -> Doing | None:
        """What happened last; None: nothing yet."""
        return self.steps[-1].what if self.steps else None

    @property
    def waiting(self) -> int:
        """How many lines wait for a person."""
        return sum(line.open for line in self.lines)


def bundle_of(*, for_: Look, child: Subject, key: UUID) -> Bundle | None:
    """One request about a child that was opened; None if there is none of this key. Notes the entries in it."""
    fact = _requests().filter(about(child), pk=key).first()
    if fact is None:
        return None
    steps = _steps(fact)
    last = fact.steps.order_by("at", "pk").last()
    classes = tuple(Class[name] for name in last.classes) if last else ()
    asker, until = Asker[fact.asker], _until(fact)
    offered = exemptions(civil_day(fact.received_at), asker)
    name, lines, withheld = _read(for_, child, fact, offered, classes, until)
    return Bundle(
        fact.pk, fact, asker, _due(fact), steps, lines, withheld, classes, offered, _words(lines, for_),
        name, bool(last and last.what == Doing.PROPOSE.name and last.by_id == for_.practitioner_id),
    )  # fmt: skip


def _until(fact: AccessRequest) -> datetime | None:
    """When it was put to a second person, if it stands so or was released: what came later is no part of it."""
    last, put = fact.steps.order_by("at", "pk").last(), fact.steps.filter(what=Doing.PROPOSE.name)
    return max(put.values_list("at", flat=True)) if last and last.what in STANDS else None


def _read(
    for_: Look, child: Subject, fact: AccessRequest, offered: tuple[Exemption, ...], classes: tuple[Class, ...],
    until: datetime | None,
) -> tuple[str, tuple[BundleLine, ...], tuple[Redaction, ...]]:  # fmt: skip
    """For whom it is and the lines, as this look may read them, and what is withheld in those that are in."""
    chosen, others = _choices(fact), link.named_beside(child.pk)
    beside = [one for one in entries_of(for_=for_, child=child, ask=True) if not one.line.withdrawn]
    beside = [one for one in beside if until is None or one.line.received_at <= until]
    parts = [Part("asker", (fact.name,)), *(_part(one, chosen.get(one.line.key)) for one in beside)]
    barred = must_not_learn(child.pk, fact.name, for_.at)
    read = redact(parts, shields_of(child.pk, for_.at), released=classes, must_not_learn=barred)
    lines = tuple(
        BundleLine(
            one.line.key, says(one.line.period), one.what, one.agency, part.texts,
            tuple(in_sentences(one.wrong, one.own)), raised(_said(one.line, others), offered),
            chosen.get(one.line.key), one.line.handling != HandlingCode.OPEN,
        )
        for one, part in zip(beside, read.parts[1:], strict=True)
    )  # fmt: skip
    return read.parts[0].texts[0], lines, tuple(why for why in read.redactions if why.what != "an entry")


def _part(one: Beside, choice: Choice | None) -> Part:
    """A line as a part of a paper: its own content is there once it is in, or raises nothing."""
    texts = (says(one.line.period), one.what, one.line.words, one.line.childs_words, one.agency)
    if choice is not None and choice.out:
        texts = (says(one.line.period), LEFT_OUT, choice.plain, "", one.agency)
    handling = HandlingCode.OPEN if choice is not None else one.line.handling
    return Part(one.line.key, texts, one.line.agency, handling)


def _said(line: Line, others: frozenset[str]) -> Said:
    texts = (line.words, line.childs_words, line.going_well)
    return Said(line.concerns, line.agency_kind, texts, bool(line.childs_words), others)


def _choices(fact: AccessRequest) -> dict[str, Choice]:
    known = {one.id: one for one in exemptions(civil_day(fact.received_at), Asker[fact.asker])}
    found = {}
    for one in AccessLine.objects.filter(request=fact).select_related("by").order_by("at", "pk"):
        exemption = known.get(one.exemption)
        found[one.entry] = Choice(
            exemption.name if exemption else "", exemption.plain if exemption else "", one.reason, one.by.name
        )
    return found


def _words(lines: Iterable[BundleLine], for_: Look) -> tuple[tuple[str, str], ...]:
    """What the words mean: of the codes that stand in these lines, in order."""
    known = codes(civil_day(for_.at))
    text = " ".join(line.what for line in lines).casefold()
    told = {one.label: one.means for one in (*known.kinds.values(), *known.concerns.values()) if one.means}
    return tuple(sorted((label, means) for label, means in told.items() if label.casefold() in text))


def _requests() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.select_related("by__agency", "subject").order_by("received_at", "pk")


def _steps(fact: AccessRequest) -> tuple[StepShown, ...]:
    found = fact.steps.select_related("by").order_by("at", "pk")
    return tuple(StepShown(Doing[one.what], one.reason, one.by.name, one.at) for one in found)


def _due(fact: AccessRequest) -> Due:
    return answer_by(fact.received_at, [(step.what, step.at) for step in _steps(fact)])


def undecided(fact: AccessRequest, at: datetime) -> int:
    """How many lines of a bundle wait for a person, whoever looks (internal: it is not put to a second one before)."""
    head = head_ids([fact.subject_id])[fact.subject_id]
    offered, chosen = exemptions(civil_day(fact.received_at), Asker[fact.asker]), _choices(fact)
    others = link.named_beside(head)
    return sum(
        line.key not in chosen and (line.handling != HandlingCode.OPEN or bool(raised(_said(line, others), offered)))
        for line in story(head)
        if not line.withdrawn and line.received_at <= at
    )
