"""What the sender of a message that was stopped may know of it: the same as of a child whose case is locked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from joinedup.sealed.models import Caught
from joinedup.sealed.queries.screening import still_caught


@dataclass(frozen=True)
class Cover:
    """`subject`: under which child's reference it is spoken of. `outcome`: a code of respond's choices, or empty."""

    subject: int
    seen_at: datetime | None = None
    outcome: str = ""
    feedback: str = ""
    at: datetime | None = None


def covers(messages: Collection[str]) -> dict[str, list[Cover]]:
    """By message that was stopped, what its sender's page says of it."""
    return {message: [_cover(one) for one in held] for message, held in still_caught(messages).items()}


def _cover(caught: Caught) -> Cover:
    words = list(caught.words.order_by("at", "pk"))
    answered = next((word for word in reversed(words) if word.outcome), None)
    return Cover(
        caught.subject_id,
        words[0].at if words else None,
        answered.outcome if answered else "",
        answered.feedback if answered else "",
        answered.at if answered else None,
    )
