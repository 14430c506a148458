"""Messages, their readings and what is known of their way, for flow and for their own senders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.receive.models import Message, PayloadKey, Reading, Receipt
from joinedup.receive.queries.payloads import notice_in
from joinedup.receive.queries.put_away import DESTROYED
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.read import Known
from joinedup.share.queries import rows, senders, utc

RELATIVES = """
SELECT key FROM receive_message WHERE agency_id IN {agency} AND sender_id IN {names}
UNION SELECT key FROM receive_message WHERE agency_id IN {agency} AND corrects IN {names} AND NOT corrects = ''
"""
LATEST = """
SELECT k.id, k.wrapped, r.key, r.notice, m.key, m.agency_id, m.sender_id, m.corrects, m.withdrawn_why,
    m.told_by_id, m.received_at, m.sent_at, m.placed_at, m.withdrawn_at
FROM receive_reading r JOIN receive_message m ON m.key = r.message_id
    JOIN receive_payloadkey k ON k.id = m.payload_key_id
WHERE m.key IN {key} ORDER BY r.read_at DESC, r.reader DESC LIMIT 1
"""


def known(at: datetime) -> Known:
    """What a reader is told of the world at this instant."""
    today = civil_day(at)
    return Known(today, codes(today), frozenset(senders()))


def message_of(key: str) -> Message:
    """One message with its agency (internal). Raises Message.DoesNotExist."""
    return Message.objects.select_related("agency", "payload_key").get(pk=key)


@dataclass(slots=True)
class Brought:
    """A message as flow brings it on, without its bytes."""

    key: str
    agency_id: str
    sender_id: str
    corrects: str
    withdrawn_why: str
    told_by: int | None  # the practitioner who typed it here, signed in
    received_at: datetime
    sent_at: datetime | None
    placed_at: datetime | None
    withdrawn_at: datetime | None


def reading_of(message_key: str) -> tuple[Brought, Notice]:
    """A message and its latest reading (internal: flow brings it on). Raises Reading.DoesNotExist if it has none."""
    found = rows(LATEST, key=[message_key])
    if not found:
        raise Reading.DoesNotExist
    (key_id, wrapped, reading, notice, *words), instants = found[0][:-4], found[0][-4:]
    return Brought(*words, *map(utc, instants)), notice_in(PayloadKey(UUID(str(key_id)), wrapped), reading, notice)


def related(agency: str, sender_ids: Collection[str]) -> list[Message]:
    """The agency's messages that have to do with these ids by sameness or correction, however many steps away."""
    reached: set[str] = set()
    waiting = set(sender_ids) - {""}
    if not rows(RELATIVES, agency=[agency], names=waiting):
        return []
    found: dict[str, Message] = {}
    while waiting:
        near = Message.objects.filter(Q(sender_id__in=waiting) | Q(corrects__in=waiting), agency=agency)
        reached |= waiting
        found |= {message.pk: message for message in near.defer("body").prefetch_related("handlings")}
        waiting = {name for m in found.values() for name in (m.sender_id, m.corrects) if name} - reached
    return [found[key] for key in sorted(found)]


def stands_alone(message: Brought) -> bool:
    """Whether no other message of its agency has its id, corrects it or is corrected by it."""
    names = {message.sender_id, message.corrects} - {""}
    return rows(RELATIVES, agency=[message.agency_id], names=names) == [(message.key,)]


def unread_count() -> int:
    """How many messages wait for flow."""
    return Message.objects.filter(stage="unread").count()


def counts_by_stage() -> dict[str, int]:
    """How many messages there are in each stage (internal: numbers)."""
    return dict(Message.objects.values_list("stage").annotate(count=Count("pk")).order_by("stage"))


def received_from(agency: str, sender_id: str) -> Receipt | None:
    """The first receipt given to an agency for this id (internal: a form sent twice finds its own)."""
    return Receipt.objects.filter(message__agency=agency, message__sender_id=sender_id).order_by("given_at").first()


def placed_in_order() -> list[str]:
    """Keys of every message that was ever placed, the first received first (internal: rebuild derives from them)."""
    placed = Message.objects.filter(placed_at__isnull=False).exclude(stage__in=("quarantined", DESTROYED))
    return list(placed.order_by("received_at", "key").values_list("pk", flat=True))
