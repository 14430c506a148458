"""Everything changed here: what staff declare of themselves, what guardians are asked, and their word on a look."""

from collections.abc import Collection, Mapping
from datetime import datetime

from joinedup.governance.models import Declared, GuardianWord, Question
from joinedup.governance.rules import Found, Signal, to_keep
from joinedup.share.actions import act, note
from joinedup.share.queries import partnership
from joinedup.share.rules import Actor


@act
def declare(*, by: Actor, at: datetime, what: str, text: str) -> Declared:
    """Keep a family name or a postcode of one's own family. Raises ValueError without a person, or for nothing said."""
    kept = to_keep(bytes(partnership().salt), what, text) if what in ("name", "postcode") else []
    if by.practitioner_id is None or not kept:
        raise ValueError("somebody declares a family name, or a postcode, of their own family")
    said = {"practitioner_id": by.practitioner_id, "by_id": by.practitioner_id, "at": at}
    made, *_ = [Declared.objects.create(what=kind, digest=digest, **said) for kind, digest in kept]
    note(declared=str(made.pk), what=what)
    return made


@act
def ask(*, by: Actor, at: datetime, found: Mapping[int, Collection[Signal]]) -> None:  # noqa: ARG001 - the act's
    """Keep what is to be asked of looks (audit rows), so that it stays until somebody answers. flow's verb."""
    asked = [Question(row=row, signal=signal.name, at=at) for row in sorted(found) for signal in sorted(found[row])]
    Question.objects.bulk_create(asked, ignore_conflicts=True)  # two ticks at once
    note(looks=len(found))


@act
def review_look(*, by: Actor, at: datetime, row: int, found: Found, reason: str) -> GuardianWord:
    """A guardian's word on one look. Raises ValueError without a person or a reason."""
    if by.practitioner_id is None or not reason.strip():
        raise ValueError("a guardian says what they found, and why")
    made = GuardianWord.objects.create(row=row, found=found.name, reason=reason, by_id=by.practitioner_id, at=at)
    note(word=str(made.pk), row=row, found=found.name)
    return made
