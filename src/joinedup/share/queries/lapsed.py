"""Agreements that ended: what an agency keeps is then shown to nobody else, and whoever looks is told why.

They tell of agencies, never of a child.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from joinedup.ground.clock import civil_day
from joinedup.share.models import Agreement
from joinedup.share.queries.policy import agreements, may
from joinedup.share.rules import Field, Look, Permission, Relation, Source, would_grant

ONE_MORE = "one more agency"  # whose very name tells something
GLASS_ALONE = frozenset({Relation.GLASS})  # rows of an emergency: no role reads others' entries by them alone


@dataclass(frozen=True)
class Lapsed:
    """That nothing of an agency is shown, since a civil day."""

    agency: str
    since: date


@dataclass(frozen=True)
class Agreed:
    """One agreement, for governance: `until` half-open (None: without an end); `over`: it has ended."""

    agency: str
    edition: str
    purposes: tuple[str, ...]
    since: date
    until: date | None
    over: bool


def lapsed(*, for_: Look) -> list[Lapsed]:
    """Agencies of which this look would be shown something, had their agreement for its purpose not ended; by name."""
    rows = [row for row in would_grant(for_) if Field.CASE in row.fields and row.relations != GLASS_ALONE]
    if not any(Source.OTHERS in row.sources for row in rows):
        return []
    standing = {one.agency_id for one in agreements(for_=for_)}
    ended = _ended(civil_day(for_.at)).exclude(agency__in={*standing, for_.agency})
    last = {_called(one): one.until for one in ended if for_.purpose in one.purposes and one.until}
    return [Lapsed(name, until) for name, until in sorted(last.items())]


def agreements_of_all(*, for_: Look) -> list[Agreed]:
    """Every agreement that has ended or ends within a month, then those without an end in sight; for governance."""
    if not may(for_, Permission.STATUS_SEE):
        return []
    day = civil_day(for_.at)
    found = Agreement.objects.select_related("agency").order_by("since", "pk")
    shown = [_agreed(one, day) for one in found if one.since <= day]
    return sorted(shown, key=lambda one: (one.until or date.max, one.agency))


def ended_between(after: date, day: date) -> list[Agreement]:
    """Agreements that ended after one civil day and up to another (internal: the tick leaves a trace of each)."""
    return list(_ended(day).filter(until__gt=after))


def _ended(day: date) -> QuerySet[Agreement]:
    return Agreement.objects.filter(until__lte=day).select_related("agency").order_by("until", "pk")


def _called(one: Agreement) -> str:
    return ONE_MORE if one.agency.discreet else one.agency.name


def _agreed(one: Agreement, day: date) -> Agreed:
    over = one.until is not None and one.until <= day
    return Agreed(one.agency.name, one.edition, tuple(one.purposes), one.since, one.until, over)
