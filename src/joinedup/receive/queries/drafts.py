"""Half-filled reports, opened for whoever began them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.ground.clocks import due
from joinedup.receive.models import Draft
from joinedup.receive.queries.payloads import cipher_of
from joinedup.share.rules import Look

KEPT = "draft-kept"  # the clock that says how long a draft is kept after it was last saved


def draft_of(*, for_: Look, draft_id: UUID) -> dict[str, Any] | None:
    """The answers given so far, for whoever began it; None if it is somebody else's, or was sent."""
    draft = Draft.objects.select_related("payload_key").filter(pk=draft_id, owner=for_.by).first()
    return answers_in(draft) if draft else None


def answers_in(draft: Draft) -> dict[str, Any]:
    """The answers that a draft keeps (internal: sending it)."""
    answers: dict[str, Any] = json.loads(cipher_of(draft.payload_key).unseal(bytes(draft.body), str(draft.pk)))
    return answers


def drafts_of(*, for_: Look) -> list[tuple[UUID, datetime]]:
    """The reports that this person began and has not sent, with when they were last saved; the latest first."""
    return list(Draft.objects.filter(owner=for_.by).order_by("-saved_at").values_list("pk", "saved_at"))


def forgotten_drafts(*, at: datetime) -> list[UUID]:
    """Drafts that nobody has saved or sent for as long as they are kept (internal: destroying them)."""
    saved = Draft.objects.order_by("pk").values_list("pk", "saved_at")
    return [key for key, saved_at in saved if due(KEPT, saved_at) < at]
