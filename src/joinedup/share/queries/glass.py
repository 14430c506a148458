"""What was opened in an emergency: for whose child it is, and for whoever reviews it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from joinedup.ground.clocks import due
from joinedup.share.models import BreakGlass, Practitioner, Subject
from joinedup.share.queries.audit import looks_at
from joinedup.share.queries.people import partnership
from joinedup.share.queries.policy import may, visible_subjects, work_of
from joinedup.share.queries.standing import conflicts, locks
from joinedup.share.queries.subjects import about
from joinedup.share.rules import A_DAY, GlassFound, Look, Permission

REVIEW = "glass-review"  # the clock
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Glass:
    """One opening. `until` None: it did not open. `review_by`: the end of its clock. `found`: empty until reviewed.

    `pages`: how many pages about the child that practitioner opened meanwhile.
    """

    key: str
    reference: str
    name: str
    agency: str
    reason: str
    at: datetime
    until: datetime | None
    review_by: datetime
    found: str
    pages: int


def closed_to(*, subject: Subject, practitioner: Practitioner, at: datetime) -> bool:
    """Whether a lock or a conflict of interest keeps this child closed in an emergency too (internal)."""
    barred = conflicts(at).filter(about(subject), practitioner=practitioner)
    return barred.exists() or locks(at).filter(about(subject)).exists()


def emergencies_left(*, for_: Look) -> int:
    """How often this practitioner may still open a child in an emergency within the day; attempts count as well."""
    most = int(partnership().settings.get("emergencies_a_day", A_DAY))
    lately = BreakGlass.objects.filter(by=for_.practitioner_id, at__gt=for_.at - DAY, at__lte=for_.at)
    return max(most - lately.count(), 0)


def emergencies(*, for_: Look) -> list[Glass]:
    """Openings and attempts that nobody has reviewed, the oldest first: of one's own children, or of all for reviewers.

    A child that this look may not open is left out; nobody sees their own.
    """
    reach = visible_subjects(for_=for_) if may(for_, Permission.GLASS_REVIEW) else work_of(for_=for_)
    waiting = list(_glasses(for_, reach).filter(reviews__isnull=True).order_by("at", "pk"))
    return [_shown(one, for_) for one in waiting]


def emergency(*, for_: Look, key: str) -> tuple[Glass, BreakGlass] | None:
    """One opening by its key, of a child that this look may open; None if there is none, or it is the look's own."""
    with suppress(ValidationError):  # a key that is none
        found = _glasses(for_, visible_subjects(for_=for_)).filter(pk=key).first()
        return (_shown(found, for_), found) if found else None
    return None


def _glasses(for_: Look, reach: QuerySet[Subject]) -> QuerySet[BreakGlass]:
    """Openings of these heads, by anybody else."""
    of_them = Subject.objects.filter(Q(pk__in=reach.values("pk")) | Q(head__in=reach.values("pk"))).values("pk")
    found = BreakGlass.objects.filter(at__lte=for_.at, subject__in=of_them).exclude(by=for_.practitioner_id)
    return found.select_related("by__agency", "subject__head").prefetch_related("reviews")


def _shown(one: BreakGlass, for_: Look) -> Glass:
    assert one.subject is not None  # filtered
    for_.note(subjects=[one.subject.head_id or one.subject.pk])
    child = one.subject.head or one.subject
    reviews = sorted(one.reviews.all(), key=lambda review: (review.at, review.pk))
    until = one.until or one.at
    looks = [look for look in looks_at(for_=for_, head=child) if look.by == one.by.email and one.at <= look.at < until]
    return Glass(
        key=str(one.pk),
        reference=child.reference,
        name=one.by.name,
        agency=one.by.agency.name,
        reason=one.reason,
        at=one.at,
        until=one.until,
        review_by=due(REVIEW, one.at),
        found=GlassFound[reviews[-1].found] if reviews else "",
        pages=len(looks),
    )
