"""What flow does with messages: takes them, says that they are placed, and lets a better reader read again."""

from datetime import datetime, timedelta

from django.db import connection

from joinedup.receive.actions.receiving import keep_reading
from joinedup.receive.actions.standing import restand
from joinedup.receive.models import Message, Reading
from joinedup.receive.queries import Brought, body_of, cipher_of, known, stands_alone
from joinedup.receive.queries.put_away import DESTROYED, REST
from joinedup.receive.rules.read import READERS, read
from joinedup.share.actions import act, note, step
from joinedup.share.queries import change
from joinedup.share.rules import Actor

LEASE = timedelta(seconds=60)  # how long a worker may hold a message before another may take it over
PLACED = """
UPDATE receive_message SET claimed_until = NULL, placed_at = coalesce(placed_at, {at}), stage = CASE
    WHEN withdrawn_why = {why} AND (withdrawn_at = {since} OR (withdrawn_at IS NULL AND {since} IS NULL)) THEN 'placed'
    ELSE stage
END WHERE key IN {key}
"""
# Materialized: PostgreSQL may ask a subquery again for each row, and then takes more than the limit.
CLAIM = """
WITH next AS MATERIALIZED (
    SELECT key FROM receive_message
    WHERE stage = 'unread' AND (claimed_until IS NULL OR claimed_until <= %s)
    ORDER BY received_at, key LIMIT %s {skip}
)
UPDATE receive_message SET claimed_until = %s WHERE key IN (SELECT key FROM next) RETURNING received_at, key
"""


def claim_unread(*, by: Actor, at: datetime, limit: int) -> list[str]:  # noqa: ARG001 - every action says by whom
    """Keys of unread messages for one worker to bring on, the first received first. `at` is the worker's own clock.

    One conditional update, so two workers never take the same. A worker that dies loses its claim after a minute.
    Changes no fact, so leaves no audit row. A message with `withdrawn_at` is brought too: its entries stand no more.
    """
    adapt = connection.ops.adapt_datetimefield_value
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM.format(skip=skip), [adapt(at), limit, adapt(at + LEASE)])
        return [key for _, key in sorted(cursor.fetchall())]


@step
def mark_placed(*, by: Actor, at: datetime, message: Brought) -> None:  # noqa: ARG001 - the act's
    """Say that the message is placed as it stood when it was brought, in the transaction that placed it.

    If its standing changed meanwhile it stays unread, and is brought once more.
    If it corrects another one of its agency, or is itself corrected, that one is unread again and comes after it.
    """
    change(PLACED, key=[message.key], since=[message.withdrawn_at], why=[message.withdrawn_why], at=[at])
    if message.placed_at is None and not stands_alone(message):
        restand(agency=message.agency_id, sender_ids={message.sender_id, message.corrects})


@act
def set_aside(*, by: Actor, at: datetime, message_key: str) -> None:  # noqa: ARG001 - the act's
    """Leave a message that could not be brought on to a person: it waits in the quarantine with its receipt."""
    Message.objects.filter(pk=message_key).update(stage="quarantined", claimed_until=None)
    note(message=message_key)


@act
def read_again(*, by: Actor, at: datetime, message: Message) -> Reading | None:  # noqa: ARG001 - the act's
    """Let the present edition of the reader read a kept message. None if it cannot, or has read it already.

    What was quarantined and can now be read goes on to flow; its receipt stays what it was.
    """
    read_before = Reading.objects.filter(message=message, reader__in=(READERS[message.media], REST)).exists()
    if read_before or message.stage == DESTROYED:
        return None
    understood = read(body_of(message), message.media, agency=message.agency_id, known=known(message.received_at))
    if understood.notice is None:
        return None
    Message.objects.filter(pk=message.pk).update(stage="unread", corrects=understood.corrects)
    note(message=message.pk, reader=READERS[message.media])
    return keep_reading(message, understood.notice, cipher_of(message.payload_key), at)
