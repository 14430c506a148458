"""Messages, their readings and what is known of their way, for flow and for their own senders."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.receive.models import Message, Reading, Receipt
from joinedup.receive.queries.payloads import notice_in
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.read import Known
from joinedup.share.queries import rows, senders

RELATIVES = """
SELECT key FROM receive_message WHERE agency_id IN {agency} AND sender_id IN {names}
UNION SELECT key FROM receive_message WHERE agency_id IN {agency} AND corrects IN {names} AND NOT corrects = ''
"""


def known(at: datetime) -> Known:
    """What a reader is told of the world at this instant."""
    today = civil_day(at)
    return Known(today, codes(today), frozenset(senders()))


def message_of(key: str) -> Message:
    """One message with its agency (internal). Raises Message.DoesNotExist."""
    return Message.objects.select_related("agency", "payload_key").get(pk=key)


def reading_of(message_key: str) -> tuple[Message, Notice]:
    """A message and its latest reading (internal: flow brings it on). Raises Reading.DoesNotExist if it has none."""
    reading = (
        Reading.objects.select_related("message__agency", "message__payload_key")
        .filter(message=message_key)
        .latest("read_at", "reader")
    )
    return reading.message, notice_in(reading)


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


def stands_alone(message: Message) -> bool:
    """Whether no other message of its agency has its id, corrects it or is corrected by it."""
    names = {message.sender_id, message.corrects} - {""}
    return rows(RELATIVES, agency=[message.agency_id], names=names) == [(message.pk,)]


def unread_count() -> int:
    """How many messages wait for flow."""
    return Message.objects.filter(stage="unread").count()


def received_from(agency: str, sender_id: str) -> Receipt | None:
    """The first receipt given to an agency for this id (internal: a form sent twice finds its own)."""
    return Receipt.objects.filter(message__agency=agency, message__sender_id=sender_id).order_by("given_at").first()


def placed_in_order() -> list[str]:
    """Keys of every message that was ever placed, the first received first (internal: rebuild derives from them)."""
    placed = Message.objects.filter(placed_at__isnull=False).exclude(stage="quarantined")
    return list(placed.order_by("received_at", "key").values_list("pk", flat=True))
