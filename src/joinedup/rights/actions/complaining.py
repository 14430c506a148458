"""Complaints about how data were handled: kept, acknowledged by their clock, answered."""

from datetime import datetime

from joinedup.respond.actions.persons import person
from joinedup.rights.models import Complaint, ComplaintStep
from joinedup.rights.rules.complaints import OVER, Dealt
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def keep_complaint(
    *, by: Actor, at: datetime, subject: Subject | None, name: str, says: str, received: datetime
) -> Complaint:  # fmt: skip
    """Keep a complaint, and since when. Raises ValueError without a person, a name or what it is about; and if it is
    yet to be received."""
    if not (name.strip() and says.strip()):
        raise ValueError("say who complains, and of what")
    if received > at:
        raise ValueError("a complaint that is yet to come cannot be kept")
    made = Complaint.objects.create(
        subject=subject, name=" ".join(name.split()), says=says.strip(), received_at=received, by_id=person(by), at=at
    )
    note(complaint=str(made.pk), subject=subject.pk if subject else None)
    return made


@act
def deal_with(*, by: Actor, at: datetime, complaint: Complaint, what: Dealt, reason: str) -> None:
    """Acknowledge or answer a complaint. Raises ValueError without a person or words, or if it was answered."""
    if not reason.strip():
        raise ValueError("say what they were told")
    done = [Dealt[one.what] for one in complaint.steps.select_for_update()]
    if OVER & set(done) or what in done:
        raise ValueError("this was said before")
    ComplaintStep.objects.create(complaint=complaint, what=what.name, reason=reason.strip(), by_id=person(by), at=at)
    note(complaint=str(complaint.pk), step=what.name)
