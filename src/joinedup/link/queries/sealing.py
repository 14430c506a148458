"""What sealing asks: how a child is spoken of, and which messages speak of somebody (internal)."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from joinedup.link.models import BlockingKey, Mention
from joinedup.link.queries.identities import records_of
from joinedup.link.rules.statements import PLACE
from joinedup.share.queries import head_ids


def statements_of(subject: int) -> list[tuple[str, dict[str, Any]]]:
    """(agency, statement) of every record under a child's head, those that stand first."""
    return [(record.agency_id, record.statement) for record in records_of(head_ids([subject])[subject])]


def messages_speaking_of(subject: int, values: Collection[str]) -> list[str]:
    """Keys of the messages that name this child, or anybody who shares one of these blocks; sorted."""
    records = {record.key for record in records_of(head_ids([subject])[subject])}
    near = BlockingKey.objects.filter(value__in=values).values("record")
    said = Mention.objects.filter(Q(record__in=records) | Q(record__in=near)).exclude(record__kind=PLACE)
    return sorted(set(said.values_list("message_id", flat=True)))
