"""Lines of a chronology as the rules read them: days as numbers, one event with one date, what counts and what not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from joinedup.chronicle.rules.line import Line
from joinedup.chronicle.rules.reports import IMPLIED, worries
from joinedup.ground.codes import CodeSet
from joinedup.recognise.rules.feeds import Feeds

PASSED_ON = "message-passed"
CLOSING = frozenset({"no-further-action", "advice", "other-agency-involved", "ended"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line that counts. `first`, `last`: ordinals of the first and last day on which it can have happened."""

    key: str
    person: str  # "" is the child; anybody else stands under a reference of their own
    agency: str
    agency_kind: str
    kind: str
    classes: frozenset[str]  # of concern, response, closure, good
    concerns: frozenset[str]  # as said, and what its kind says by itself
    worries: frozenset[str]  # the same, near synonyms as one: for counting kinds
    side: str
    standing: str
    outcome: str
    first: int | None
    last: int | None
    lasting: bool
    holders: frozenset[str]  # kinds of agency that hold a report of the event
    told: frozenset[str]  # kinds of agency known to have been told of it
    telling_known: bool  # of each report it is known whether anybody was told
    observer: str
    first_hand: str  # yes, no, unknown
    reason: str  # yes, no
    count: int
    happening: str
    line: Line

    @property
    def span(self) -> int:
        """How many days wide its date is, 0 when it has none; what went on all the time is not coarse."""
        return min(self.width, 1) if self.lasting else self.width

    @property
    def width(self) -> int:
        """How many days lie between the bounds of its date, whether it lasted or not; 0 when it has none."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def order(self) -> tuple[object, ...]:
        return self.line.order

    def reached(self, kinds: frozenset[str]) -> str:
        """Whether an agency of one of these kinds holds it or was told: yes, no, or unknown (three values)."""
        if not kinds.isdisjoint(self.holders) or not kinds.isdisjoint(self.told):
            return "yes"
        return "no" if self.telling_known else "unknown"

    @property
    def reached_anyone(self) -> str:
        """Whether anybody was told of it: yes, no, or unknown."""
        return "yes" if self.told else "no" if self.telling_known else "unknown"


def facts_of(
    lines: Sequence[Line], household: Mapping[str, Sequence[Line]], feeds: Feeds, codes: CodeSet
) -> list[Fact]:
    """What counts of a child's lines and of the people now in the household, in chronology order.

    Withdrawn lines count for nothing; a line given twice counts once.
    """
    people: list[tuple[str, Sequence[Line]]] = [("", lines), *sorted(household.items())]
    facts = [fact for person, theirs in people for fact in _of_one(person, theirs, feeds, codes)]
    return sorted(facts, key=lambda fact: fact.order)


def _of_one(person: str, lines: Sequence[Line], feeds: Feeds, codes: CodeSet) -> list[Fact]:
    unique = {line.key: line for line in lines if not line.withdrawn}
    return _as_one_event([_fact(person, line, feeds, codes) for line in unique.values()])


def _fact(person: str, line: Line, feeds: Feeds, codes: CodeSet) -> Fact:
    first, last = line.period.first, line.period.last
    concerns = line.concerns | ({IMPLIED[line.kind]} if line.kind in IMPLIED else set())
    return Fact(
        key=line.key,
        person=person,
        agency=line.agency,
        agency_kind=line.agency_kind,
        kind=line.kind,
        classes=classes_of(line.kind, line.outcome, line.concerns, codes),
        concerns=concerns,
        worries=worries(line.kind, line.concerns),
        side=line.side,
        standing=line.standing,
        outcome=line.outcome,
        first=first.toordinal() if first else None,
        last=last.toordinal() if last else None,
        lasting=line.period.lasting,
        holders=frozenset({line.agency_kind}),
        told=frozenset(feeds.kind_of(told.agency) for told in line.told or ()),
        telling_known=line.told is not None,
        observer=line.observer or line.key,
        first_hand={True: "yes", False: "no", None: "unknown"}[line.first_hand],
        reason="yes" if concerns or line.words.strip() else "no",
        count=line.count or 1,
        happening=line.happening,
        line=line,
    )


def classes_of(kind: str, outcome: str, concerns: frozenset[str], codes: CodeSet) -> frozenset[str]:
    """Of an entry: whether it is a concern, a response, a closure, a good thing.

    An event expresses concern if it names a kind of concern (an attendance that is flagged); passing an earlier event
    on is no new one. A kind that nobody knows is read as a concern: none is lost for bad data (law 4). Whatever ends
    with a closing outcome (a contact with no further action) is a closure too.
    """
    known = codes.kinds.get(kind)
    nature: str = known.nature if known else "concern"
    if nature == "event":
        nature = "concern" if concerns and kind != PASSED_ON else ""
    return frozenset(filter(None, (nature, "closure" if outcome in CLOSING else "")))


def _as_one_event(facts: list[Fact]) -> list[Fact]:
    """Reports of one event share its closest date, who holds it and who was told: passed on by one is passed on."""
    events: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        events[fact.happening].append(fact)
    return [fact if len(events[fact.happening]) == 1 else _shared(fact, events[fact.happening]) for fact in facts]


def _shared(fact: Fact, reports: list[Fact]) -> Fact:
    first, last = (fact.first, fact.last) if fact.lasting else _closest(reports)
    return replace(
        fact,
        first=first,
        last=last,
        holders=frozenset().union(*(report.holders for report in reports)),
        told=frozenset().union(*(report.told for report in reports)),
        telling_known=all(report.telling_known for report in reports),
    )


def _closest(reports: list[Fact]) -> tuple[int | None, int | None]:
    """Where all the dates said can be true at once, that overlap; else any of the days said. What lasted says none."""
    firsts = [fact.first for fact in reports if fact.first is not None and not fact.lasting]
    lasts = [fact.last for fact in reports if fact.last is not None and not fact.lasting]
    if not firsts:
        return None, None
    if max(firsts) <= min(lasts):
        return max(firsts), min(lasts)
    return min(firsts), max(lasts)
