"""Who says so: always a person, with a reason (law 7)."""

from joinedup.share.models import Practitioner
from joinedup.share.rules import Actor


def somebody(actor: Actor, reason: str, *, what: str) -> Practitioner:
    """The practitioner who says so. Raises ValueError, naming `what` (in the plural), without a person or a reason."""
    if actor.practitioner_id is None or not reason.strip():
        raise ValueError(f"{what} need a person and a reason")
    return Practitioner.objects.get(pk=actor.practitioner_id)
