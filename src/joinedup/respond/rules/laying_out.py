"""Laying out a child's desk items: from contacts, findings and decisions to what stands open, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from joinedup.ground.keys import digest
from joinedup.respond.rules.look_by import finding_due, referral_due
from joinedup.respond.rules.openness import (
    Decided,
    Evidence,
    contact_is_open,
    finding_is_open,
    open_referrals,
    standing,
)


@dataclass(frozen=True)
class Item:
    """One open item: what kind, what it refers to, since when, shown from when, due when (all UTC)."""

    kind: str
    ref: str
    since: datetime
    shows_from: datetime
    due: datetime | None
    theme: str = ""
    tier: str = ""
    role: str = ""  # of a question: whose desk at `agency`
    agency: str = ""

    @property
    def key(self) -> str:
        return digest("desk-item", self.kind, self.ref, self.agency, self.role)


def lay_out(
    *,
    contacts: Iterable[tuple[str, datetime]],
    findings: Iterable[Evidence],
    decisions: Iterable[Decided],
    entries: frozenset[str],
    at: datetime,
) -> list[Item]:
    """What stands open for one child: contacts (key, received) that express concern, referrals, findings.

    `entries`: keys of every entry that is this child's now. Order: as the desk shows them.
    """
    decided = list(decisions)
    stands = standing(decided, entries, at)
    items = [
        Item("contact", key, received, received, referral_due(received))
        for key, received in contacts
        if contact_is_open(key, stands)
    ]
    items += [Item("referral", one.key, one.at, one.at, referral_due(one.at), min(one.themes, default="")) for one in open_referrals(stands)]
    items += [finding_item(finding, decided, entries) for finding in findings if deferred_or_open(finding, stands)]
    return sorted(items, key=in_order)


def deferred_or_open(finding: Evidence, stands: list[Decided]) -> bool:
    """True unless it is answered for good: a "not now" only defers, the item waits for its day."""
    return finding_is_open(finding, [one for one in stands if one.what != "not-now"])


def finding_item(finding: Evidence, decided: list[Decided], entries: frozenset[str]) -> Item:
    """The finding's item; one put off with "not now" shows from the day that the decision named."""
    put_off = [
        one.until
        for one in decided
        if one.until and finding.theme in one.themes and finding.entries <= one.entries <= entries
    ]
    shows = max([finding.since, *put_off])
    return Item("finding", finding.key, finding.since, shows, finding_due(finding.tier, shows), finding.theme, finding.tier)


def in_order(item: Item) -> tuple[bool, datetime, datetime, str]:
    """The desk's order: by clock, then by what came first; what has no clock comes last."""
    return (item.due is None, item.due or item.since, item.since, item.key)
