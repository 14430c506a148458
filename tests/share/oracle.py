"""An independent oracle of the policy: slow, plain, written from the brief and not from the table of rules.

The brief: agency partners see their own entries and those told to them, of children they work with, or with a stated
reason of children whom their agency knows; social-care roles see all of the children they work with; the front door may
open any child with a stated reason; a reviewer opens any for the purpose of review; administration and governance see
no child at all. A locked case opens only to those who work with the child (a reviewer: who were named for it), and to
nobody at all who has a conflict of interest. Whoever made a notice, signed in at an agency partner, needs no reason for
some weeks, but a locked case does not open to them for it. Whoever opened a child in an emergency sees for these hours
what anybody said, as far as it is agreed, but never where the child lives nor who reported; a locked case does not open
so. The police's exploitation coordinator never learns who reported.
"""

from dataclasses import dataclass, field

CARE = ("safeguarding", "support")
NEVER = ("sealing-officer", "guardian", "governance-lead", "pattern-owner", "system-keeper", "agency-system")
OWN_CASES_ONLY = ("social-worker", "team-manager", "reviewing-officer", "conference-chair")
AT_THE_COUNCIL = (*OWN_CASES_ONLY, "mash-social-worker", "out-of-hours")
NO_REASON_ASKED = (*OWN_CASES_ONLY, "duty-inbox")


@dataclass
class Asker:
    name: str
    agency: str
    roles: frozenset[str]
    purpose: str
    reason: str
    agency_kind: str = ""


@dataclass
class Child:
    glasses: set[str] = field(default_factory=set)  # names of practitioners who opened it in an emergency just now
    workers: set[str] = field(default_factory=set)  # names of practitioners involved now, by any of its records
    reporters: set[str] = field(default_factory=set)  # names of practitioners who made a notice of it some weeks ago
    agencies: set[str] = field(default_factory=set)  # agencies that hold or were told of an entry
    locked: bool = False
    parties: set[str] = field(default_factory=set)  # names of practitioners who have a conflict of interest


@dataclass
class Statement:
    child: Child
    agency: str
    kind: str
    told: list[str] | None
    kept: bool = False  # its owner said that it is not to be passed on


@dataclass
class Agreed:
    """What an agency agreed to share now: purposes, and kinds (empty: all)."""

    agency: str
    purposes: tuple[str, ...]
    kinds: tuple[str, ...]


def opens(who: Asker, child: Child) -> bool:
    return any(opens_as(role, who, child) for role in who.roles)


def opens_as(role: str, who: Asker, child: Child) -> bool:
    if who.name in child.parties or not looks_for(role, who):
        return False
    return reaches(role, who, child) or in_emergency(role, who, child)


def in_emergency(role: str, who: Asker, child: Child) -> bool:
    """Whether they broke the glass, and it holds: never for a locked case, for a review or for a duty inbox.

    The police's exploitation coordinator opens any child with a reason, and gains nothing by it.
    """
    if role == "exploitation-coordinator" and who.agency_kind == "police":
        return False
    return who.name in child.glasses and not child.locked and role not in ("case-reviewer", "duty-inbox")


def looks_for(role: str, who: Asker) -> bool:
    """Whether the role, at this kind of agency and for this purpose, looks at any child at all."""
    if role in NEVER:
        return False
    if role in AT_THE_COUNCIL and who.agency_kind != "childrens-social-care":
        return False
    if role == "exploitation-coordinator" and who.agency_kind not in ("childrens-social-care", "police"):
        return False
    if role == "case-reviewer":
        return who.purpose == "review"
    return who.purpose == "reporting" if role == "duty-inbox" else who.purpose in CARE


def reaches(role: str, who: Asker, child: Child) -> bool:
    """Whether it is one of the children that this role may open."""
    works_with, has_reason = who.name in child.workers, who.reason.strip() != ""
    if role in OWN_CASES_ONLY:
        return works_with
    if role == "exploitation-coordinator" and who.agency_kind == "police":
        return has_reason and not child.locked
    if role in ("mash-social-worker", "out-of-hours", "exploitation-coordinator"):
        return works_with or (has_reason and not child.locked)
    if role == "case-reviewer":
        return has_reason and (works_with or not child.locked)
    if role == "duty-inbox":
        return who.agency in child.agencies and not child.locked
    said_why = who.name in child.reporters or (who.agency in child.agencies and has_reason)
    return works_with or (said_why and not child.locked)


def reason_would_help(who: Asker) -> bool:
    """Whether a stated reason could open some child to this asker: never a question about this child."""
    return any(looks_for(role, who) and role not in NO_REASON_ASKED for role in who.roles)


def source_of(who: Asker, said: Statement, agreements: list[Agreed]) -> str | None:
    if said.agency == who.agency:
        return "own"
    if said.told is not None and who.agency in said.told:
        return "told"
    for one in agreements:
        if one.agency == said.agency and who.purpose in one.purposes and (one.kinds == () or said.kind in one.kinds):
            return "kept" if said.kept else "others"
    return None


def shows(who: Asker, child: Child, what: str, source: str | None) -> bool:
    return any(shows_as(role, who, child, what, source) for role in who.roles)


def shows_as(role: str, who: Asker, child: Child, what: str, source: str | None) -> bool:
    if not opens_as(role, who, child) or source is None:
        return False
    if in_emergency(role, who, child) and source != "kept" and what in ("identity", "case", "finding", "decision"):
        return True
    return reaches(role, who, child) and shown_to(role, who, what, source)


def shown_to(role: str, who: Asker, what: str, source: str | None) -> bool:
    if source is None:
        return False
    if role == "exploitation-coordinator" and who.agency_kind == "police":
        return what != "reporter" and source != "kept"
    if role in ("mash-social-worker", "out-of-hours", "exploitation-coordinator"):
        return True
    if role in OWN_CASES_ONLY:
        return True
    if role == "case-reviewer":
        return what != "reporter"
    if role == "duty-inbox":
        return what == "outcome" and source == "own"
    if what in ("identity", "case", "finding"):
        return source in ("own", "told")
    return what in ("address", "reporter", "outcome") and source == "own"
