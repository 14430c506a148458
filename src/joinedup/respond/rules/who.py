"""To whom an open item belongs, and who may put it off.

New children go to the MASH; a child with an allocated worker goes to that worker, the team manager and the independent
reviewing officer or conference chair. Being open, on a plan or in care quietens nothing (law 6).
"""

from collections.abc import Iterable

from joinedup.respond.rules.openness import Decided

CASE_HOLDERS = frozenset({"allocated", "manager", "iro", "chair"})
MASH = "mash"


def desks_of(relations: Iterable[str]) -> frozenset[str]:
    """The desks on which a child's items lie, from the relations that hold now: `{"mash"}` or the case holders'."""
    held = CASE_HOLDERS & frozenset(relations)
    return held if "allocated" in held else frozenset({MASH})


def needs_another(choice: str, *, tiers: Iterable[str], themes: frozenset[str], earlier: Iterable[Decided]) -> bool:
    """True if "not now" needs somebody who does not hold the case: the second time, or at all on tier *now*."""
    if choice != "not-now":
        return False
    return "now" in tiers or any(one.what == "not-now" and one.themes & themes for one in earlier)
