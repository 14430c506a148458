"""Whom a notice's mention became (internal: a story, a bench or a truth names people by message and number)."""

from joinedup.link.models import Mention
from joinedup.link.queries.identities import records_of
from joinedup.link.rules.statements import CHILD
from joinedup.share.queries import head_ids, rows

CHILDREN = """
SELECT DISTINCT coalesce(s.head_id, s.id) FROM share_subject s JOIN link_record r ON r.subject_id = s.id
WHERE s.kind = 'child' AND r.standing
"""


def record_said(*, agency: str, sender_id: str, n: int) -> str:
    """The record of person n of an agency's message. Raises Mention.DoesNotExist."""
    return _mention(agency, sender_id, n).record_id


def head_said(*, agency: str, sender_id: str, n: int) -> int:
    """The head under which person n of an agency's message stands now. Raises Mention.DoesNotExist."""
    subject = _mention(agency, sender_id, n).record.subject_id
    return head_ids([subject])[subject]


def said_of(head: int) -> dict[str, set[int]]:
    """By message, which of its persons are this child; the first received first (internal: destroying)."""
    records = [record.key for record in records_of(head)]
    said = Mention.objects.filter(record__in=records, address=None).order_by("message__received_at", "message", "n")
    found: dict[str, set[int]] = {}
    for message, n in said.values_list("message_id", "n"):
        found.setdefault(message, set()).add(n)
    return found


def named_beside(head: int) -> frozenset[str]:
    """First names of everybody else whom the messages about a child name (internal: whom a text may tell of)."""
    own = [record.key for record in records_of(head)]
    messages = Mention.objects.filter(record__in=own).values("message")
    others = Mention.objects.filter(message__in=messages, address=None).exclude(record__in=own)
    said = others.values_list("record__statement", flat=True)
    return frozenset(name["given"] for one in said for name in one.get("names", ()) if name.get("given"))


def children_in(message_key: str) -> dict[int, int]:
    """The children whom a message names, by their number in it: the head under which each stands now (internal:
    destroying)."""
    said = Mention.objects.filter(message=message_key, record__kind=CHILD, address=None)
    subjects = dict(said.values_list("n", "record__subject"))
    heads = head_ids(subjects.values())
    return {n: heads[subject] for n, subject in subjects.items()}


def count_children() -> int:
    """How many children are named here: those of whom a record stands (internal: numbers)."""
    return len(rows(CHILDREN))


def is_said(agency: str, sender_id: str) -> bool:
    """Whether this message has been placed."""
    return Mention.objects.filter(message__agency=agency, message__sender_id=sender_id).exists()


def _mention(agency: str, sender_id: str, n: int) -> Mention:
    return (
        Mention.objects.select_related("record")
        .filter(message__agency=agency, message__sender_id=sender_id, n=n, address=None)
        .latest("message__received_at")
    )
