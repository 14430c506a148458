"""Who may put off what is open. Being open, on a plan or in care quietens nothing (law 6)."""

from collections.abc import Iterable

from joinedup.respond.rules.openness import NOT_NOW, Decided

HOLDS_CASE = frozenset({"allocated", "manager"})  # reviewing officers and chairs hold none


def needs_another(*, tiers: Iterable[str], themes: frozenset[str], earlier: Iterable[Decided]) -> bool:
    """True if "not now" needs somebody who does not hold the case: the second time, or at all on tier *now*."""
    return "now" in tiers or any(one.what == NOT_NOW and one.themes & themes for one in earlier)


def is_second(practitioner: int, *, looks_again: bool, holders: Iterable[int], earlier: Iterable[Decided]) -> bool:
    """True if these are the second pair of eyes on whether it may be put off: another's than those that were first.

    First were whoever holds the case, or has held it since the finding stood, and whoever put it off before
    (`earlier`). Where nobody's were, only a role whose task it is (`looks_again`) may do without them.
    """
    first = {*holders, *(one.by for one in earlier if one.what == NOT_NOW)}
    return practitioner not in first and (looks_again or bool(first))
