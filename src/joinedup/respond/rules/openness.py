"""What stands open about a child: computed from what is there and what was decided, never stored by hand (law 6).

A decision answers the entries it lists while they are this child's. Evidence beyond them opens the finding again.
A "not now" only puts off: the finding shows again on its day. A decision whose ground moved to another child is
*fallen*: shown, answering nothing. Nothing here asks what time it is, so it can be derived again at any time (law 1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

NOT_NOW = "not-now"
REFER = "refer"


@dataclass(frozen=True)
class Decided:
    """A decision as these rules read it. `key` names a referral when `what` is "refer".

    `entries`: all that it saw; `beside`: those of them that were about others in the household.
    """

    key: str
    what: str
    themes: frozenset[str]
    contacts: frozenset[str]
    entries: frozenset[str]
    at: datetime
    until: datetime | None = None
    by: int = 0
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """One ground of a finding: the entries it stands on, and since when enough had been received for it to stand."""

    entries: frozenset[str]
    since: datetime


@dataclass(frozen=True)
class Evidence:
    """A finding as these rules read it: its theme, its tier and its grounds; `since`: the first of that tier stood."""

    key: str
    theme: str
    tier: str
    parts: tuple[Part, ...]
    since: datetime

    @property
    def entries(self) -> frozenset[str]:
        """Every entry that one of its grounds stands on."""
        return frozenset[str]().union(*(part.entries for part in self.parts))


def fallen(decision: Decided, entries_of_child: frozenset[str]) -> bool:
    """True if an entry the decision saw is no longer this child's (a split or a merge moved it)."""
    return not decision.entries - decision.beside <= entries_of_child


def standing(decisions: Iterable[Decided], entries_of_child: frozenset[str]) -> list[Decided]:
    """The decisions that have not fallen."""
    return [decision for decision in decisions if not fallen(decision, entries_of_child)]


def unanswered(finding: Evidence, stands: Iterable[Decided]) -> frozenset[str]:
    """The entries of a finding that no standing decision on its theme, other than "not now", saw. None: answered."""
    seen = [one.entries for one in stands if finding.theme in one.themes and one.what != NOT_NOW]
    return finding.entries.difference(*seen)


def open_since(finding: Evidence, stands: Iterable[Decided], received: Mapping[str, datetime]) -> datetime:
    """Since when it is open: since it stood, or, if it was answered before, since evidence beyond that made it stand.

    `received`: when each of its entries came. An entry that came before its ground stood counts from when it stood.
    """
    beyond = unanswered(finding, stands)
    again = [
        max(part.since, min(received.get(key, part.since) for key in fresh))
        for part in finding.parts
        if (fresh := part.entries & beyond)
    ]
    return max(finding.since, min(again, default=finding.since))


def shows_from(finding: Evidence, stands: Iterable[Decided], since: datetime) -> datetime:
    """When a finding open `since` shows: at once, or from the latest day named by a "not now" that saw all of it."""
    put_off = [
        one.until for one in stands if one.until and finding.theme in one.themes and finding.entries <= one.entries
    ]
    return max([since, *put_off])


def contact_is_open(key: str, stands: Iterable[Decided]) -> bool:
    """True if no standing decision answered this contact or referral."""
    return not any(key in decision.contacts for decision in stands)


def open_referrals(stands: list[Decided]) -> list[Decided]:
    """Findings a person made into referrals, still without an answer. Their clock runs from that decision."""
    return [one for one in stands if one.what == REFER and contact_is_open(one.key, stands)]
