"""The one way in. Whatever comes, by API, form, link, file or an office's hand, is kept here and acknowledged."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from joinedup.ground.keys import digest
from joinedup.ground.reference import allot
from joinedup.receive.actions.standing import restand
from joinedup.receive.models import Message, PayloadKey, Reading, Receipt
from joinedup.receive.queries import known, related, vault
from joinedup.receive.rules.answers import KEPT, READ, Acknowledged
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.problems import MOST_BYTES, Refused, problem
from joinedup.receive.rules.read import JSON, READERS, Read, read
from joinedup.receive.vault import PayloadCipher
from joinedup.share.actions import act, acting, add_agency, note
from joinedup.share.queries import agencies, rows
from joinedup.share.rules import Actor

FAMILY = "family"  # the kind of agency: people who report by themselves
TYPED = "form"  # the channel of whoever is signed in and types their own report
RECEIVE = "receive.receive"
NUMBERED = "SELECT 1 FROM receive_receipt WHERE number IN {number}"


def receive(*, by: Actor, at: datetime, agency: str, body: bytes, media: str, channel: str) -> Acknowledged:
    """Keep one message of `agency` and give its receipt, in one transaction.

    Durable when this returns; within another act, when that one ends. The same message again gets the same receipt.
    Another body under one id is kept too, contested. What cannot be read waits for a person. Nothing about the
    content raises; Refused(413) is for a body over 5 MB, and nothing is kept of it. Raises IntegrityError if there is
    no such agency.
    """
    if len(body) > MOST_BYTES:
        raise Refused(413, problem("too-large"))
    understood = read(body, media, agency=agency, known=known(at))
    key = digest("message", agency, understood.sender_id, understood.content)
    with acting(RECEIVE, by=by, at=at):  # opened after reading: a long message holds up no other writer
        _hold(agency, understood.sender_id)
        others = related(agency, {understood.sender_id, understood.corrects})
        if any(other.pk == key for other in others):
            return _again(key)
        teller = by.practitioner_id if channel == TYPED else None
        message = _keep(key, at, agency, body, media, channel, understood, teller)
        contested = any(other.sender_id == understood.sender_id for other in others)
        receipt = _acknowledge(message, understood, contested, at)
        if others:
            restand(agency=agency, sender_ids={message.sender_id, message.corrects})
        note(receipt=receipt.number, message=key, agency=agency, channel=channel, status=receipt.status)
        return Acknowledged(receipt.number, receipt.status, key, receipt.problems)


receive.act = RECEIVE  # type: ignore[attr-defined] # as `share.actions.act` marks a verb


@act
def receive_together(
    *, by: Actor, at: datetime, agency: str, bodies: Sequence[tuple[bytes, str]], channel: str
) -> list[Acknowledged]:
    """Keep several messages, each (bytes, media), under one durable commit: all or none.

    A database with one writer is waited for once, not once for each of them.
    """
    note(messages=len(bodies))
    return [receive(by=by, at=at, agency=agency, body=body, media=media, channel=channel) for body, media in bodies]


@act
def receive_from_public(*, by: Actor, at: datetime, notice: dict[str, Any], channel: str) -> Acknowledged:
    """Take in what somebody without an account says, under the agency of relatives and the public."""
    agency = _public_agency(by, at)
    body = json.dumps({**notice, "agency": agency}).encode()
    return receive(by=by, at=at, agency=agency, body=body, media=JSON, channel=channel)


def _again(key: str) -> Acknowledged:
    """The receipt that the very same message was given before."""
    receipt = Receipt.objects.get(message=key)
    note(receipt=receipt.number, again=True)
    return Acknowledged(receipt.number, receipt.status, key, receipt.problems, again=True)


def _hold(agency: str, sender_id: str) -> None:
    """One at a time for one sender's id, so that two bodies under it see each other. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest("hold", agency, sender_id)[:15], 16)])


def _keep(
    key: str, at: datetime, agency: str, body: bytes, media: str, channel: str, understood: Read, teller: int | None
) -> Message:  # fmt: skip
    """The message, and its reading if there is one, under a payload key of its own."""
    payload_key = PayloadKey()
    payload_key.wrapped, cipher = vault().new_key(str(payload_key.pk))
    payload_key.save(force_insert=True)
    notice = understood.notice
    message = Message.objects.create(
        key=key, agency_id=agency, sender_id=understood.sender_id, channel=channel, media=media,
        body=cipher.seal(body, key), payload_key=payload_key, size=len(body), received_at=at,
        sent_at=notice.sent if notice else None, corrects=understood.corrects,
        stage="unread" if notice else "quarantined", told_by_id=teller,
    )  # fmt: skip
    if notice:
        keep_reading(message, notice, cipher, at)
    return message


def keep_reading(message: Message, notice: Notice, cipher: PayloadCipher, at: datetime) -> Reading:
    """What this edition of the reader understood, sealed under the message's key."""
    reader = READERS[message.media]
    key = digest("reading", message.pk, reader)
    sealed = cipher.seal(notice.model_dump_json(by_alias=True, exclude_defaults=True).encode(), key)
    return Reading.objects.create(key=key, message=message, reader=reader, notice=sealed, read_at=at)


def _acknowledge(message: Message, understood: Read, contested: bool, at: datetime) -> Receipt:
    """The receipt, with the problems found and whether another body stands under the id."""
    problems = [*understood.problems, *([problem("contested", "id")] if contested else [])]
    return Receipt.objects.create(
        message=message, number=_number(), given_at=at, status=READ if understood.notice else KEPT,
        problems=[one.as_dict() for one in problems],
    )  # fmt: skip


def _number() -> str:
    """A receipt number that nobody has yet."""
    number = allot(secrets.randbelow)
    while rows(NUMBERED, number=[number]):
        number = allot(secrets.randbelow)
    return number


def _public_agency(by: Actor, at: datetime) -> str:
    """Its code; made at first use, so that nobody is turned away."""
    found = next((code for code, agency in agencies().items() if agency.kind == FAMILY), None)
    return found or add_agency(by=by, at=at, code="public", name="Family, friends and the public", kind=FAMILY).pk
