"""That somebody asked about a child: kept for the duty line, and destroyed when its time is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.link.models import Asked
from joinedup.link.queries.asking import Answer
from joinedup.share.actions import act, note
from joinedup.share.rules import Actor


@act
def ask(*, by: Actor, at: datetime, said: Mapping[str, Any], reason: str, answer: Answer | None) -> None:
    """Keep that a practitioner asked, why, and what they were told; `answer` None: they had asked too often.

    Raises ValueError without a practitioner.
    """
    if by.practitioner_id is None:
        raise ValueError("only somebody who is signed in asks about a child")
    told = "quota" if answer is None else "told" if answer.existence else "nothing"
    head = answer.head if answer else None
    made = Asked.objects.create(
        asker_id=by.practitioner_id, at=at, reason=reason, said=said, answer=told, subject_id=head
    )
    note(asked=str(made.pk), answer=told)


@act
def forget_asked(*, by: Actor, at: datetime, asked: Sequence[UUID]) -> None:  # noqa: ARG001 - the act's
    """Destroy what was typed in these questions."""
    Asked.objects.filter(pk__in=asked).delete()
    note(asked=[str(key) for key in asked])
