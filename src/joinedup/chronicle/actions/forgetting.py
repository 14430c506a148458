"""Taking out a message's entries, when it may not have made them: sealed, or destroyed (law 1)."""

from datetime import datetime

from joinedup.chronicle.actions.entering import reached_by
from joinedup.chronicle.models import Entry
from joinedup.share.actions import reach_exactly, step, stir
from joinedup.share.queries import head_ids
from joinedup.share.rules import Actor


@step
def forget(*, by: Actor, at: datetime, message_key: str) -> None:
    """Forget a message's entries, and which agencies they reached, as if it had never been entered.

    What people said of these entries stays, as facts about keys that nothing has any more.
    """
    about = set(Entry.objects.filter(message=message_key).values_list("subject_id", flat=True))
    if not about:
        return
    stir(by=by, at=at, subjects=set(head_ids(about).values()))
    Entry.objects.filter(message=message_key).delete()
    left = Entry.objects.filter(subject__in=about)
    told_by = dict(left.values_list("message_id", "message__told_by"))
    reach_exactly(by=by, at=at, subjects=about, reached=reached_by(left, told_by))
