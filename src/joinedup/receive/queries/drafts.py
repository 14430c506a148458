"""Half-filled reports, opened for whoever began them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.receive.models import Draft
from joinedup.receive.queries.payloads import cipher_of


def draft_of(*, owner: str, draft_id: UUID) -> dict[str, Any] | None:
    """The answers given so far, for the draft's owner; None if it is somebody else's, or was sent."""
    draft = Draft.objects.select_related("payload_key").filter(pk=draft_id, owner=owner).first()
    if draft is None:
        return None
    answers: dict[str, Any] = json.loads(cipher_of(draft.payload_key).unseal(bytes(draft.body), str(draft.pk)))
    return answers


def drafts_of(*, owner: str) -> list[tuple[UUID, datetime]]:
    """The reports that this person began and has not sent, with when they were last saved; the latest first."""
    return list(Draft.objects.filter(owner=owner).order_by("-saved_at").values_list("pk", "saved_at"))
