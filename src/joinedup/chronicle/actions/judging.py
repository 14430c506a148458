"""What people say of entries: that two are of one event, or are not; that one is significant. Facts, only added to."""

from datetime import datetime

from joinedup.chronicle.models import Entry, HappeningJudgement, Significance
from joinedup.share.actions import act, note, stir
from joinedup.share.queries import head_ids
from joinedup.share.rules import Actor


@act
def judge_happening(*, by: Actor, at: datetime, a: str, b: str, same: bool, reason: str) -> HappeningJudgement:
    """Say that two entries report one event, or two. Undone by saying the other; the last word on a pair counts.

    Raises ValueError for one entry twice or for no reason, Entry.DoesNotExist for an unknown key.
    """
    first, second = sorted((a, b))
    if first == second or not reason.strip():
        raise ValueError("a judgement is about two entries, and gives its reason")
    entries = [Entry.objects.get(key=key) for key in (first, second)]
    made = HappeningJudgement.objects.create(
        a=first, b=second, same=same, reason=reason.strip(), by_id=_person(by), at=at
    )
    stir(by=by, at=at, subjects=set(head_ids({entry.subject_id for entry in entries}).values()))
    note(judgement=str(made.pk), entries=[first, second], same=same)
    return made


@act
def mark_significant(*, by: Actor, at: datetime, entry: str, significant: bool, reason: str = "") -> Significance:
    """Say that an entry is significant for this child's story, or no longer; kept beside the entry, never part of it.

    Raises Entry.DoesNotExist for an unknown key.
    """
    key = Entry.objects.only("key").get(key=entry).key
    made = Significance.objects.create(
        entry=key, significant=significant, reason=reason.strip(), by_id=_person(by), at=at
    )
    note(mark=str(made.pk), entry=key, significant=significant)
    return made


def _person(by: Actor) -> int:
    """Only a person judges (law 7)."""
    if by.practitioner_id is None:
        raise ValueError("a judgement is a person's")
    return by.practitioner_id
