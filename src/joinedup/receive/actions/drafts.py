"""Half-filled reports: saved at each step, so that a lost sign-in loses nothing; destroyed once sent, or forgotten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.ground.keys import new_fact_id
from joinedup.receive.actions.receiving import receive
from joinedup.receive.models import Draft, PayloadKey
from joinedup.receive.queries import answers_in, cipher_of, received_from, vault
from joinedup.receive.rules.read import JSON
from joinedup.receive.rules.report import notice_of
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor


@act
def save_draft(
    *, by: Actor, at: datetime, owner: str, answers: dict[str, Any], draft_id: UUID | None = None  # noqa: ARG001
) -> UUID:  # fmt: skip
    """Keep the answers given so far; the first time, under a new id. Raises Draft.DoesNotExist for another's draft."""
    draft = Draft.objects.select_related("payload_key").get(pk=draft_id, owner=owner) if draft_id else _new(owner)
    draft.body = cipher_of(draft.payload_key).seal(json.dumps(answers).encode(), str(draft.pk))
    draft.saved_at = at
    draft.save()
    note(draft=str(draft.pk))
    return draft.pk


def _new(owner: str) -> Draft:
    payload_key = PayloadKey(id=new_fact_id())
    payload_key.wrapped, _ = vault().new_key(str(payload_key.pk))
    payload_key.save(force_insert=True)
    return Draft(owner=owner, payload_key=payload_key)


@dataclass(frozen=True)
class Sent:
    """That a report is in: its receipt, and what it said is not right (sentences)."""

    number: str
    problems: list[dict[str, str]]


@act
def send_draft(*, by: Actor, at: datetime, owner: str, draft_id: UUID, agency: str, channel: str) -> Sent | None:
    """Make a notice of the draft and take it in like any other; the draft and its key go in the same transaction.

    Pressed twice, the second finds the first one's receipt. None if there is neither draft nor receipt.
    """
    draft = Draft.objects.select_related("payload_key").filter(pk=draft_id, owner=owner).first()
    if draft is None:
        earlier = received_from(agency, str(draft_id))
        return Sent(earlier.number, earlier.problems) if earlier else None
    notice = notice_of(answers_in(draft), sender_id=str(draft_id), agency=agency, sent=at)
    made = receive(by=by, at=at, agency=agency, body=json.dumps(notice).encode(), media=JSON, channel=channel)
    _destroy(draft)
    note(draft=str(draft_id), receipt=made.number)
    return Sent(made.number, list(made.problems))


@act
def destroy_drafts(*, by: Actor, at: datetime, drafts: Sequence[UUID]) -> None:  # noqa: ARG001 - the act's
    """Destroy drafts that nobody sends, with their keys."""
    for draft in Draft.objects.select_related("payload_key").filter(pk__in=drafts):
        _destroy(draft)
    note(drafts=sorted(map(str, drafts)))


def _destroy(draft: Draft) -> None:
    draft.delete()
    draft.payload_key.delete()
