"""What an officer does about a message that was stopped: sees it, answers it, says that it is no such thing."""

from datetime import datetime

from joinedup.receive.actions import stand_down, take_out
from joinedup.receive.queries import message_of
from joinedup.sealed.actions.words import kept, officer
from joinedup.sealed.models import Caught, CaughtWord
from joinedup.sealed.queries.opening import seal_vault
from joinedup.share.actions import act, note, step
from joinedup.share.rules import Actor

SEEN, ANSWERED, NOT_THEIRS, SET_ASIDE = "seen", "answered", "not-theirs", "set-aside"
WHY_ASIDE = "Another message under the same number stands."  # why they really did it lies with the officers' own words


@act
def see(*, by: Actor, at: datetime, caught: Caught) -> None:
    """Say that an officer has read it; once."""
    if not CaughtWord.objects.filter(caught=caught).exists():
        _say(by, at, caught, SEEN, "read")


@act
def answer(*, by: Actor, at: datetime, caught: Caught, outcome: str, feedback: str, reason: str) -> None:
    """What became of it, as its sender will read it. Raises ValueError without an outcome or a reason."""
    if not outcome:
        raise ValueError("say what became of it")
    _say(by, at, caught, ANSWERED, reason, outcome=outcome, feedback=feedback.strip())


@act
def give_back(*, by: Actor, at: datetime, caught: Caught, reason: str) -> None:
    """Say that it speaks of somebody else: it goes its way, and so does whatever says the same. Raises ValueError
    without a reason."""
    _say(by, at, caught, NOT_THEIRS, reason)
    let_out(by=by, at=at, caught=caught)


@act
def set_aside(*, by: Actor, at: datetime, caught: Caught, reason: str) -> None:
    """Of several bodies that stand under one number of the sender's, say that this one does not.

    Only an officer can: whoever deals with such messages cannot read it. Raises ValueError without a reason, and where
    no other body stands beside it.
    """
    if not message_of(caught.message_id).contested:
        raise ValueError("no other message stands under its number: answer it instead")
    _say(by, at, caught, SET_ASIDE, reason)
    stand_down(by=by, at=at, message_key=caught.message_id, reason=WHY_ASIDE)


@step
def let_out(*, by: Actor, at: datetime, caught: Caught) -> None:
    """Give a message its own key again; flow screens it once more, for other seals."""
    take_out(
        by=by, at=at, message_key=caught.message_id, key=caught.payload_key, wrapped=bytes(caught.wrapped),
        kept_in=seal_vault().keys,
    )  # fmt: skip


def _say(
    by: Actor, at: datetime, caught: Caught, what: str, reason: str, outcome: str = "", feedback: str = ""
) -> None:
    key, text = kept(reason)
    CaughtWord.objects.create(
        pk=key, caught=caught, what=what, reason=text, outcome=outcome, feedback=feedback, by_id=officer(by), at=at
    )
    note(caught=str(caught.pk), what=what)
