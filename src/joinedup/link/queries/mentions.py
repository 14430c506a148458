"""Whom a notice's mention became (internal: a story, a bench or a truth names people by message and number)."""

from joinedup.link.models import Mention
from joinedup.share.queries import head_ids


def record_said(*, agency: str, sender_id: str, n: int) -> str:
    """The record of person n of an agency's message. Raises Mention.DoesNotExist."""
    return _mention(agency, sender_id, n).record_id


def head_said(*, agency: str, sender_id: str, n: int) -> int:
    """The head under which person n of an agency's message stands now. Raises Mention.DoesNotExist."""
    subject = _mention(agency, sender_id, n).record.subject_id
    return head_ids([subject])[subject]


def is_said(agency: str, sender_id: str) -> bool:
    """Whether this message has been placed."""
    return Mention.objects.filter(message__agency=agency, message__sender_id=sender_id).exists()


def _mention(agency: str, sender_id: str, n: int) -> Mention:
    return (
        Mention.objects.select_related("record")
        .filter(message__agency=agency, message__sender_id=sender_id, n=n, address=None)
        .latest("message__received_at")
    )
