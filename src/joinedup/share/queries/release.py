"""The one place that opens a shielded value, for a look that may have it."""

from collections.abc import Callable

from joinedup.ground.shielded import Shielded, opened
from joinedup.share.models import Subject
from joinedup.share.queries.policy import mask
from joinedup.share.rules import Field, Look, Source

Opens = Callable[[Shielded], str]


def release(*, for_: Look, what: Field, subject: Subject, source: Source | None) -> Opens | None:
    """What opens shielded values of this class of this child, as said by this source; None if the look may not have it.

    Decided once, for as many values as a list holds.
    """
    return None if mask(for_=for_, what=what, subject=subject, source=source) else opened
