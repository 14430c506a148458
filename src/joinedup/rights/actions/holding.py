"""Legal holds: what must not be destroyed, because an inquiry, a claim or a court needs it."""

from datetime import datetime

from joinedup.respond.actions.persons import person
from joinedup.rights.models import HoldLifted, LegalHold
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def hold(*, by: Actor, at: datetime, subject: Subject | None, title: str, reason: str) -> LegalHold:
    """Stop the destruction of a child's record, or (None) of every record here. Raises ValueError without a person, a
    title or a reason."""
    if not (title.strip() and reason.strip()):
        raise ValueError("a hold says who needs the record, and why")
    made = LegalHold.objects.create(
        subject=subject, title=title.strip(), reason=reason.strip(), by_id=person(by), at=at
    )
    note(hold=str(made.pk), subject=subject.pk if subject else None)
    return made


@act
def lift_hold(*, by: Actor, at: datetime, hold: LegalHold, reason: str) -> None:
    """End a hold. What was released meanwhile goes then. Raises ValueError without a reason, or if it was lifted."""
    if not reason.strip():
        raise ValueError("say why it is held no more")
    if HoldLifted.objects.filter(hold=hold).exists():
        raise ValueError("this hold was lifted before")
    HoldLifted.objects.create(hold=hold, reason=reason.strip(), by_id=person(by), at=at)
    note(hold=str(hold.pk))
