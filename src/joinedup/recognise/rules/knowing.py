"""Who knows of what adds up, who should have been told, and what nobody can say. Facts to act on, never blame."""

from collections.abc import Iterable, Iterator, Sequence

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.words import listed, when

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
    know = set(knowing(reports))
    holding = {fact.agency for fact in facts if fact.person == ""}
    due = (holding | set(_named(pattern, holding | know, feeds))) - know
    return tuple(sorted(code for code in due if feeds.kind_of(code) not in NEVER_TOLD))


def _named(pattern: Pattern, involved: set[str], feeds: Feeds) -> Iterator[str]:
    """Of each kind of agency that the pattern names and that is not involved yet: the one there is, else the kind."""
    kinds = {feeds.kind_of(code) for code in involved}
    for kind in pattern.names:
        if kind not in kinds:
            of_kind = feeds.of_kinds([kind])
            yield of_kind[0] if len(of_kind) == 1 else kind


def not_known(pattern: Pattern, evidence: Sequence[Fact], feeds: Feeds) -> tuple[str, ...]:
    """What is not known, each as a sentence."""
    said = []
    for fact in evidence:
        where = f"{feeds.name_of(fact.agency)}, {when(fact.line.period)}"
        if fact.line.told is None:
            said.append(f"Whether anybody was told is not known: {where}.")
        if CAUSE_NOT_KNOWN in fact.concerns:
            said.append(f"The cause of the injury is not known: {where}.")
    for kind in pattern.names:
        of_kind = feeds.of_kinds([kind])
        if not any(feeds.heard(code) for code in of_kind):
            said.append(f"Nothing has been received from {listed((feeds.name_of(code) for code in of_kind), 'or')}.")
    return tuple(dict.fromkeys(said))
