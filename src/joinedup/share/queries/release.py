"""The one place that opens a shielded value, for a look that may have it."""

from joinedup.ground.shielded import Shielded, opened
from joinedup.share.models import Subject
from joinedup.share.queries.policy import mask
from joinedup.share.rules import Field, Look, Source


def released(value: Shielded, *, for_: Look, what: Field, subject: Subject, source: Source | None) -> str | Shielded:
    """The text of a shielded value if the policy shows this class of this child to this look; else the value itself."""
    return value if mask(for_=for_, what=what, subject=subject, source=source) else opened(value)
