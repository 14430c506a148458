"""That people work with a child: which records they take for one is kept, so that no machine changes it unasked."""

from datetime import datetime

from joinedup.ground.keys import new_fact_id
from joinedup.link.actions.grouping import one_at_a_time, regroup
from joinedup.link.models import Worked
from joinedup.link.queries.evidence import lives_of
from joinedup.link.queries.identities import records_of
from joinedup.share.actions import step
from joinedup.share.rules import Actor


@step
def hold(*, by: Actor, at: datetime, head: int) -> None:
    """Keep that somebody decided about the records under this head as of one child. The same again changes nothing.

    Raises ValueError without a practitioner.
    """
    if by.practitioner_id is None:
        raise ValueError("only a person works with a child")
    records = {record.key for record in records_of(head) if record.standing}
    if not records or records in lives_of(records):
        return
    one_at_a_time()
    life = new_fact_id()
    Worked.objects.bulk_create(
        Worked(life=life, record=record, by_id=by.practitioner_id, at=at) for record in sorted(records)
    )
    regroup(by=by, at=at, seeds=records)  # nobody moves; what keeps pairs apart may have another reason now
