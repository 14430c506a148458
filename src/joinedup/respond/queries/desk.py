"""The desk: what is mine, what is late, what is new, by clock; one row for each child, everything bundled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Min, Q

from joinedup.respond.models import Contact, DeskItem, Seen
from joinedup.respond.queries.derivation import holders_of
from joinedup.respond.queries.items import Open, in_words
from joinedup.respond.rules.hours import in_office_hours, last_close
from joinedup.share import queries as share
from joinedup.share.rules import Look, Permission

MASH, NIGHT = "mash-social-worker", "out-of-hours"
NOBODY = Q(pk__in=())
NOT_A_QUESTION = ~Q(kind="question")
PUSHED = ~Q(kind="finding", tier="know")  # tier *know* stays on the child's page (trust 4.2)


@dataclass(frozen=True)
class DeskRow:
    """One child on the desk: everything that stands open about them, in one row, by its earliest clock."""

    head: int
    reference: str
    items: tuple[Open, ...]
    holder: str = ""
    mine: bool = False

    @property
    def clocks(self) -> tuple[Open, ...]:
        """The items whose clocks are shown: what is due first, and whatever must be looked at now."""
        timed = [item for item in self.items if item.due]
        return tuple(timed[:1] + [item for item in timed[1:] if item.tier == "now"])


@dataclass(frozen=True)
class Desk:
    """Whom the desk holds: `heads` in order of their earliest clocks; `late` of them have a clock that ran out."""

    heads: tuple[int, ...]
    late: int


def desk(*, for_: Look) -> Desk:
    """The look's desk in order of clocks; `desk_rows` says what of whom.

    New children's items for the front door, their own children's for those who hold a case, questions for the role
    they are put to; at night for out-of-hours whatever cannot wait.
    """
    shown = DeskItem.objects.filter(PUSHED, lies_before(for_), shows_from__lte=for_.at)
    first: dict[int, tuple[bool, datetime, datetime, str]] = {}
    for head, due, since, key in shown.values_list("subject_id", "due", "since", "key"):
        order = (due is None, due or since, since, key)
        first[head] = min(order, first.get(head, order))
    late = sum(not no_clock and due <= for_.at for no_clock, due, _, _ in first.values())
    return Desk(tuple(sorted(first, key=lambda head: first[head])), late)


def desk_rows(*, for_: Look, heads: Sequence[int]) -> list[DeskRow]:
    """What stands open about these children of the look's desk, in the order given. Notes each child it shows."""
    shown = DeskItem.objects.filter(PUSHED, lies_before(for_), shows_from__lte=for_.at, subject__in=heads)
    items = list(shown.select_related("subject"))
    head_of = {item.key: item.subject_id for item in items}
    references = {item.subject_id: item.subject.reference for item in items}
    spoken: dict[int, list[Open]] = defaultdict(list)
    for one in in_words(for_=for_, rows=items):
        spoken[head_of[one.key]].append(one)
    holders = holders_of(list(spoken))
    names = {holder: share.name_of(holder) for holder in set(holders.values())}
    for_.note(subjects=spoken)
    return [
        DeskRow(
            head=head,
            reference=references[head],
            items=tuple(spoken[head]),
            holder=names.get(holders.get(head, 0), ""),
            mine=holders.get(head) == for_.practitioner_id,
        )
        for head in heads
        if head in spoken
    ]


def lies_before(for_: Look) -> Q:
    """Which desk items are this look's. Only who may decide is shown what is to be decided."""
    question = Q(kind="question", role__in=for_.roles, agency=for_.agency)
    if not share.may(for_, Permission.DECIDE):
        return question
    mine = Q(subject__in=share.work_of(for_=for_).values("pk")) & NOT_A_QUESTION
    return reduce(or_, [question, mine, *front_door(for_)])


def front_door(for_: Look) -> Iterable[Q]:
    """New children for the MASH; for out-of-hours, while the day desk is closed, what cannot wait for it."""
    if MASH in for_.roles:
        held = share.heads_with(relation="allocated", at=for_.at).values("pk")
        yield ~Q(subject__in=held) & NOT_A_QUESTION
    if NIGHT in for_.roles and not in_office_hours(for_.at):
        yield Q(kind="finding", tier="now")
        yield Q(kind__in=("contact", "referral"), since__gte=last_close(for_.at))


def open_on(*, for_: Look, head: int) -> list[Open]:
    """Everything that stands open about one child, put off or not, for the child's page and for deciding."""
    for_.note(subjects=[head])
    return in_words(for_=for_, rows=DeskItem.objects.filter(NOT_A_QUESTION, subject=head))


def hanging(heads: Collection[int]) -> dict[int, tuple[int, datetime | None]]:
    """How many open items hang on each head, and the earliest clock among them (internal: what to look at first)."""
    rows = DeskItem.objects.filter(NOT_A_QUESTION, subject__in=heads).values("subject")
    return {row["subject"]: (row["n"], row["first"]) for row in rows.annotate(n=Count("pk"), first=Min("due"))}


def questions_on(*, for_: Look, head: int) -> list[Open]:
    """What is asked about one child, as far as the look may know: of its own role, or of everybody."""
    rows = DeskItem.objects.filter(kind="question", subject=head)
    return in_words(for_=for_, rows=rows)


def questions_waiting(*, for_: Look) -> int:
    """How many questions wait for an answer of this look's role at its agency."""
    return DeskItem.objects.filter(kind="question", role__in=for_.roles, agency=for_.agency).count()


def on_desk(*, for_: Look, head: int) -> bool:
    """True if something about this child lies on the look's desk now: that is reason enough to open it."""
    return DeskItem.objects.filter(PUSHED, lies_before(for_), subject=head, shows_from__lte=for_.at).exists()


def unseen(*, for_: Look, head: int) -> list[str]:
    """Messages about this child that stand open as contacts and that this person has not opened before."""
    open_now = DeskItem.objects.filter(kind="contact", subject=head).values("ref")
    messages = Contact.objects.filter(key__in=open_now).values_list("message_id", flat=True)
    seen = Seen.objects.filter(by=for_.practitioner_id, message__in=messages).values_list("message_id", flat=True)
    return sorted(set(messages) - set(seen))


@dataclass(frozen=True)
class Worker:
    """Somebody who works with a child: in which relation, by name, at which agency."""

    relation: str
    name: str
    agency: str


@dataclass(frozen=True)
class Holding:
    """Who works with a child and who holds its items now (`holder`: their id, None for nobody)."""

    workers: tuple[Worker, ...]
    holder: int | None
    holder_name: str
    mine: bool


RELATIONS = {
    "allocated": "Allocated worker",
    "manager": "Team manager",
    "iro": "Independent reviewing officer",
    "chair": "Conference chair",
}


def holding(*, for_: Look, head: int) -> Holding:
    """Who works with this child: staff's names follow the child's opening. Notes the child."""
    for_.note(subjects=[head])
    involved = [one for one in share.allocated_to(head, at=for_.at) if one.relation in RELATIONS]
    involved.sort(key=lambda one: list(RELATIONS).index(one.relation))
    workers = tuple(
        Worker(RELATIONS[one.relation], str(one.practitioner.name), one.agency.name)
        for one in involved
        if one.practitioner
    )
    holder = holders_of([head]).get(head)
    name = share.name_of(holder) if holder else ""
    return Holding(workers, holder, name, holder is not None and holder == for_.practitioner_id)
