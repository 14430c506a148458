"""Everything respond reads. What answers people takes `for_` and is filtered by share; the rest serves derivation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.receive import queries as received
from joinedup.recognise import queries as recognise
from joinedup.respond.models import Action, Contact, Decision, DeskItem, Seen, Taking
from joinedup.respond.rules import who
from joinedup.respond.rules.choices import CHOICES
from joinedup.respond.rules.contacts import approaches
from joinedup.respond.rules.laying_out import Item
from joinedup.respond.rules.openness import Decided, Evidence, fallen
from joinedup.share import queries as share
from joinedup.share.rules import Actor, Field, Look

FRONT_DOOR = frozenset({"mash-social-worker", "out-of-hours"})


# What serves derivation: no look, never called from a page.


def decisions_on(head: int) -> list[Decided]:
    """Every decision on a child, oldest first, as the rules read it."""
    return [decided(row) for row in Decision.objects.filter(subject__in=share.members(head)).order_by("at", "id")]


def decided(row: Decision) -> Decided:
    return Decided(
        key=str(row.id),
        what=row.what,
        themes=frozenset(row.themes),
        contacts=frozenset(row.contacts),
        entries=frozenset(row.entries),
        at=row.at,
        until=row.until,
    )


def evidence_of(head: int) -> list[Evidence]:
    """A child's findings as the rules of openness read them."""
    return [
        Evidence(finding.key, finding.theme, finding.tier, frozenset(finding.entries), finding.since)
        for finding in recognise.findings_at(head)
    ]


def questions_of(head: int, lines: Iterable[Line]) -> list[Item]:
    """Questions that a pattern puts to a named role at the agencies whose entries it stands on."""
    agencies = {line.key: (line.agency_kind, line.agency) for line in lines}
    return [
        Item("question", ground.key, ground.shown_at, ground.shown_at, None, finding.theme, ground.tier, role, agency)
        for finding in recognise.findings_at(head)
        for ground in finding.grounds
        for role, kinds in ground.asks
        for agency in sorted({agencies[key][1] for key in ground.entries if agencies.get(key, ("",))[0] in kinds})
    ]


def entries_answered(head: int, answers: frozenset[str], findings: Iterable[Evidence]) -> frozenset[str]:
    """Keys of the entries a decision saw: those of the contacts it answers and of the findings."""
    lines = chronicle.story(head)
    messages = {one.message for one in approaches(lines) if one.key in answers}
    seen = frozenset(line.key for line in lines if line.message in messages)
    return seen.union(*(finding.entries for finding in findings))


def holds_case(by: Actor, head: int, at: datetime) -> bool:
    """True if this person is the child's allocated worker or their manager now."""
    held = share.allocated_to(head, at=at)
    return any(one.practitioner_id == by.practitioner_id and one.relation in ("allocated", "manager") for one in held)


def holder_of(head: int) -> int | None:
    """The practitioner who took a child's items last, or None."""
    latest = Taking.objects.filter(subject__in=share.members(head)).order_by("-at", "-id").first()
    return latest.taken_by_id if latest else None


# What answers people.


@dataclass(frozen=True)
class Open:
    """One open item as the desk and the child's page show it. `says`: sentences; `due` None: no clock (tier *know*)."""

    key: str
    kind: str
    ref: str
    theme: str
    tier: str
    since: datetime
    due: datetime | None
    says: tuple[str, ...]
    agency: str = ""
    message: str = ""


@dataclass(frozen=True)
class DeskRow:
    """One child on the desk: everything that stands open about them, in one row, by its earliest clock."""

    head: int
    reference: str
    items: tuple[Open, ...]
    holder: str = ""
    mine: bool = False

    @property
    def due(self) -> datetime | None:
        return min((item.due for item in self.items if item.due), default=None)


