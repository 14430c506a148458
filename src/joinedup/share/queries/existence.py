"""That a child is known, and to whom: the least that may be told, to practitioners who ask (decision 15)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from joinedup.share.models import Involvement
from joinedup.share.queries.people import open_at
from joinedup.share.queries.policy import agreements
from joinedup.share.queries.standing import HEAD, NO_ONE, look_up
from joinedup.share.rules import Field, Look, Standing, granted, speaking


@dataclass(frozen=True)
class Involved:
    """An agency that works with the child, and how to reach whoever answers for it."""

    name: str
    contact: str


@dataclass(frozen=True)
class Existence:
    """Whom to ask about a child. `more`: further agencies whose very name would tell something."""

    agencies: tuple[Involved, ...]
    more: int


def existence_of(*, for_: Look, heads: Collection[int]) -> Existence | None:
    """Whom to ask, if these are one child of whom as much may be told; else None.

    The same questions are asked of the database whether there is such a child or not. Notes the child that was told of.
    """
    [head] = heads if len(heads) == 1 else [NO_ONE]
    look_up(for_=for_, pks=[head])
    standing: Standing | None = for_.found.get(("stands", str(head)))
    involved = _involved(for_, head)
    rows = speaking(granted(for_), standing) if standing else []
    if not involved or not any(Field.EXISTENCE in row.fields for row in rows):
        return None
    for_.note(subjects=[head])
    named = tuple(Involved(name, contact) for name, contact, discreet in involved if not discreet)
    return Existence(named, len(involved) - len(named))


def _involved(for_: Look, head: int) -> list[tuple[str, str, bool]]:
    """Agencies that hold something about this child and agreed that as much may be told: name, contact, discreet."""
    agreed = [one.agency_id for one in agreements(for_=for_) if one.existence]
    about = Q(subject=head) | Q(subject__head=head)
    holding = Involvement.objects.filter(about, open_at(for_.at), relation="held", agency__in=agreed)
    named = holding.annotate(top=HEAD).filter(top=head).order_by("agency__name")
    return list(named.values_list("agency__name", "agency__duty_inbox", "agency__discreet").distinct())
