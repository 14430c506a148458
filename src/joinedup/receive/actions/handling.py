"""What people do with messages that could not be read, or that two bodies claim. Each is a fact with its reason."""

import json
from collections.abc import Sequence
from datetime import datetime

from joinedup.ground.keys import new_fact_id
from joinedup.receive.actions.receiving import receive
from joinedup.receive.actions.standing import AGAIN, CHOSEN, handle
from joinedup.receive.models import Message
from joinedup.receive.queries import known, message_of
from joinedup.receive.rules.answers import Acknowledged
from joinedup.receive.rules.problems import Problem
from joinedup.receive.rules.read import JSON, parse, read
from joinedup.share.actions import act, note, step
from joinedup.share.rules import Actor


class ReasonMissingError(ValueError):
    """A person must say why."""


class UnreadableError(ValueError):
    """The corrected text cannot be read either. Nothing was changed; holds the problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.says for problem in problems))
        self.problems = problems


@act
def read_as(*, by: Actor, at: datetime, message_key: str, text: str, reason: str) -> Acknowledged:
    """Enter a message as a person reads it: a new message of the same agency, by this office, in place of the old one.

    Raises ReasonMissingError, and UnreadableError if the text cannot be read either.
    """
    why, message = given(reason), message_of(message_key)
    value, _, problems = parse(text.encode(), JSON)
    if not isinstance(value, dict):
        raise UnreadableError(problems)
    body = json.dumps({**value, "id": f"office-{new_fact_id()}", **_in_place_of(message)}).encode()
    understood = read(body, JSON, agency=message.agency_id, known=known(at))
    if understood.notice is None:
        raise UnreadableError(understood.problems)
    made = receive(by=by, at=at, agency=message.agency_id, body=body, media=JSON, channel="office")
    handle(message, what="read-as", reason=why, by_id=by.practitioner_id, at=at)
    note(message=message.pk, into=made.message_key, status=made.status)
    return made


def _in_place_of(message: Message) -> dict[str, str]:
    """That the new message corrects the old one, unless another body under the same id would go with it."""
    alone = not Message.objects.filter(agency=message.agency_id, sender_id=message.sender_id).exclude(pk=message.pk)
    return {"corrects": message.sender_id} if alone else {}


@act
def try_again(*, by: Actor, at: datetime, message_key: str, reason: str) -> None:
    """Let flow bring on once more a message that was read but could not be placed. Raises ReasonMissingError."""
    message = message_of(message_key)
    handle(message, what=AGAIN, reason=given(reason), by_id=by.practitioner_id, at=at)
    Message.objects.filter(pk=message.pk, stage="quarantined", readings__isnull=False).update(stage="unread")
    note(message=message.pk)


@act
def take_back(*, by: Actor, at: datetime, message_key: str, reason: str) -> None:
    """Set a message aside: it stands no more. Raises ReasonMissingError."""
    handle(message_of(message_key), what="withdrawn", reason=given(reason), by_id=by.practitioner_id, at=at)
    note(message=message_key)


@act
def choose(*, by: Actor, at: datetime, message_key: str, reason: str) -> None:
    """Of several bodies under one id, let this one stand and set the others aside. Raises ReasonMissingError."""
    why, message = given(reason), message_of(message_key)
    others = Message.objects.filter(agency=message.agency_id, sender_id=message.sender_id).exclude(pk=message.pk)
    for other in others.filter(withdrawn_at=None).order_by("key"):
        handle(other, what="set-aside", reason=why, by_id=by.practitioner_id, at=at)
    handle(message, what=CHOSEN, reason=why, by_id=by.practitioner_id, at=at)
    note(message=message.pk)


@step
def stand_down(*, by: Actor, at: datetime, message_key: str, reason: str) -> None:
    """One of several bodies under one id stands no more, as part of another room's act. Raises ReasonMissingError."""
    handle(message_of(message_key), what="set-aside", reason=given(reason), by_id=by.practitioner_id, at=at)


def given(reason: str) -> str:
    """The reason, if there is one. Raises ReasonMissingError."""
    if not reason.strip():
        raise ReasonMissingError("Say why.")
    return reason.strip()
