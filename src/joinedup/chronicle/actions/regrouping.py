"""Which entries report one event: derived again whenever entries of a subject, or people's words on them, change."""

from collections import defaultdict
from datetime import datetime

from joinedup.chronicle.models import Entry
from joinedup.chronicle.queries import happenings_around
from joinedup.share.actions import step, stir
from joinedup.share.queries import head_ids
from joinedup.share.rules import Actor


@step
def regroup(*, by: Actor, at: datetime, head: int) -> int:
    """Group the reports about this head into happenings; how many reports changed their happening.

    One event told of several siblings is one happening for them all: siblings whose happenings changed are stirred.
    """
    around = happenings_around([head])
    moved: dict[str, list[str]] = defaultdict(list)
    for entry, report in around.entries.items():
        if report in around.of and around.stored[report] != {around.of[report]}:
            moved[around.of[report]].append(entry)
    for happening, entries in sorted(moved.items()):
        Entry.objects.filter(key__in=entries).update(happening=happening)
    changed = [entry for entries in moved.values() for entry in entries]
    if changed:
        owners = Entry.objects.filter(key__in=changed).values_list("subject_id", flat=True)
        stir(by=by, at=at, subjects=set(head_ids(owners).values()) - {head})
    return len(changed)
