"""What a sender may know of its own messages: receipts, and how far each one is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from joinedup.receive.models import Message, Receipt
from joinedup.receive.queries.put_away import DESTROYED
from joinedup.share.rules import Look

STATES = {"unread": "read", "quarantined": "waiting for a person", "placed": "placed", DESTROYED: DESTROYED}


@dataclass(frozen=True)
class Tracked:
    """How far one message is. `state`: read, waiting for a person, placed, withdrawn or destroyed."""

    key: str
    number: str
    status: int
    given_at: datetime
    state: str
    contested: bool
    problems: list[dict[str, str]]


def track(*, for_: Look, number: str) -> Tracked | None:
    """The state of a receipt, for the look's agency if it was given it; None for anybody else."""
    found = Receipt.objects.filter(number=number, message__agency=for_.agency)
    return next(iter(tracked(found)), None)


def tracked(receipts: QuerySet[Receipt]) -> list[Tracked]:
    """These receipts with the states of their messages."""
    return [
        Tracked(
            key=one.pk,
            number=one.number,
            status=one.status,
            given_at=one.given_at,
            state=state_of(one.message),
            contested=one.message.contested,
            problems=one.problems,
        )
        for one in receipts.select_related("message").defer("message__body")
    ]


def state_of(message: Message) -> str:
    """How far a message is, in the word that its sender is told."""
    gone = message.stage == DESTROYED
    return "withdrawn" if message.withdrawn_at and not gone else STATES[message.stage]


@dataclass(frozen=True)
class SentReport:
    """One of an agency's own messages. `state` in words; `problems`: sentences with what to do."""

    key: str
    receipt: str
    received_at: datetime
    state: str
    problems: tuple[str, ...]


IN_WORDS = {
    "read": "Received",
    "waiting for a person": "Kept; a person is looking at it",
    "placed": "Read",
    "withdrawn": "Withdrawn or replaced by a correction",
    DESTROYED: "Destroyed: the time for which it was kept is over",
}


def sent_total(*, for_: Look) -> int:
    """How many messages the look's own agency has sent."""
    return Receipt.objects.filter(message__agency=for_.agency).count()


def sent_by(*, for_: Look, first: int, end: int) -> list[SentReport]:
    """The messages of the look's own agency, the latest first, from `first` to before `end`."""
    own = Receipt.objects.filter(message__agency=for_.agency).order_by("-given_at", "-number")[first:end]
    return [
        SentReport(one.key, one.number, one.given_at, IN_WORDS[one.state], sentences(one.problems))
        for one in tracked(own)
    ]


def sentences(problems: list[dict[str, str]]) -> tuple[str, ...]:
    """What is not right and what to do, each once."""
    return tuple(dict.fromkeys(f"{one['says']} {one['do']}" for one in problems))