def desk(*, for_: Look) -> list[DeskRow]:
    """The look's desk: new children's items for the front door, their own children's for those who hold a case,
    questions for the role they are put to. In order of clocks. Notes every child it shows."""
    items = DeskItem.objects.filter(shows_from__lte=for_.at).filter(lies_before(for_)).select_related("subject")
    by_child: dict[int, list[DeskItem]] = defaultdict(list)
    for item in items.exclude(tier="know", kind="finding"):
        by_child[item.subject_id].append(item)
    rows = [desk_row(for_, head, found) for head, found in by_child.items()]
    for_.note(subjects=by_child)
    return sorted(rows, key=lambda row: (row.due is None, row.due or for_.at, row.items[0].since, row.reference))


def lies_before(for_: Look) -> Q:
    """Which desk items are this look's."""
    mine = share.work_of(for_=for_).filter(kind="child").values("pk")
    question = Q(kind="question", role__in=for_.roles, agency=for_.agency)
    case = Q(subject__in=mine) & ~Q(kind="question")
    if for_.roles & FRONT_DOOR:
        case |= ~Q(subject__in=share.heads_with(relation="allocated", at=for_.at)) & ~Q(kind="question")
    return question | case


def desk_row(for_: Look, head: int, found: list[DeskItem]) -> DeskRow:
    holder = holder_of(head)
    opened = sorted(open_items(found), key=lambda item: (item.due is None, item.due or item.since, item.since, item.key))
    return DeskRow(
        head=head,
        reference=found[0].subject.reference,
        items=tuple(opened),
        holder=share.name_of(holder) if holder else "",
        mine=holder is not None and holder == for_.practitioner_id,
    )


def open_on(*, for_: Look, head: int) -> list[Open]:
    """Everything that stands open about one child, put off or not, for the child's page and for deciding."""
    for_.note(subjects=[head])
    return open_items(DeskItem.objects.filter(subject=head).exclude(kind="question"))


def open_items(rows: Iterable[DeskItem]) -> list[Open]:
    """Desk rows with their sentences: a few queries, however many rows."""
    rows = list(rows)
    contacts = Contact.objects.select_related("agency").in_bulk([row.ref for row in rows if row.kind == "contact"])
    findings = recognise.findings_by_key([row.ref for row in rows if row.kind == "finding"])
    grounds = recognise.grounds_by_key([row.ref for row in rows if row.kind == "question"])
    referrals = Decision.objects.select_related("by").in_bulk([UUID(row.ref) for row in rows if row.kind == "referral"])
    opened = []
    for row in rows:
        contact, finding = contacts.get(row.ref), findings.get(row.ref)
        if contact:
            says = [f"{contact.agency.name}: {concerns_in_words(contact.concerns, on=civil_day(row.since))}"]
        elif finding:
            says = [ground.sentence for ground in finding.grounds]
        elif row.kind == "question":
            says = [grounds[row.ref].sentence]
        else:
            says = [f"Made a referral by {referrals[UUID(row.ref)].by.name}: {referrals[UUID(row.ref)].why}"]
        opened.append(
            Open(
                key=row.key,
                kind=row.kind,
                ref=row.ref,
                theme=row.theme,
                tier=row.tier,
                since=row.since,
                due=row.due,
                says=tuple(says),
                agency=contact.agency_id if contact else row.agency,
                message=contact.message_id if contact else "",
            )
        )
    return opened


def concerns_in_words(concerns: Iterable[str], *, on: date) -> str:
    """Labels of concern codes as a plain list."""
    known = codes(on).concerns
    labels = [known[code].label if code in known else code for code in concerns]
    return ", ".join(labels) or "no concern stated"


@dataclass(frozen=True)
class DecisionShown:
    """A decision as the child's page shows it. `fallen`: the entries it saw are no longer all this child's."""

    at: datetime
    by: str
    what: str
    why: str
    until: datetime | None
    wrong_part: str
    feedback: str
    fallen: bool
    steps: tuple["StepShown", ...]


@dataclass(frozen=True)
class StepShown:
    id: UUID
    agency: str
    owner: str
    what: str
    due: datetime | None
    done_at: datetime | None


def decisions_of(*, for_: Look, head: int) -> list[DecisionShown]:
    """What was decided about a child, latest first, with each action and whether it was done. Empty where masked."""
    if share.mask(for_=for_, what=Field.DECISION, subject=share.subject(head)):
        return []
    for_.note(subjects=[head])
    entries = frozenset(line.key for line in chronicle.story(head))
    rows = Decision.objects.filter(subject__in=share.members(head)).select_related("by").order_by("-at", "-id")
    return [shown(row, entries) for row in rows.prefetch_related("actions__done", "actions__agency")]


