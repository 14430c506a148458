"""Opening a child in an emergency, and the review by somebody else."""

from datetime import datetime

from joinedup.ground.clocks import due
from joinedup.share.actions.acts import act, note
from joinedup.share.actions.persons import somebody
from joinedup.share.actions.subjects import open_for_hours
from joinedup.share.models import BreakGlass, GlassReview, Subject
from joinedup.share.queries.glass import closed_to
from joinedup.share.rules import Actor, GlassFound

OPEN_FOR = "glass-open"  # the clock
WHAT = "opening in an emergency, and its review,"


@act
def break_glass(*, by: Actor, at: datetime, subject: Subject | None, reason: str) -> BreakGlass:
    """Open a child to somebody for as long as the clock `glass-open` says. An attempt is kept as well as an opening.

    `subject` None: whoever was asked for was not met. It does not open a locked case, nor one of a person with a
    conflict of interest: `until` of what is returned is then None. Raises ValueError without a person or a reason.
    """
    breaker = somebody(by, reason, what=WHAT)
    closed = subject is None or closed_to(subject=subject, practitioner=breaker, at=at)
    until = None if closed else due(OPEN_FOR, at)
    if subject is not None and until is not None:
        open_for_hours(by=by, at=at, subject=subject, practitioner=breaker, until=until)
    made = BreakGlass.objects.create(subject=subject, by=breaker, reason=reason, at=at, until=until)
    note(glass=str(made.pk), subject=subject.pk if subject else None, opened=until is not None)
    return made


@act
def review_glass(*, by: Actor, at: datetime, glass: BreakGlass, found: GlassFound, reason: str) -> GlassReview:
    """Say what became of one opening. Raises ValueError without a person or a reason, and for whoever opened it."""
    reviewer = somebody(by, reason, what=WHAT)
    if reviewer.pk == glass.by_id:
        raise ValueError("somebody else reviews it")
    made = GlassReview.objects.create(glass=glass, found=found.name, reason=reason, by=reviewer, at=at)
    note(glass=str(glass.pk), found=found.name)
    return made
