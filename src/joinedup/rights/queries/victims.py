"""What police and courts asked for, how it stands, and what an agency is asked of its own entries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.chronicle.queries import story
from joinedup.chronicle.rules.line import Line
from joinedup.ground.periods import says
from joinedup.papers.queries.shields import shields_of
from joinedup.papers.rules import Part, Redaction, redact
from joinedup.rights.models import VictimRequest
from joinedup.rights.queries.saying import Beside, entries_of
from joinedup.rights.rules.victims import Demander, Standing, Turn, Turned, lacking, stand
from joinedup.share.queries import Subject, about, agencies, head_ids, may, may_open
from joinedup.share.rules import Look, Permission

ASKED = "asked"  # the part that was typed when the request was kept: who asks, what for


@dataclass(frozen=True)
class TurnShown:
    what: Turn
    reason: str
    by: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Demand:
    """One request. `lines`: (key, words) of what can be chosen; `set`: what was chosen, as they will read it;
    `office`, `wants`: who asks and for what,
    without what is shielded; `lacking`: what is not so before it may go; `mine`: chosen by whoever looks."""

    key: UUID
    fact: VictimRequest
    demander: Demander
    reference: str
    standing: Standing
    steps: tuple[TurnShown, ...]
    lines: tuple[tuple[str, str], ...]
    office: str
    wants: str
    set: tuple[Part, ...]
    withheld: tuple[Redaction, ...]
    lacking: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class DemandListed:
    key: UUID
    reference: str
    who: str
    at: datetime
    standing: str
    over: bool


@dataclass(frozen=True)
class OwnersQuestion:
    """What an agency is asked: may these entries of ours go to them? It reads its own words and nothing else."""

    key: UUID
    fact: VictimRequest
    who: str
    wants: str
    why: str
    excerpts: tuple[str, ...]


def turns_of(request: VictimRequest) -> list[Turned]:
    """What happened with a request, in order of time (internal)."""
    found = request.steps.select_related("by").order_by("at", "pk")
    return [Turned(Turn[one.what], one.by_id, one.by.agency_id, frozenset(one.entries)) for one in found]


def owners_of(request: VictimRequest) -> set[str]:
    """Codes of the agencies whose entries were chosen, but for whoever keeps the request (internal)."""
    chosen = stand(turns_of(request)).chosen
    return {line.agency for line in _story(request) if line.key in chosen} - {request.by.agency_id}


def _story(request: VictimRequest) -> list[Line]:
    return story(_head(request))


def _head(request: VictimRequest) -> int:
    return head_ids([request.subject_id])[request.subject_id]


def demand_of(*, for_: Look, child: Subject, key: UUID) -> Demand | None:
    """One request about a child that was opened; None if there is none of this key. Notes the entries it shows."""
    fact = _demands().filter(about(child), pk=key).first()
    if fact is None:
        return None
    now = stand(turns_of(fact))
    entries = [one for one in entries_of(for_=for_, child=child) if not one.line.withdrawn]
    chosen = [_part(one) for one in entries if one.line.key in now.chosen]
    read = redact([Part(ASKED, (fact.office, fact.wants)), *chosen], shields_of(child.pk, for_.at))
    office, wants = read.parts[0].texts
    lines = tuple((one.line.key, f"{says(one.line.period)}: {one.what}, {one.agency}") for one in entries)
    return Demand(
        fact.pk, fact, Demander[fact.demander], child.reference, now, _steps(fact), lines, office, wants,
        read.parts[1:], read.redactions, tuple(lacking(now, owners_of(fact))), now.chosen_by == for_.practitioner_id,
    )  # fmt: skip


def _part(one: Beside) -> Part:
    """Its owner's word was asked, so that its handling does not keep it back."""
    line = one.line
    return Part(line.key, (says(line.period), one.what, line.words, line.childs_words, one.agency), line.agency)


def _steps(fact: VictimRequest) -> tuple[TurnShown, ...]:
    names = agencies()
    found = fact.steps.select_related("by").order_by("at", "pk")
    return tuple(
        TurnShown(Turn[one.what], one.reason, one.by.name, names[one.by.agency_id].name, one.at) for one in found
    )


def demands_waiting(*, for_: Look) -> list[DemandListed]:
    """The requests that are not answered, about children whom this look may open, the first received first."""
    if not may(for_, Permission.RIGHTS_CASE):
        return []
    found = [one for one in _demands() if may_open(for_=for_, subject=one.subject)]
    for_.note(subjects=[one.subject_id for one in found])
    return [one for one in map(_listed, found) if not one.over]


def demands_of(*, for_: Look, child: Subject) -> list[DemandListed]:
    """Every request about a child that was opened, the latest first."""
    for_.note(subjects=[child.pk])
    return [_listed(one) for one in _demands().filter(about(child)).reverse()]


def owners_questions(*, for_: Look) -> list[OwnersQuestion]:
    """What the look's own agency is asked, and has not answered, the oldest first."""
    if not may(for_, Permission.PAPER_WORD):
        return []
    return [one for fact in _demands().exclude(by__agency=for_.agency) if (one := _question(fact, for_))]


def _question(fact: VictimRequest, for_: Look) -> OwnersQuestion | None:
    now = stand(turns_of(fact))
    if now.over or for_.agency in now.words or for_.agency not in owners_of(fact):
        return None
    ours = [line for line in _story(fact) if line.key in now.chosen and line.agency == for_.agency]
    for_.note(subjects=[fact.subject_id], entries=[line.key for line in ours])
    (typed,) = redact([Part(ASKED, (fact.office, fact.wants, fact.why))], shields_of(_head(fact), for_.at)).parts
    office, wants, why = typed.texts
    who = f"{Demander[fact.demander]}: {office}"
    return OwnersQuestion(fact.pk, fact, who, wants, why, tuple(line.words for line in ours))


def demands_open() -> int:
    """How many are not answered (internal: numbers)."""
    return sum(not one.over for one in map(_listed, _demands()))


def _demands() -> QuerySet[VictimRequest]:
    found = VictimRequest.objects.select_related("subject", "by__agency").prefetch_related("steps__by")
    return found.order_by("at", "pk")


def _listed(fact: VictimRequest) -> DemandListed:
    turns = turns_of(fact)
    standing = str(turns[-1].what) if turns else "received"
    who = f"{Demander[fact.demander]}: {fact.office}"
    return DemandListed(fact.pk, fact.subject.reference, who, fact.at, standing, stand(turns).over is not None)
