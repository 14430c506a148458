"""What a guardian reads: looks by other agencies' people that catch the eye, and the words on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from joinedup.governance.models import Declared, GuardianWord
from joinedup.governance.rules import Found, Glance, Signal, signals, watch_on
from joinedup.ground.clock import civil_day
from joinedup.ground.clocks import due
from joinedup.link import queries as link
from joinedup.share import queries as share
from joinedup.share.queries import Practitioner, Seen
from joinedup.share.rules import Look, Permission

REVIEW = "look-review"  # the clock


@dataclass(frozen=True)
class Caught:
    """One look that catches the eye. `reference`: of the child, of whom nothing else is here. `due`: of the review.

    `found`: the last guardian's word, in words; empty: none yet.
    """

    row: int
    who: str
    agency: str
    role: str
    at: datetime
    reason: str
    reference: str
    signals: tuple[Signal, ...]
    due: datetime
    found: str = ""
    says: str = ""


def caught(*, for_: Look) -> list[Caught]:
    """Looks of other agencies' people that catch the eye, those that wait first, then the latest. Notes no child:
    that somebody asks about a look is not told on the child's page."""
    if not share.may(for_, Permission.LOOKS_REVIEW):
        return []
    watch = watch_on(civil_day(for_.at))
    since = for_.at - timedelta(days=watch.look_back_days)
    seen = share.looks_since(since)
    glances = glances_of(seen, since=since)
    found = signals(glances.values(), watch=watch, salt=bytes(share.partnership().salt), at=for_.at)
    words = last_words(found)
    references = share.subjects({glances[row].head for row in found})
    others = {row: one for row, one in seen.items() if row in found and one.agency != for_.agency}
    shown = [
        _caught(row, one, glances[row], found[row], references[glances[row].head].reference, words.get(row))
        for row, one in others.items()
    ]
    for_.note(entries=[str(one.row) for one in shown])
    return sorted(shown, key=lambda one: (bool(one.found), -one.at.timestamp()))


def glances_of(seen: Mapping[int, Seen], *, since: datetime) -> dict[int, Glance]:
    """One glance for each practitioner, child and day, by the audit row of its first look (internal)."""
    people = share.people_by_email({one.by for one in seen.values()})
    heads = {one.head for one in seen.values()}
    beside = _Beside(
        link.names_and_postcodes(heads), share.works_since(heads), share.acts_since(since),
        _declared(person.pk for person in people.values()),
    )  # fmt: skip
    first: dict[tuple[str, int, date], int] = {}
    for row, one in sorted(seen.items()):
        first.setdefault((one.by, one.head, civil_day(one.at)), row)
    rows = (row for row in first.values() if seen[row].by in people)
    return {row: beside.glance(row, seen[row], people[seen[row].by]) for row in rows}


@dataclass
class _Beside:
    """What stands beside the looks: what is said of the children, who works with whom, what was done, declarations."""

    said: Mapping[int, tuple[frozenset[str], frozenset[str]]]
    works: Mapping[tuple[int, int], datetime]
    acts: Mapping[tuple[str, int], list[datetime]]
    declared: Mapping[int, frozenset[str]]
    roles: dict[int, str] = field(default_factory=dict)

    def glance(self, row: int, one: Seen, person: Practitioner) -> Glance:
        family, postcodes = self.said.get(one.head, (frozenset(), frozenset()))
        since = self.works.get((person.pk, one.head))
        return Glance(
            row, one.digest, one.at, civil_day(one.at), person.pk, person.name.split()[-1], self._role(person, one.at),
            one.head, since is not None and since <= one.at, tuple(self.acts.get((one.by, one.head), ())),
            family, postcodes, self.declared.get(person.pk, frozenset()),
        )  # fmt: skip

    def _role(self, person: Practitioner, at: datetime) -> str:
        if person.pk not in self.roles:
            self.roles[person.pk] = ", ".join(sorted(share.roles_of(person.pk, at=at)))
        return self.roles[person.pk]


def _declared(practitioners: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for row in Declared.objects.filter(practitioner__in=list(practitioners)):
        found[row.practitioner_id].add(row.digest)
    return {pk: frozenset(digests) for pk, digests in found.items()}


def last_words(rows: Iterable[int]) -> dict[int, GuardianWord]:
    words = GuardianWord.objects.filter(row__in=list(rows)).select_related("by").order_by("at", "pk")
    return {word.row: word for word in words}


def _caught(
    row: int, one: Seen, glance: Glance, why: list[Signal], reference: str, word: GuardianWord | None
) -> Caught:  # fmt: skip
    said = (Found[word.found], f"{word.by.name}: {word.reason}") if word else ("", "")
    return Caught(
        row, one.by, one.agency, glance.role, one.at, one.reason, reference, tuple(why), due(REVIEW, one.at), *said
    )


def waits(*, for_: Look) -> int:
    """How many looks wait for this guardian's word."""
    return sum(not one.found for one in caught(for_=for_))


def caught_one(*, for_: Look, row: int) -> Caught | None:
    """One of them; None for whoever may not read it, and for their own agency's."""
    return next((one for one in caught(for_=for_) if one.row == row), None)


def declared_count(*, for_: Look) -> int:
    """How many names and postcodes somebody declared of themselves; what they are is kept from everybody."""
    return Declared.objects.filter(practitioner=for_.practitioner_id or 0).count()
