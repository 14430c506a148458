"""What stands open about a child: computed from what is there and what was decided, never stored by hand (law 6).

A decision answers the entries it lists while they are this child's. Evidence beyond them opens the finding again.
A "not now" answers until its day. A decision whose ground moved to another child is *fallen*: shown, answering nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Decided:
    """A decision as these rules read it. `key` names a referral when `what` is "refer"."""

    key: str
    what: str
    themes: frozenset[str]
    contacts: frozenset[str]
    entries: frozenset[str]
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """A finding as these rules read it: its theme, its tier and every entry its grounds stand on."""

    key: str
    theme: str
    tier: str
    entries: frozenset[str]
    since: datetime


def fallen(decision: Decided, entries_of_child: frozenset[str]) -> bool:
    """True if an entry the decision saw is no longer this child's (a split or a merge moved it)."""
    return not decision.entries <= entries_of_child


def standing(decisions: Iterable[Decided], entries_of_child: frozenset[str], at: datetime) -> list[Decided]:
    """The decisions that answer something at `at`: neither fallen nor run out."""
    return [
        decision
        for decision in decisions
        if not fallen(decision, entries_of_child) and (decision.until is None or at < decision.until)
    ]


def finding_is_open(finding: Evidence, standing_decisions: Iterable[Decided]) -> bool:
    """True if the finding stands on an entry that no standing decision on its theme saw."""
    seen = [decision.entries for decision in standing_decisions if finding.theme in decision.themes]
    return not finding.entries <= frozenset().union(*seen)


def contact_is_open(key: str, standing_decisions: Iterable[Decided]) -> bool:
    """True if no standing decision answered this contact or referral."""
    return not any(key in decision.contacts for decision in standing_decisions)


def open_referrals(standing_decisions: list[Decided]) -> list[Decided]:
    """Findings a person made into referrals, still without an answer. Their clock runs from that decision."""
    return [
        decision
        for decision in standing_decisions
        if decision.what == "refer" and contact_is_open(decision.key, standing_decisions)
    ]
