"""The desk: what is mine, what is late, what is new, by clock; one row for each child, everything bundled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

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
    def first(self) -> Open:
        """What is due first, and so speaks for the row."""
        return self.items[0]


@dataclass(frozen=True)
class Desk:
    """`rows` as asked for, of `total` children in order of clocks; `late` of them have a clock that ran out."""

    rows: tuple[DeskRow, ...]
    total: int
    late: int


def desk(*, for_: Look, first: int = 0, end: int | None = None) -> Desk:
    """The look's desk in order of clocks, the rows from `first` to before `end`. Notes every child it shows.

    New children's items for the front door, their own children's for those who hold a case, questions for the role
    they are put to; at night for out-of-hours whatever cannot wait.
    """
    found: dict[int, list[DeskItem]] = defaultdict(list)
    shown = DeskItem.objects.filter(PUSHED, lies_before(for_), shows_from__lte=for_.at).select_related("subject")
    for item in shown:
        found[item.subject_id].append(item)
    heads = sorted(found, key=lambda head: min(map(by_clock, found[head])))
    late = sum(any(item.due and item.due <= for_.at for item in items) for items in found.values())
    rows = desk_rows(for_, {head: found[head] for head in heads[first:end]})
    for_.note(subjects=[row.head for row in rows])
    return Desk(tuple(rows), len(heads), late)


def by_clock(item: DeskItem) -> tuple[bool, datetime, datetime, str]:
    return (item.due is None, item.due or item.since, item.since, item.key)


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


def desk_rows(for_: Look, found: dict[int, list[DeskItem]]) -> list[DeskRow]:
    items: dict[str, int] = {item.key: head for head, rows in found.items() for item in rows}
    spoken: dict[int, list[Open]] = defaultdict(list)
    for one in in_words(for_=for_, rows=[item for rows in found.values() for item in rows]):
        spoken[items[one.key]].append(one)
    holders = holders_of(list(found))
    names = {holder: share.name_of(holder) for holder in set(holders.values())}
    return [
        DeskRow(
            head=head,
            reference=rows[0].subject.reference,
            items=tuple(spoken[head]),
            holder=names.get(holders.get(head, 0), ""),
            mine=holders.get(head) == for_.practitioner_id,
        )
        for head, rows in found.items()
        if spoken[head]
    ]


def open_on(*, for_: Look, head: int) -> list[Open]:
    """Everything that stands open about one child, put off or not, for the child's page and for deciding."""
    for_.note(subjects=[head])
    return in_words(for_=for_, rows=DeskItem.objects.filter(NOT_A_QUESTION, subject=head))


def questions_on(*, for_: Look, head: int) -> list[Open]:
    """What is asked about one child, as far as the look may know: of its own agency, or of everybody."""
    rows = DeskItem.objects.filter(kind="question", subject=head)
    return in_words(for_=for_, rows=rows)


def questions_waiting(*, for_: Look) -> int:
    """How many questions wait for an answer of this look's role at its agency."""
    return DeskItem.objects.filter(kind="question", role__in=for_.roles, agency=for_.agency).count()


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
