"""Which records' time is over, what was proposed and released, and what flow has still to carry out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from joinedup.chronicle import queries as chronicle
from joinedup.ground.clock import civil_day, start_of
from joinedup.ground.periods import read_period
from joinedup.link import queries as link
from joinedup.rights.models import Destruction, DestructionPart
from joinedup.rights.queries.holds import held_by
from joinedup.rights.rules import Ended, Ground, Life, ended, keepings, quiet_years
from joinedup.share.queries import Subject, about, by_reference, may, subjects
from joinedup.share.rules import Look, Permission

SETTLED = ("placed", "quarantined")  # stages in which no worker has the message in hand
WAITS = "waits for a second person"
DAY = timedelta(days=1)
MOST = 200  # records looked through at once, the longest quiet first


@dataclass(frozen=True)
class Proposed:
    """One proposal to destroy a record. `state`: waits for a second person, refused, released, or destroyed."""

    key: UUID
    fact: Destruction
    ground: str
    reason: str
    by: str
    at: datetime
    mine: bool
    messages: int
    destroyed: int
    said: str  # the second person's reason, and who
    state: str

    @property
    def waits(self) -> bool:
        """For a second person."""
        return self.state == WAITS


@dataclass(frozen=True)
class Kept:
    """A child's record as far as its time goes, and nothing that it says. `over`: the period's end has come.

    `ends`: None where it cannot be said, so that it is kept. `held`: why a hold stops it.
    """

    subject: Subject
    rule: str
    source: str
    ends: date | None
    over: bool
    messages: int
    held: tuple[str, ...]
    proposed: tuple[Proposed, ...]


def period_of(head: int, at: datetime) -> Ended | None:
    """Until when a child's record is kept, by the editions in force; None if that cannot be said (internal)."""
    story = chronicle.story(head)
    if not story:
        return None
    life = Life(
        _born(head), civil_day(max(line.received_at for line in story)),
        frozenset(line.kind for line in story), frozenset(line.agency_kind for line in story),
    )  # fmt: skip
    return ended(life, keepings(civil_day(at)))


def _born(head: int) -> date | None:
    """The latest day on which a child may have been born, as any record says; None if none does."""
    said = [read_period(day, None, None, None, None)[0] for _, one in link.statements_of(head) for day in one["born"]]
    return max((period.end - DAY for period in said if period.end), default=None)


def time_over(*, for_: Look) -> list[Kept]:
    """Records whose time is over, the longest quiet first; none for whoever does not keep retention."""
    if not may(for_, Permission.RETENTION_KEEP):
        return []
    day = civil_day(for_.at)
    quiet = start_of(_years_before(day, quiet_years(keepings(day))))
    found = [_kept(for_, head) for head in chronicle.quiet_since(quiet, most=MOST)]
    return [one for one in found if one.over]


def record_of(*, for_: Look, reference: str) -> Kept | None:
    """One child's record by its spoken reference; None if there is none, and for whoever does not keep retention."""
    found = by_reference(reference) if may(for_, Permission.RETENTION_KEEP) else None
    return _kept(for_, found.pk) if found is not None and found.kind == "child" else None


def proposals(*, for_: Look) -> list[tuple[str, Proposed]]:
    """(reference, proposal) of every proposal that waits for a second person, the oldest first."""
    if not may(for_, Permission.RETENTION_KEEP):
        return []
    waiting = _destructions().filter(word=None)
    for_.note(subjects=[one.subject_id for one in waiting])
    return [(one.subject.reference, _proposed(one, for_)) for one in waiting]


def _kept(for_: Look, head: int) -> Kept:
    for_.note(subjects=[head])
    over = period_of(head, for_.at)
    proposed = [_proposed(one, for_) for one in _destructions().filter(about(head))]
    return Kept(
        subjects([head])[head], over.rule.name if over else "", over.rule.source if over else "",
        over.on if over else None, over is not None and over.on <= civil_day(for_.at), len(link.said_of(head)),
        tuple(f"{one.title}: {one.reason}" for one in held_by(head, for_.at)), tuple(proposed),
    )  # fmt: skip


def _destructions() -> QuerySet[Destruction]:
    found = Destruction.objects.select_related("subject", "by", "word__by").prefetch_related("parts__destroyed")
    return found.order_by("at", "pk")


def _proposed(one: Destruction, for_: Look) -> Proposed:
    word = getattr(one, "word", None)
    gone = sum(hasattr(part, "destroyed") for part in one.parts.all())
    return Proposed(
        one.pk, one, Ground[one.ground], one.reason, one.by.name, one.at, one.by_id == for_.practitioner_id,
        len(one.parts.all()), gone, f"{word.by.name}: {word.reason}" if word else "",
        _state(len(one.parts.all()) - gone, None if word is None else word.released),
    )  # fmt: skip


def _state(left: int, released: bool | None) -> str:
    if released is None:
        return WAITS
    if not released:
        return "refused: it is kept"
    return "released: it goes next" if left else "destroyed"


def to_destroy() -> list[UUID]:
    """The destructions that two people released and flow has still to carry out, by key (internal).

    Those that a hold stops are among them until it is lifted; `actions.carry_out` leaves them.
    """
    return list(_released().order_by("destruction").values_list("destruction", flat=True).distinct())


def released_parts(destruction: UUID) -> list[DestructionPart]:
    """What of one destruction was released, and not carried out, in order of the message's key (internal)."""
    return list(_released().filter(destruction=destruction).select_related("destruction").order_by("message"))


def _released() -> QuerySet[DestructionPart]:
    return DestructionPart.objects.filter(destruction__word__released=True, destroyed=None, message__stage__in=SETTLED)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
