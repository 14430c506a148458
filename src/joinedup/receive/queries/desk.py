"""What a person must look at: messages that could not be read, and ids that two bodies claim."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from joinedup.receive.models import Handling, Message
from joinedup.receive.queries.payloads import body_of
from joinedup.receive.queries.put_away import whole
from joinedup.receive.rules.answers import READ
from joinedup.share.queries import may
from joinedup.share.rules import Look, Permission

IN_QUESTION = Q(stage="quarantined") | Q(contested=True)
SHOWN = 200_000  # characters of a message shown on a page; all of it is kept


@dataclass(frozen=True)
class Waiting:
    """One message in question, without its content."""

    key: str
    number: str
    agency: str
    channel: str
    received_at: datetime
    contested: bool
    was_read: bool
    problems: list[dict[str, str]]


def waiting(*, for_: Look) -> list[Waiting]:
    """Everything in question, the longest waiting first. Empty for whoever may not deal with it."""
    if not may(for_, Permission.QUARANTINE_DEAL):
        return []
    return [_waiting(message) for message in _in_question().order_by("received_at", "key")]


def _in_question() -> QuerySet[Message]:
    found = whole(Message.objects.filter(IN_QUESTION, withdrawn_at__isnull=True))
    return found.select_related("receipt", "agency").defer("body")


def _waiting(message: Message) -> Waiting:
    return Waiting(
        key=message.pk,
        number=message.receipt.number,
        agency=message.agency.name,
        channel=message.channel,
        received_at=message.received_at,
        contested=message.contested,
        was_read=message.receipt.status == READ,
        problems=message.receipt.problems,
    )


@dataclass(frozen=True)
class Body:
    """One message opened: its text for showing, what was done with it, and others under the same id."""

    key: str
    number: str
    agency: str
    channel: str
    received_at: datetime
    stage: str
    was_read: bool
    contested: bool
    withdrawn_at: datetime | None
    problems: list[dict[str, str]]
    text: str
    cut: bool
    handlings: list[Handling]


def opened(*, for_: Look, number: str) -> list[Body]:
    """The message with this receipt, first, then the others that stand under its id; empty if there is none to see.

    Only what is, or was, in question opens here: this is no way to read what was read and placed.
    """
    if not may(for_, Permission.QUARANTINE_DEAL):
        return []
    bodies_here = whole(Message.objects.select_related("receipt", "agency", "payload_key"))
    message = bodies_here.filter(receipt__number=number).first()
    if message is None or not (message.stage == "quarantined" or message.contested or message.handlings.exists()):
        return []
    others = bodies_here.filter(agency=message.agency_id, sender_id=message.sender_id).exclude(pk=message.pk)
    bodies = [message, *others.order_by("received_at", "key")]
    for_.note(entries=[body.pk for body in bodies])
    return [_body(body) for body in bodies]


def _body(message: Message) -> Body:
    text = readable(body_of(message))
    return Body(
        key=message.pk,
        number=message.receipt.number,
        agency=message.agency.name,
        channel=message.channel,
        received_at=message.received_at,
        stage=message.stage,
        was_read=message.receipt.status == READ,
        contested=message.contested,
        withdrawn_at=message.withdrawn_at,
        problems=message.receipt.problems,
        text=text[:SHOWN],
        cut=len(text) > SHOWN,
        handlings=list(message.handlings.select_related("by").order_by("at", "pk")),
    )


def readable(body: bytes) -> str:
    """Any bytes as text that is safe to show: what is no character shows as a mark, as do control characters."""
    text = body.decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text.replace("\r\n", "\n"))
