"""Taking out what a message made, when it may not have made it: sealed, or destroyed (law 1)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from joinedup.link.actions.grouping import heads_of, one_at_a_time, regroup
from joinedup.link.models import Match, Mention, Record
from joinedup.share.actions import set_heads, step
from joinedup.share.rules import Actor


@step
def forget(*, by: Actor, at: datetime, message_key: str) -> set[int]:
    """Forget a message's mentions, and the records that no other message makes: as if it had never been placed.

    Returns the ids of subjects whose membership may have changed. Their subjects stay allotted, each by itself.
    """
    one_at_a_time()
    said = set(Mention.objects.filter(message=message_key).values_list("record_id", flat=True))
    Mention.objects.filter(message=message_key).delete()
    unsaid = said - set(Mention.objects.filter(record__in=said).values_list("record_id", flat=True))
    near = beside(unsaid)
    alone = dict(Record.objects.filter(key__in=unsaid).values_list("key", "subject_id"))
    Record.objects.filter(key__in=unsaid).delete()
    parted = set_heads(by=by, at=at, heads={subject: subject for subject in alone.values()})
    return parted | together_again(by, at, near) | regroup(by=by, at=at, seeds=near | said - unsaid)


def beside(records: Collection[str]) -> set[str]:
    """The other records that are grouped with these, or were compared with them."""
    groups = Record.objects.filter(key__in=records).values("group")
    pairs = Match.objects.filter(Q(a__in=records) | Q(b__in=records)).values_list("a_id", "b_id")
    together = Record.objects.filter(group__in=groups).values_list("key", flat=True)
    return {key for pair in pairs for key in pair}.union(together) - set(records)


def together_again(actor: Actor, now: datetime, records: Collection[str]) -> set[int]:
    """Let those who stay in a group have one of themselves as its head."""
    found = Record.objects.filter(group__in=Record.objects.filter(key__in=records).values("group"))
    subjects = dict(found.values_list("key", "subject_id"))
    groups: dict[str, list[str]] = {}
    for key, group in found.values_list("key", "group"):
        groups.setdefault(group, []).append(key)
    return set_heads(by=actor, at=now, heads=heads_of(subjects, map(tuple, groups.values())))
