"""My agency's reports: receipt, seen by a person, outcome. Nothing of anybody else's."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from joinedup.receive import queries as received
from joinedup.respond.models import Contact, Decision, DeskItem, Seen
from joinedup.respond.rules.choices import CHOICES
from joinedup.share import queries as share
from joinedup.share.rules import Field, Look, Source


@dataclass(frozen=True)
class Answer:
    """What became of a report, for one child it was about. `waiting`: for a decision, which may be another one."""

    reference: str
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
    """One of an agency's own reports. `state`: how far it is, in words; `problems`: sentences with what to do."""

    receipt: str
    received_at: datetime
    state: str
    seen_at: datetime | None
    seen_by: str
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]


def reports_of(*, for_: Look, limit: int = 200) -> list[Report]:
    """The look's own agency's reports, latest first. Notes each child named."""
    sent = received.sent_by(for_=for_, limit=limit)
    keys = [one.key for one in sent]
    seen = first_seen(keys)
    answers = answers_to(for_, keys)
    return [
        Report(
            receipt=one.receipt,
            received_at=one.received_at,
            state=one.state,
            seen_at=seen[one.key].at if one.key in seen else None,
            seen_by=seen[one.key].by.name if one.key in seen else "",
            answers=tuple(answers[one.key]),
            problems=one.problems,
        )
        for one in sent
    ]


def first_seen(messages: Collection[str]) -> dict[str, Seen]:
    """By message, the first time that a person who may decide opened it."""
    rows = Seen.objects.filter(message__in=messages).select_related("by").order_by("-at", "-pk")
    return {row.message_id: row for row in rows}


def answers_to(for_: Look, messages: Collection[str]) -> dict[str, list[Answer]]:
    """By message, what became of it for each child; an outcome only where the policy lets it go back."""
    contacts = list(
        Contact.objects.filter(message__in=messages).select_related("subject").order_by("received_at", "key")
    )
    hidden = share.mask(for_=for_, what=Field.OUTCOME, source=Source.OWN)
    decided = {} if hidden else latest_answers({contact.subject_id for contact in contacts})
    keys = [contact.key for contact in contacts]
    waiting = set(DeskItem.objects.filter(kind="contact", ref__in=keys).values_list("ref", flat=True))
    found: dict[str, list[Answer]] = defaultdict(list)
    for contact in contacts:
        found[contact.message_id].append(answer(contact, decided.get(contact.key), contact.key in waiting))
    for_.note(subjects={contact.subject_id for contact in contacts})
    return found


def latest_answers(heads: Collection[int]) -> dict[str, Decision]:
    """By contact, the latest decision that names it."""
    rows = Decision.objects.filter(Q(subject__in=heads) | Q(subject__head__in=heads)).order_by("at", "id")
    return {key: row for row in rows for key in row.contacts}


def answer(contact: Contact, decision: Decision | None, waiting: bool) -> Answer:
    return Answer(
        reference=contact.subject.reference,
        outcome=CHOICES[decision.what].told_as if decision else "",
        feedback=decision.feedback if decision else "",
        at=decision.at if decision else None,
        waiting=waiting,
    )
