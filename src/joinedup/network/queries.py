"""Everything read of ties: who is in a household on a day, and what ties a look may see."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from joinedup.link.queries import names
from joinedup.network.models import Tie
from joinedup.network.rules import (
    HOUSEHOLD,
    LIVES_AT,
    PLACED_AT,
    Lives,
    Member,
    Stated,
    current_homes,
    members_on,
    one_household,
)
from joinedup.share.queries import Subject, entry_source, head_ids, mask, members, subjects, visible_subjects
from joinedup.share.rules import Field, Look

TIE_KIND = "contact"  # the kind of entry under whose agreement a tie travels
MOVES = (LIVES_AT, PLACED_AT)  # whichever was said last, says where somebody lives
PEOPLE = ("parent", "carer", "sibling", "partner-of-parent", "adult-of-concern", "friend", "other")


def anything(tie: Tie) -> bool:  # noqa: ARG001 - a tie's
    """Every tie counts: for what the house itself derives."""
    return True


def household_members(head_id: int, on: date, seen: Callable[[Tie], bool] = anything) -> list[Member]:
    """Who lives with this child on a day: stated, or at the same current address; in order of head (internal).

    `seen`: which ties may speak; what is said to a look rests on those it may see, never on a shielded address.
    """
    mine = [subject.pk for subject in members(head_id)]
    found = _at_same_address(head_id, mine, on, seen) | members_on(_stated(mine, seen), on)
    roles = _roles(mine)
    return [
        Member(head, roles.get(head, "same-address"), since) for head, since in sorted(found.items()) if head != head_id
    ]


def household(head_id: int, on: date) -> set[int]:
    """The heads of everybody who lives with this child on a day (internal)."""
    return {member.head for member in household_members(head_id, on)}


def children_living_with(head_ids_: Collection[int], on: date) -> set[int]:
    """The heads of children whose household any of these people is in, or who live at any of these places (internal).

    Their news is the child's; of places, that others live there now, or no more.
    """
    mine = [subject.pk for head in head_ids_ for subject in members(head)]
    stated = set(_standing().filter(target__in=mine, kind=HOUSEHOLD).values_list("source_id", flat=True))
    homes = set(_standing().filter(source__in=mine, kind=LIVES_AT).values_list("target_id", flat=True))
    places = {pk for pk, subject in subjects(head_ids_).items() if subject.kind == "place"}
    there = set(_at(places | set(head_ids(homes).values())).values_list("source_id", flat=True))
    near = set(head_ids(stated | there).values()) - set(head_ids_)
    children = {pk for pk, subject in subjects(near).items() if subject.kind == "child"}
    return {child for child in children if household(child, on) & set(head_ids_) or places & _homes(child, on).keys()}


def _homes(head_id: int, on: date) -> dict[int, date]:
    """Where somebody lives on a day, each place with since when."""
    mine = [subject.pk for subject in members(head_id)]
    return current_homes(_lives(_standing().filter(source__in=mine, kind__in=MOVES)), on)


def _at_same_address(head_id: int, mine: list[int], on: date, seen: Callable[[Tie], bool]) -> dict[int, date]:
    homes = current_homes(_lives(filter(seen, _standing().filter(source__in=mine, kind__in=MOVES))), on)
    if not homes:
        return {}
    met = {tie.who for tie in _lives(filter(seen, _at(homes)))} - {head_id}
    theirs: dict[int, list[Lives]] = defaultdict(list)
    people = [subject.pk for head in met for subject in members(head)]
    for tie in _lives(filter(seen, _standing().filter(source__in=people, kind__in=MOVES))):
        theirs[tie.who].append(tie)
    return one_household(homes, {head: current_homes(ties, on) for head, ties in theirs.items()})


def _at(places: Collection[int]) -> QuerySet[Tie]:
    """Ties to these places (heads), under whichever of their records they were said."""
    return _standing().filter(Q(target__in=places) | Q(target__head__in=places), kind=LIVES_AT)


def _lives(ties: Iterable[Tie]) -> list[Lives]:
    rows = list(ties)
    heads = head_ids({pk for tie in rows for pk in (tie.source_id, tie.target_id)})
    return [
        Lives(heads[t.source_id], heads[t.target_id], t.since, t.until, t.said_on, t.key, t.kind == LIVES_AT)
        for t in rows
    ]


def _stated(mine: Collection[int], seen: Callable[[Tie], bool]) -> list[Stated]:
    rows = list(filter(seen, _standing().filter(source__in=mine, kind=HOUSEHOLD)))
    heads = head_ids({pk for tie in rows for pk in (tie.source_id, tie.target_id)})
    return [Stated(heads[t.source_id], heads[t.target_id], t.since, t.until, t.said_on, t.key) for t in rows]


def _roles(mine: Collection[int]) -> dict[int, str]:
    """The role of each person to this child as last stated; of one day's, the nearest relation."""
    rows = list(_standing().filter(source__in=mine, kind__in=PEOPLE).values_list("target_id", "kind", "said_on"))
    heads = head_ids({target for target, _, _ in rows})
    ordered = sorted(rows, key=lambda row: (row[2], -PEOPLE.index(row[1])))
    return {heads[target]: kind for target, kind, _ in ordered}


