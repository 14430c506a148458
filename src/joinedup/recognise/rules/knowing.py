"""Who knows of what adds up, who should have been told, and what nobody can say. Facts to act on, never blame."""

from collections.abc import Iterable, Sequence

from joinedup.ground.periods import says
from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Pattern

NEVER_TOLD = frozenset({"family"})  # who reports by themselves is thanked, not told (design section 4; trust 1)
CAUSE_NOT_KNOWN = "injury-cause-not-known"


def reports_of(evidence: Iterable[Fact], facts: Iterable[Fact]) -> list[Fact]:
    """Every report of the events in the evidence, whether the pattern counted it or not."""
    happenings = {fact.happening for fact in evidence}
    return [fact for fact in facts if fact.happening in happenings]


def knowing(reports: Iterable[Fact]) -> tuple[str, ...]:
    """Codes of the agencies that hold one of the events, or were told of one."""
    return tuple(sorted({agency for fact in reports for agency in fact.line.knowing}))


def not_told(pattern: Pattern, reports: Sequence[Fact], facts: Iterable[Fact], feeds: Feeds) -> tuple[str, ...]:
    """Codes of the agencies that hold an entry on the child or that the pattern names, less those knowing or unknown.

    If it is not known whom a report was told to, anybody may have been told of it.
    """
    if not all(fact.telling_known for fact in reports):
        return ()
    concerned = {fact.agency for fact in facts if fact.person == ""} | set(feeds.of_kinds(pattern.names))
    due = {code for code in concerned if feeds.kind_of(code) not in NEVER_TOLD}
    return tuple(sorted(due - set(knowing(reports))))


def not_known(pattern: Pattern, evidence: Sequence[Fact], feeds: Feeds) -> tuple[str, ...]:
    """What is not known, each as a sentence."""
    said = []
    for fact in evidence:
        where = f"{feeds.name_of(fact.agency)}, {says(fact.line.period)}"
        if fact.line.told is None:
            said.append(f"Whether anybody was told is not known: {where}.")
        if CAUSE_NOT_KNOWN in fact.concerns:
            said.append(f"The cause of the injury is not known: {where}.")
    unheard = [feeds.name_of(code) for code in feeds.of_kinds(pattern.names) if not feeds.heard(code)]
    said += [f"Nothing has been received from {name}." for name in unheard]
    return tuple(dict.fromkeys(said))
