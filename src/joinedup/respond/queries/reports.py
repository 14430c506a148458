"""My agency's reports: receipt, seen by a person, outcome. Nothing of anybody else's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from joinedup.chronicle.queries.briefs import Brief, briefs, subjects_told
from joinedup.ground.clock import civil_day
from joinedup.link import queries as link
from joinedup.receive import queries as received
from joinedup.respond.models import Contact, Decision, DeskItem, Seen
from joinedup.respond.queries.items import told_in_words
from joinedup.respond.rules.choices import CHOICES
from joinedup.respond.rules.contacts import contact_key
from joinedup.sealed import queries as sealed
from joinedup.sealed.queries import Cover
from joinedup.share import queries as share
from joinedup.share.rules import Field, Look, Source


@dataclass(frozen=True)
class Answer:
    """What became of a report, for one child it was about. `waiting`: for a decision, which may be another one.

    `name`: empty where it may not be shown; `told`: what was reported, in the words of its codes, where that may be.
    """

    reference: str
    name: str
    told: str
    outcome: str
    feedback: str
    at: datetime | None
    waiting: bool

    @property
    def again(self) -> bool:
        """It was answered, and what the answer stood on changed, so that it is looked at once more."""
        return self.waiting and bool(self.outcome)


@dataclass(frozen=True)
class Report:
    """One of an agency's own reports. `state`: how far it is, in words; `problems`: sentences with what to do.

    `asked`: somebody was asked to decide, so that somebody is to see it.
    """

    receipt: str
    received_at: datetime
    state: str
    seen_at: datetime | None
    asked: bool
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A child of whom the look's own agency was told by others."""

    reference: str
    name: str
    since: datetime


def told_us(*, for_: Look, limit: int = 25) -> list[Told]:
    """The children of whom the look's own agency was told, as far as it may know them, the latest first."""
    since = share.told_of(for_=for_, limit=limit)
    names, heads = link.names(for_=for_, heads=since), share.subjects(since)
    return [Told(heads[head].reference, names[head], at) for head, at in since.items() if head in names]


def reports_total(*, for_: Look) -> int:
    """How many reports the look's own agency has sent."""
    return received.sent_total(for_=for_)


def reports_of(*, for_: Look, first: int = 0, end: int = 200) -> list[Report]:
    """The look's own agency's reports, latest first, from `first` to before `end`. Notes each child named."""
    sent = received.sent_by(for_=for_, first=first, end=end)
    keys = [one.key for one in sent]
    seen = first_seen(keys)
    contacts = contacts_of(keys)
    stopped = sealed.covers(keys)
    answers = answers_to(for_, keys, contacts, stopped)
    return [
        Report(
            receipt=one.receipt,
            received_at=one.received_at,
            state=one.state,
            seen_at=earliest([seen.get(one.key), *(cover.seen_at for cover in stopped.get(one.key, []))]),
            asked=any(found.waiting or found.outcome for found in answers[one.key]),
            answers=tuple(answers[one.key]),
            problems=one.problems,
        )
        for one in sent
    ]


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)


def first_seen(messages: Collection[str]) -> dict[str, datetime]:
    """By message, the first time that a person who may decide opened it. Who that was tells where it went: not said."""
    return dict(Seen.objects.filter(message__in=messages).order_by("-at", "-pk").values_list("message_id", "at"))


def contacts_of(messages: Collection[str]) -> dict[str, list[Contact]]:
    """By message, what it brought to somebody's desk, for each child it was about."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(message__in=messages).order_by("received_at", "key"):
        found[contact.message_id].append(contact)
    return dict(found)


def answers_to(
    for_: Look, messages: Collection[str], contacts: Mapping[str, list[Contact]], stopped: Mapping[str, list[Cover]]
) -> dict[str, list[Answer]]:
    """By message, what became of it for each child; an outcome only where the policy lets it go back."""
    about = heads_of(messages, contacts)
    heads = {head for told in about.values() for head in told} | {
        one.subject for held in stopped.values() for one in held
    }
    hidden = share.mask(for_=for_, what=Field.OUTCOME, source=Source.OWN)
    decided = {} if hidden else latest_answers(heads)
    keys = [contact.key for found in contacts.values() for contact in found]
    waiting = set(DeskItem.objects.filter(kind="contact", ref__in=keys).values_list("ref", flat=True))
    references = {head: subject.reference for head, subject in share.subjects(heads).items()}
    names, told = link.names(for_=for_, heads=heads), told_by(for_, messages)
    for_.note(subjects=heads)
    found: dict[str, list[Answer]] = defaultdict(list)
    for message in messages:
        for head, contact in about.get(message, {}).items():
            key = contact.key if contact else ""
            says = told_in_words(told[message, head], on=civil_day(for_.at)) if (message, head) in told else ""
            found[message].append(answer(references[head], names.get(head, ""), says, decided.get(key), key in waiting))
        for cover in stopped.get(message, []):
            earlier = decided.get(contact_key(message, references[cover.subject]))
            found[message].append(covered(cover, references[cover.subject], earlier, told_back=not hidden))
    return found


def covered(cover: Cover, reference: str, earlier: Decision | None, *, told_back: bool) -> Answer:
    """What was stopped for a sealed identity, as any report of a child whose case is locked."""
    known = answer(reference, "", "", earlier, waiting=not (cover.outcome or earlier))
    if not (cover.outcome and told_back):
        return known
    return replace(known, outcome=CHOICES[cover.outcome].told_as, feedback=cover.feedback, at=cover.at)


def heads_of(messages: Collection[str], contacts: Mapping[str, list[Contact]]) -> dict[str, dict[int, Contact | None]]:
    """By message, the children it was about, each with what came of it to a desk (None: it was only kept)."""
    told = subjects_told([message for message in messages if message not in contacts])
    top = share.head_ids({subject for subjects in told.values() for subject in subjects})
    about: dict[str, dict[int, Contact | None]] = {
        message: {contact.subject_id: contact for contact in found} for message, found in contacts.items()
    }
    return about | {message: {top[subject]: None for subject in subjects} for message, subjects in told.items()}


def told_by(for_: Look, messages: Collection[str]) -> dict[tuple[str, int], list[Brief]]:
    """By message and child, what may be shown of what was told."""
    found = briefs(for_=for_, messages=messages)
    top = share.head_ids({brief.subject for brief in found})
    told: dict[tuple[str, int], list[Brief]] = defaultdict(list)
    for brief in found:
        told[brief.message, top[brief.subject]].append(brief)
    return told


def latest_answers(heads: Iterable[int]) -> dict[str, Decision]:
    """By contact, the latest decision that names it."""
    heads = list(heads)
    rows = Decision.objects.filter(Q(subject__in=heads) | Q(subject__head__in=heads)).order_by("at", "id")
    return {key: row for row in rows for key in row.contacts}


def answer(reference: str, name: str, told: str, decision: Decision | None, waiting: bool) -> Answer:
    return Answer(
        reference=reference,
        name=name,
        told=told,
        outcome=CHOICES[decision.what].told_as if decision else "",
        feedback=decision.feedback if decision else "",
        at=decision.at if decision else None,
        waiting=waiting,
    )
