"""Everything read of ties: who is in a household on a day, and what ties a look may see."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from joinedup.link.queries import names
from joinedup.network.models import Tie
from joinedup.network.rules import (
    HOUSEHOLD,
    LIVES_AT,
    PLACED_AT,
    Around,
    Days,
    Homes,
    Lives,
    Member,
    Stated,
    everyone,
)
from joinedup.share.queries import (
    Subject,
    behind_the_wall,
    children_among,
    entry_source,
    head_ids,
    mask,
    members,
    rows,
    subjects,
    under_heads,
    visible_subjects,
)
from joinedup.share.rules import Field, Look

TIE_KIND = "contact"  # the kind of entry under whose agreement a tie travels
MOVES = (LIVES_AT, PLACED_AT)  # whichever was said last, says where somebody lives
PEOPLE = ("parent", "carer", "sibling", "partner-of-parent", "adult-of-concern", "friend", "other")


TIES = """
SELECT coalesce(s.head_id, s.id), coalesce(t.head_id, t.id), n.since, n.until, n.said_on, n.key, n.kind, n.agency_id
FROM network_tie n JOIN share_subject s ON s.id = n.source_id JOIN share_subject t ON t.id = n.target_id
WHERE n.withdrawn_at IS NULL AND n.kind IN {kinds} AND
"""
OF_THEM, TO_THEM = f"{TIES} {under_heads('s')}", f"{TIES} {under_heads('t')}"
EITHER_WAY = f"{OF_THEM} UNION {TO_THEM}"


class SaidTie(NamedTuple):
    """A tie that stands, between heads."""

    source: int
    target: int
    since: date | None
    until: date | None
    said_on: date
    key: str
    kind: str
    agency_id: str


Seen = Callable[[SaidTie], bool]  # which ties may speak


def anything(tie: SaidTie) -> bool:  # noqa: ARG001 - a tie's
    """Every tie counts: for what the house itself derives."""
    return True


def household_members(head_id: int, on: date, seen: Seen = anything) -> list[Member]:
    """Who lives with this child on a day: stated, or at the same current address; in order of head (internal).

    `seen`: which ties may speak; what is said to a look rests on those it may see, never on a shielded address.
    """
    found = around(head_id, seen).on(on)
    roles = _roles([subject.pk for subject in members(head_id)])
    return [Member(head, roles.get(head, "same-address"), since) for head, since in sorted(found.items())]


def household(head_id: int, on: date) -> set[int]:
    """The heads of everybody who lives with this child on a day (internal)."""
    return set(around(head_id).on(on))


def children_living_with(heads: Collection[int], on: date) -> set[int]:
    """The heads of children whose household any of these people is in, or who live at any of these places (internal).

    Now, or as is said of days to come. Their news is the child's; of places, that others live there now, or no more.
    """
    return {child for child, days in households_near(heads, on).items() if not everyone(days).isdisjoint(heads)}


def households_near(heads: Collection[int], on: date) -> dict[int, Days]:
    """Of each other child that any of these people or places may bear on: who and where, from a day on (internal)."""
    asked, ties = set(heads), _ties(EITHER_WAY, heads, [HOUSEHOLD, LIVES_AT])
    homes = {tie.target for tie in ties if tie.kind == LIVES_AT and tie.source in asked}
    near = [*(tie for tie in ties if tie.target in asked), *_ties(TO_THEM, homes, [LIVES_AT])]
    children = children_among({tie.source for tie in near} - asked)
    return {child: one.from_(on) for child, one in _around(children).items()}


def heads_around(head: int) -> set[int]:
    """The heads of everybody to whom a child is tied, places apart (internal: whose addresses must not slip out)."""
    mine = [subject.pk for subject in members(head)]
    targets = head_ids(_standing().filter(source__in=mine, kind__in=PEOPLE).values_list("target_id", flat=True))
    return set(targets.values()) - {head}


def around(head_id: int, seen: Seen = anything) -> Around:
    """All that bears on who lives with somebody, on whatever day, of the ties that may speak (internal)."""
    return _around([head_id], seen)[head_id]


def _around(heads: Collection[int], seen: Seen = anything) -> dict[int, Around]:
    """As `around`, of many at once, in as many questions as of one."""
    said = _by_source(_ties(OF_THEM, heads, [HOUSEHOLD, *MOVES], seen))
    homes = _homes(said)
    met: dict[int, set[int]] = defaultdict(set)  # of each place, everybody who was ever said to live there
    for tie in _ties(TO_THEM, {one.place for of in homes.values() for one in of.lives}, [LIVES_AT], seen):
        met[tie.target].add(tie.source)
    theirs = _homes(_by_source(_ties(OF_THEM, set().union(*met.values()), MOVES, seen)))
    found = {}
    for head in heads:
        mine = homes.get(head, Homes())
        others = set().union(*(met[one.place] for one in mine.lives)) - {head}
        stated = [Stated(*tie[:6]) for tie in said[head] if tie.kind == HOUSEHOLD]
        found[head] = Around(head, mine, stated, {other: theirs[other] for other in others if other in theirs})
    return found


def _homes(said: Mapping[int, Iterable[SaidTie]]) -> dict[int, Homes]:
    """Where each of these is said to live, by head."""
    moves = {
        head: [Lives(*tie[:6], tie.kind == LIVES_AT) for tie in ties if tie.kind in MOVES]
        for head, ties in said.items()
    }
    return {head: Homes(lives) for head, lives in moves.items() if lives}


def _by_source(ties: Iterable[SaidTie]) -> dict[int, list[SaidTie]]:
    found: dict[int, list[SaidTie]] = defaultdict(list)
    for tie in ties:
        found[tie.source].append(tie)
    return found


def _ties(which: str, heads: Collection[int], kinds: Collection[str], seen: Seen = anything) -> list[SaidTie]:
    """The ties of these kinds that stand, of these heads or to them, as far as they may speak."""
    return [tie for tie in map(SaidTie._make, rows(which, kinds=kinds, heads=heads) if heads else ()) if seen(tie)]


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


@behind_the_wall
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


def _may_see(tie: Tie | SaidTie, person: Subject, for_: Look) -> bool:
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
