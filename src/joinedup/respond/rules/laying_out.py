"""Laying out a child's desk items: from contacts, findings and decisions to what stands open, and by when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from joinedup.ground.keys import digest
from joinedup.respond.rules.contacts import Approach
from joinedup.respond.rules.look_by import finding_due, referral_due
from joinedup.respond.rules.openness import (
    Decided,
    Evidence,
    contact_is_open,
    open_referrals,
    open_since,
    shows_from,
    standing,
    unanswered,
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
    contacts: Iterable[Approach],
    findings: Iterable[Evidence],
    decisions: Iterable[Decided],
    of_child: Collection[str],
    received: Mapping[str, datetime],
) -> list[Item]:
    """What stands open for one child: contacts that express concern, referrals, findings; in the desk's order.

    `of_child`: keys of every entry that is this child's now. `received`: when each entry of a finding was received,
    those about others in the household among them.
    """
    stands = standing(decisions, frozenset(of_child))
    items = [
        *(contact_item(one) for one in contacts if one.expresses_concern and contact_is_open(one.key, stands)),
        *(referral_item(one) for one in open_referrals(stands)),
        *(finding_item(one, stands, received) for one in findings if unanswered(one, stands)),
    ]
    return sorted(items, key=in_order)


def contact_item(one: Approach) -> Item:
    return Item("contact", one.key, one.received_at, one.received_at, referral_due(one.received_at))


def referral_item(one: Decided) -> Item:
    return Item("referral", one.key, one.at, one.at, referral_due(one.at), min(one.themes, default=""))


def finding_item(finding: Evidence, stands: Iterable[Decided], received: Mapping[str, datetime]) -> Item:
    """The finding's item; its look-by runs from the moment that it shows."""
    since = open_since(finding, stands, received)
    shows = shows_from(finding, stands, since)
    due = finding_due(finding.tier, shows)
    return Item("finding", finding.key, since, shows, due, finding.theme, finding.tier)


def in_order(item: Item) -> tuple[bool, datetime, datetime, str]:
    """The desk's order: by clock, then by what came first; what has no clock comes last."""
    return (item.due is None, item.due or item.since, item.since, item.key)
