"""What was opened in an emergency: for whose child it is, and for whoever reviews it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from joinedup.ground.clocks import due
from joinedup.share.models import BreakGlass, Practitioner, Subject
from joinedup.share.queries.audit import looks_at
from joinedup.share.queries.people import partnership
from joinedup.share.queries.policy import may, may_open, visible_subjects, work_of
from joinedup.share.queries.standing import conflicts, locks
from joinedup.share.queries.subjects import about, head_ids, head_of
from joinedup.share.rules import A_DAY, GlassFound, Look, Permission

REVIEW = "glass-review"  # the clock
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Glass:
    """One opening. `until` None: it did not open. `review_by`: the end of its clock. `found`: empty until reviewed."""

    key: str
    reference: str
    name: str
    agency: str
    reason: str
    at: datetime
    until: datetime | None
    review_by: datetime
    found: str


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
    waiting = list(_glasses(for_).filter(reviews__isnull=True).order_by("at", "pk"))
    tops = head_ids(one.subject_id for one in waiting if one.subject_id is not None)
    reviews = bool(may(for_, Permission.GLASS_REVIEW))
    found = visible_subjects(for_=for_, among=set(tops.values())) if reviews else work_of(for_=for_)
    heads = {head.pk: head for head in found.filter(pk__in=set(tops.values()))}
    for_.note(subjects=heads)
    near = ((one, heads.get(tops[one.subject_id or 0])) for one in waiting)
    return [_shown(one, head) for one, head in near if head is not None]


def emergency(*, for_: Look, key: str) -> tuple[Glass, BreakGlass] | None:
    """One opening by its key, of a child that this look may open; None if there is none, or it is the look's own."""
    with suppress(ValidationError):  # a key that is none
        fact = _glasses(for_).filter(pk=key).first()
        if fact is not None and fact.subject is not None and may_open(for_=for_, subject=head_of(fact.subject)):
            for_.note(subjects=[head_of(fact.subject).pk])
            return _shown(fact, head_of(fact.subject)), fact
    return None


def pages_opened(*, for_: Look, glass: BreakGlass) -> int:
    """How many pages about the child whoever opened it was answered while it was open."""
    if glass.subject is None or glass.until is None:
        return 0
    looks = looks_at(for_=for_, head=head_of(glass.subject))
    return sum(look.by == glass.by.email and glass.at <= look.at < glass.until for look in looks)


def _glasses(for_: Look) -> QuerySet[BreakGlass]:
    """Openings and attempts by anybody else, of somebody who was met."""
    found = BreakGlass.objects.filter(at__lte=for_.at, subject__isnull=False).exclude(by=for_.practitioner_id)
    return found.select_related("by__agency", "subject__head").prefetch_related("reviews")


def _shown(one: BreakGlass, child: Subject) -> Glass:
    reviews = sorted(one.reviews.all(), key=lambda review: (review.at, review.pk))
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
    )