def shown(row: Decision, entries: frozenset[str]) -> DecisionShown:
    return DecisionShown(
        at=row.at,
        by=row.by.name,
        what=CHOICES[row.what].label,
        why=row.why,
        until=row.until,
        wrong_part=row.wrong_part,
        feedback=row.feedback,
        fallen=fallen(decided(row), entries),
        steps=tuple(step_shown(action) for action in row.actions.all()),
    )


def step_shown(action: Action) -> StepShown:
    done = [one.at for one in action.done.all()]
    return StepShown(action.id, action.agency.name, action.owner, action.what, action.due, min(done, default=None))


@dataclass(frozen=True)
class Report:
    """One of an agency's own reports and what became of it. `seen`: (name of role or person, when)."""

    receipt: str
    message: str
    received_at: datetime
    status: str
    children: tuple[str, ...]
    seen_at: datetime | None
    seen_by: str
    outcome: str
    feedback: str
    decided_at: datetime | None
    problems: tuple[str, ...] = field(default=())


def reports_of(*, for_: Look, limit: int = 200) -> list[Report]:
    """The look's own agency's reports, latest first: receipt, seen by a person, outcome. Nothing of anybody else's.

    Raises nothing for an agency without reports: the list is empty.
    """
    sent = received.sent_by(for_=for_, limit=limit)
    keys = [one.key for one in sent]
    seen = {row.message_id: row for row in Seen.objects.filter(message__in=keys).select_related("by").order_by("-at")}
    contacts: dict[str, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(message__in=keys).select_related("subject"):
        contacts[contact.message_id].append(contact)
    return [report(one, seen.get(one.key), contacts[one.key]) for one in sent]


def report(one: received.Sent, seen: Seen | None, contacts: list[Contact]) -> Report:
    answer = latest_answer(contacts)
    return Report(
        receipt=one.receipt,
        message=one.key,
        received_at=one.received_at,
        status=one.stage,
        children=tuple(contact.subject.reference for contact in contacts),
        seen_at=seen.at if seen else None,
        seen_by=seen.by.name if seen else "",
        outcome=CHOICES[answer.what].told_as if answer else "",
        feedback=answer.feedback if answer else "",
        decided_at=answer.at if answer else None,
        problems=one.problems,
    )


def latest_answer(contacts: list[Contact]) -> Decision | None:
    """The latest decision that answered one of these contacts."""
    keys = {contact.key for contact in contacts}
    subjects = {contact.subject_id for contact in contacts}
    found = Decision.objects.filter(Q(subject__in=subjects) | Q(subject__head__in=subjects)).order_by("-at", "-id")
    return next((row for row in found if keys & set(row.contacts)), None)


def to_see(*, for_: Look, head: int) -> list[str]:
    """Messages about this child that stand open as contacts: what somebody who opens the page now sees."""
    return [item.message for item in open_on(for_=for_, head=head) if item.message]


def actions_on(*, head: int, agency: str) -> set[UUID]:
    """Ids of a child's actions that this agency was given."""
    found = Action.objects.filter(decision__subject__in=share.members(head), agency=agency)
    return set(found.values_list("id", flat=True))


@dataclass(frozen=True)
class NightDecision:
    """One decision of the hand-over: about whom, what, why, by whom."""

    reference: str
    what: str
    why: str
    by: str
    at: datetime


def decided_between(*, for_: Look, since: datetime, until: datetime) -> list[NightDecision]:
    """Decisions recorded in this time about children the look may open, earliest first. Notes each child."""
    found = Decision.objects.filter(at__gte=since, at__lt=until).select_related("by", "subject").order_by("at", "id")
    rows = [row for row in found if share.may_open(for_=for_, subject=row.subject)]
    for_.note(subjects=[row.subject.head_id or row.subject_id for row in rows])
    return [NightDecision(row.subject.reference, CHOICES[row.what].label, row.why, row.by.name, row.at) for row in rows]
