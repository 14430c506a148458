"""Everything changed here: what staff declare of themselves, and a guardian's word on a look."""

from datetime import datetime

from joinedup.governance.models import Declared, GuardianWord
from joinedup.governance.rules import Found, declared
from joinedup.share.actions import act, note
from joinedup.share.queries import partnership
from joinedup.share.rules import Actor


@act
def declare(*, by: Actor, at: datetime, what: str, text: str) -> Declared:
    """Keep a family name or a postcode of one's own family. Raises ValueError without a person, or for nothing said."""
    if by.practitioner_id is None or what not in ("name", "postcode") or not text.strip():
        raise ValueError("somebody declares a family name, or a postcode, of their own family")
    made = Declared.objects.create(
        practitioner_id=by.practitioner_id, what=what, digest=declared(bytes(partnership().salt), what, text),
        by_id=by.practitioner_id, at=at,
    )  # fmt: skip
    note(declared=str(made.pk), what=what)
    return made


@act
def review_look(*, by: Actor, at: datetime, row: int, found: Found, reason: str) -> GuardianWord:
    """A guardian's word on one look. Raises ValueError without a person or a reason."""
    if by.practitioner_id is None or not reason.strip():
        raise ValueError("a guardian says what they found, and why")
    made = GuardianWord.objects.create(row=row, found=found.name, reason=reason, by_id=by.practitioner_id, at=at)
    note(word=str(made.pk), row=row, found=found.name)
    return made
