"""What people say of what was recorded of them: beside the entry, never in its place."""

from datetime import datetime

from joinedup.respond.actions.persons import person
from joinedup.rights.models import Account, Correction, CorrectionWord
from joinedup.rights.rules import Teller
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject
from joinedup.share.rules import Actor


@act
def say_wrong(
    *, by: Actor, at: datetime, subject: Subject, entry: str, agency: str, teller: Teller, says: str
) -> Correction:
    """Keep that somebody says an entry is wrong; its `agency` is told. Raises ValueError without a person or words."""
    made = Correction.objects.create(
        subject=subject, entry=entry, agency_id=agency, teller=teller.name, says=_words(says), by_id=person(by), at=at
    )
    note(correction=str(made.pk), subject=subject.pk, agency=agency)
    return made


@act
def answer_correction(*, by: Actor, at: datetime, correction: Correction, agreed: bool, reason: str) -> None:
    """The agency's word on what it recorded. Raises ValueError without a reason, or for another agency's entry."""
    if by.agency != correction.agency_id:
        raise ValueError("whoever made the entry answers for it")
    made = CorrectionWord.objects.create(
        correction=correction, agreed=agreed, reason=_words(reason), by_id=person(by), at=at
    )
    note(correction=str(correction.pk), word=str(made.pk), agreed=agreed)


@act
def tell_account(*, by: Actor, at: datetime, subject: Subject, words: str, entry: str = "") -> Account:
    """Keep the child's own account, in their words. Raises ValueError without a person or words."""
    made = Account.objects.create(subject=subject, entry=entry, words=_words(words), by_id=person(by), at=at)
    note(account=str(made.pk), subject=subject.pk)
    return made


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("write down what they say")
    return text.strip()
