"""Looks beside what stands beside them: who worked with the child then, what was done, what is said and declared.

Whatever is asked of the database is asked once for all looks together: a month may hold a hundred thousand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from joinedup.governance.models import Declared
from joinedup.governance.rules import Glance
from joinedup.ground.clock import civil_day
from joinedup.link import queries as link
from joinedup.share import queries as share
from joinedup.share.queries import Practitioner, Seen, Span

NOTHING = frozenset[str]()


def glances_of(seen: Mapping[int, Seen], *, since: datetime, work: Collection[str]) -> list[Glance]:
    """One glance for each practitioner, child and day, apart where it was their own work for a part of it only.

    It stands for its first look; one that opened the child itself comes before one that showed it beside another.
    """
    beside = _beside(seen, since, work)
    looks = sorted(
        (bool(one.asked) and head not in one.asked, row, head) for row, one in seen.items() for head in one.heads
    )
    first: dict[tuple[object, ...], tuple[int, int]] = {}
    for _, row, head in looks:
        one = seen[row]
        first.setdefault((one.who, head, civil_day(one.at), beside.own(one, head)), (row, head))
    return [beside.glance(row, seen[row], head) for row, head in first.values()]


@dataclass(frozen=True)
class _Beside:
    """What stands beside the looks: what is said of the children, who works with whom, what was done, declarations."""

    people: Mapping[int, Practitioner]
    roles: "Roles"
    said: Mapping[int, tuple[frozenset[str], frozenset[str]]]
    works: Mapping[tuple[int, int], list[Span]]
    acts: Mapping[tuple[int, int], list[datetime]]
    declared: Mapping[int, frozenset[str]]

    def own(self, one: Seen, head: int) -> bool:
        """Whether the child, or whom it was shown beside, was their own work at the time of the look."""
        return any(
            holds(span, one.at) for child in one.with_whom(head) for span in self.works.get((one.who, child), ())
        )

    def glance(self, row: int, one: Seen, head: int) -> Glance:
        family, postcodes = self.said.get(head, (NOTHING, NOTHING))
        acted = (at for child in one.with_whom(head) for at in self.acts.get((one.who, child), ()))
        return Glance(
            row, one.digest, one.at, civil_day(one.at), one.who, self.people[one.who].name,
            self.roles.at(one.who, one.at), head, self.own(one, head), tuple(acted),
            family, postcodes, self.declared.get(one.who, NOTHING),
        )  # fmt: skip


def _beside(seen: Mapping[int, Seen], since: datetime, work: Collection[str]) -> _Beside:
    accounts = {one.who for one in seen.values()}
    heads = {head for one in seen.values() for head in one.heads}
    return _Beside(
        share.people_of(accounts), Roles(accounts), link.names_and_postcodes(heads), share.works_since(heads),
        share.acts_since(since, among=work), _declared(accounts),
    )  # fmt: skip


class Roles:
    """Which roles some practitioners held, asked once for all of them."""

    def __init__(self, accounts: Collection[int]) -> None:
        self._held = share.roles_held(accounts)

    def at(self, account: int, at: datetime) -> str:
        return ", ".join(sorted({role for role, span in self._held.get(account, ()) if holds(span, at)}))


def holds(span: Span, at: datetime) -> bool:
    """Whether a half-open time holds this instant."""
    since, until = span
    return since <= at and (until is None or at < until)


def _declared(practitioners: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for row in Declared.objects.filter(practitioner__in=list(practitioners)):
        found[row.practitioner_id].add(row.digest)
    return {pk: frozenset(digests) for pk, digests in found.items()}
