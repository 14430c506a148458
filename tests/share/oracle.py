"""An independent oracle of the policy: slow, plain, written from the brief and not from the table of rules.

The brief: agency partners see their own entries and those told to them; social-care roles see all of children they may
open; the front door may open any child with a stated reason; a reviewer opens any for the purpose of review;
administration and governance see no child at all.
"""

from dataclasses import dataclass, field

CARE = ("safeguarding", "support")


@dataclass
class Asker:
    name: str
    agency: str
    roles: frozenset[str]
    purpose: str
    reason: str


@dataclass
class Child:
    workers: set[str] = field(default_factory=set)  # names of practitioners involved now, by any of its records
    agencies: set[str] = field(default_factory=set)  # agencies that hold or were told of an entry


@dataclass
class Statement:
    child: Child
    agency: str
    kind: str
    told: list[str] | None


@dataclass
class Agreed:
    """What an agency agreed to share now: purposes, and kinds (empty: all)."""

    agency: str
    purposes: tuple[str, ...]
    kinds: tuple[str, ...]


def opens(who: Asker, child: Child) -> bool:
    return any(opens_as(role, who, child) for role in who.roles)


def opens_as(role: str, who: Asker, child: Child) -> bool:
    has_reason = who.reason.strip() != ""
    if role in ("mash-social-worker", "out-of-hours", "exploitation-coordinator"):
        return who.purpose in CARE and (has_reason or who.name in child.workers)
    if role in ("social-worker", "team-manager", "reviewing-officer", "conference-chair"):
        return who.purpose in CARE and who.name in child.workers
    if role == "case-reviewer":
        return who.purpose == "review" and has_reason
    if role == "duty-inbox":
        return who.purpose == "reporting" and who.agency in child.agencies
    if role in ("governance-lead", "pattern-owner", "system-keeper", "agency-system"):
        return False
    return who.purpose in CARE and (who.name in child.workers or who.agency in child.agencies)


def reason_would_help(who: Asker) -> bool:
    for role in who.roles:
        if role in ("mash-social-worker", "out-of-hours", "exploitation-coordinator") and who.purpose in CARE:
            return True
        if role == "case-reviewer" and who.purpose == "review":
            return True
    return False


def source_of(who: Asker, said: Statement, agreements: list[Agreed]) -> str | None:
    if said.agency == who.agency:
        return "own"
    if said.told is not None and who.agency in said.told:
        return "told"
    for one in agreements:
        if one.agency == said.agency and who.purpose in one.purposes and (one.kinds == () or said.kind in one.kinds):
            return "others"
    return None


def shows(who: Asker, child: Child, what: str, source: str | None) -> bool:
    return any(opens_as(role, who, child) and shown_to(role, what, source) for role in who.roles)


def shown_to(role: str, what: str, source: str | None) -> bool:
    if source is None:
        return False
    if role in ("mash-social-worker", "out-of-hours", "exploitation-coordinator"):
        return True
    if role in ("social-worker", "team-manager", "reviewing-officer", "conference-chair"):
        return True
    if role == "case-reviewer":
        return what != "reporter"
    if role == "duty-inbox":
        return what == "outcome" and source == "own"
    if what in ("identity", "case", "finding"):
        return source in ("own", "told")
    return what in ("address", "reporter", "outcome") and source == "own"
