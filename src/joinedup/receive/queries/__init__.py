"""Everything read: messages with their readings, receipts, what a person must look at, drafts."""

from joinedup.receive.queries.desk import Body, Waiting, opened, waiting
from joinedup.receive.queries.drafts import answers_in, draft_of, drafts_of, forgotten_drafts
from joinedup.receive.queries.messages import (
    Brought,
    counts_by_stage,
    known,
    message_of,
    placed_in_order,
    reading_of,
    received_from,
    related,
    stands_alone,
    unread_count,
)  # fmt: skip
from joinedup.receive.queries.payloads import body_of, cipher_of, vault
from joinedup.receive.queries.put_away import is_put_away, notice_put_away
from joinedup.receive.queries.senders import SentReport, Tracked, sent_by, sent_total, track

__all__ = [
    "Body",
    "Brought",
    "SentReport",
    "Tracked",
    "Waiting",
    "answers_in",
    "body_of",
    "cipher_of",
    "counts_by_stage",
    "draft_of",
    "drafts_of",
    "forgotten_drafts",
    "is_put_away",
    "known",
    "message_of",
    "notice_put_away",
    "opened",
    "placed_in_order",
    "reading_of",
    "received_from",
    "related",
    "sent_by",
    "sent_total",
    "stands_alone",
    "track",
    "unread_count",
    "vault",
    "waiting",
]