def _standing() -> QuerySet[Tie]:
    return Tie.objects.filter(withdrawn_at__isnull=True)


@dataclass(frozen=True)
class Person:
    """Somebody around a child. `reference` is empty where the look may not open them, `name` where none may be shown.

    `roles`: as stated, the nearest first; `since`: in the household since, as far as is known; null: not in it.
    `said_on`: when a tie was last stated, `agencies` by whom.
    """

    head: int
    kind: str
    reference: str
    name: str
    roles: tuple[str, ...]
    since: date | None
    said_on: date
    agencies: tuple[str, ...]


def people(*, for_: Look, head: int, on: date) -> list[Person]:
    """The people tied to a head by ties that this look may see: the household first, then those last spoken of."""
    seen = [view for view in ties_of(for_=for_, head=head) if view.other_kind != "place"]
    by_head: dict[int, list[TieView]] = defaultdict(list)
    for view in seen:
        by_head[view.other_head].append(view)
    child = subjects([head])[head]
    since = {one.head: one.since for one in household_members(head, on, lambda tie: _may_see(tie, child, for_))}
    called = names(for_=for_, heads=by_head)
    found = [_person(other, views, since.get(other), called.get(other, "")) for other, views in by_head.items()]
    return sorted(found, key=lambda person: (person.since is None, -person.said_on.toordinal(), person.head))


def _person(head: int, views: list["TieView"], since: date | None, name: str) -> Person:
    roles = {view.kind for view in views if view.outgoing} & set(PEOPLE)
    return Person(
        head, views[0].other_kind, views[0].other, name, tuple(sorted(roles, key=PEOPLE.index)), since,
        max(view.said_on for view in views), tuple(sorted({view.agency for view in views})),
    )  # fmt: skip


@dataclass(frozen=True)
class TieView:
    """A tie as it may be shown: `other` is the other end's reference, empty when this look may not open it."""

    key: str
    kind: str
    outgoing: bool
    other_head: int
    other_kind: str
    other: str
    agency: str
    since: date | None
    until: date | None
    said_on: date
    message: str


def ties_of(*, for_: Look, head: int) -> list[TieView]:
    """The ties of a head that this look may see, latest said first."""
    mine = {subject.pk for subject in members(head)}
    ties = list(_standing().filter(Q(source__in=mine) | Q(target__in=mine)).order_by("-said_on", "key"))
    person = subjects([head])[head]
    shown = [tie for tie in ties if _may_see(tie, person, for_)]
    heads = head_ids({pk for tie in shown for pk in (tie.source_id, tie.target_id)})
    others = visible_subjects(for_=for_).filter(pk__in=set(heads.values()) - {head})
    by_id = {subject.pk: subject for subject in others}
    kinds = {pk: subject.kind for pk, subject in subjects(heads.values()).items()}
    for_.note(subjects=[head, *by_id])
    return [_view(tie, mine, heads, kinds, {pk: one.reference for pk, one in by_id.items()}) for tie in shown]


def _may_see(tie: Tie, person: Subject, for_: Look) -> bool:
    source = entry_source(for_=for_, agency=tie.agency_id, kind=TIE_KIND, told=())
    what = Field.ADDRESS if tie.kind.endswith(("-at", "-to")) else Field.IDENTITY
    return not mask(for_=for_, what=what, subject=person, source=source)


def _view(
    tie: Tie, mine: set[int], heads: dict[int, int], kinds: dict[int, str], references: dict[int, str]
) -> TieView:
    outgoing = tie.source_id in mine
    other = heads[tie.target_id if outgoing else tie.source_id]
    return TieView(
        tie.key, tie.kind, outgoing, other, kinds[other], references.get(other, ""), tie.agency_id,
        tie.since, tie.until, tie.said_on, tie.message_id,
    )  # fmt: skip
