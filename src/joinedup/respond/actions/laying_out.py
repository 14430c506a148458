"""Deriving the desk: a child's contacts and what stands open, written only where it differs."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.rules.line import Line
from joinedup.recognise import queries as recognise
from joinedup.respond.models import Contact, DeskItem
from joinedup.respond.queries import derivation
from joinedup.respond.rules import contacts, laying_out
from joinedup.share import queries as share
from joinedup.share.actions import make_exactly, step
from joinedup.share.rules import Actor

CONTACT = ("subject_id", "message_id", "agency_id", "expresses_concern", "concerns", "received_at")
ITEM = ("subject_id", "kind", "ref", "theme", "tier", "role", "agency", "since", "shows_from", "due")


@step
def lay_out(*, by: Actor, at: datetime, head: int, story: Sequence[Line]) -> None:  # noqa: ARG001 - the act's
    """Derive a child's contacts and what stands open. Idempotent; flow's verb, and part of each decision.

    `story`: all its lines (`chronicle.queries.story`). A head that is none any more has none, so its rows go. Nothing
    derived here hangs on `at`.
    """
    approaches = contacts.approaches(story)
    keep_contacts(head, approaches)
    stands = recognise.standing(head)
    findings = [derivation.evidence(finding) for finding in stands.findings]
    received = {line.key: line.received_at for line in story}
    beside = {key for finding in findings for key in finding.entries} - received.keys()
    items = laying_out.lay_out(
        contacts=approaches,
        findings=findings,
        decisions=derivation.decisions_on(head),
        of_child=received.keys(),
        received=received | chronicle.received_at(beside),
    )
    keep_items(head, items + [derivation.question_item(asked) for asked in stands.questions])


def keep_contacts(head: int, approaches: Iterable[contacts.Approach]) -> None:
    """Make the contact rows of a child those of its chronology."""
    rows = [
        Contact(
            key=one.key,
            subject_id=head,
            message_id=one.message,
            agency_id=one.agency,
            expresses_concern=one.expresses_concern,
            concerns=list(one.concerns),
            received_at=one.received_at,
        )
        for one in approaches
    ]
    make_exactly(Contact, rows, as_kept(Contact, CONTACT, head, [row.key for row in rows]), CONTACT)


def keep_items(head: int, items: Iterable[laying_out.Item]) -> None:
    """Make the desk rows of a child exactly these."""
    rows = [
        DeskItem(key=item.key, subject_id=head, **{name: getattr(item, name) for name in ITEM if name != "subject_id"})
        for item in items
    ]
    make_exactly(DeskItem, rows, as_kept(DeskItem, ITEM, head, [row.key for row in rows]), ITEM)


def as_kept(
    model: type[Contact | DeskItem], fields: Sequence[str], head: int, keys: Collection[str]
) -> dict[str, list[Any]]:
    """The values kept of a child's rows, and of those under these keys, by key."""
    kept = f"SELECT key, {', '.join(fields)} FROM {model._meta.db_table}"  # noqa: S608, SLF001 - names of columns
    found = share.rows(f"{kept} WHERE subject_id IN {{head}} OR key IN {{keys}}", head=[head], keys=keys)
    return {key: [_plain(name, value) for name, value in zip(fields, row, strict=True)] for key, *row in found}


def _plain(name: str, value: Any) -> Any:
    return share.from_json(value) if name == "concerns" else share.utc(value) if isinstance(value, datetime) else value
