"""Numbers, lists and parts of a rule in plain English."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from joinedup.ground.codes import codes, inside
from joinedup.ground.periods import Period, says
from joinedup.recognise.rules.language import After, Clause, Count, NotFollowed, Test, Where
from joinedup.recognise.rules.spans import Span

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
PLURALS = {"person": "people", "child": "children"}
NOUNS = {
    "happenings": "separate event",
    "times": "time",
    "observers": "observer",
    "agencies": "agency",
    "kinds_of_agency": "kind of agency",
    "kinds_of_concern": "kind of concern",
    "sides": "side (at home, outside)",
    "people": "person",
    "days": "different day",
}


class Amount(int):
    """A number that a sentence can write with its noun: "{happenings:concern}" gives "three concerns"."""

    def __format__(self, noun: str) -> str:
        if noun == "time" and self in (1, 2):
            return "once" if self == 1 else "twice"
        number = NUMBERS[self] if self < len(NUMBERS) else str(int(self))
        return f"{number} {noun if self == 1 else plural(noun)}" if noun else number


def plural(noun: str) -> str:
    """The plural of a noun; of "kind of agency", of its first word."""
    head, of, rest = noun.partition(" of ")
    head, bracket, tail = head.partition(" (")
    first, _, last = head.rpartition(" ")
    many = PLURALS.get(last) or (f"{last[:-1]}ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else f"{last}s")
    return f"{first} {many}".strip() + bracket + tail + of + rest


def listed(items: Iterable[str], last: str = "and") -> str:
    """ "a, b and c"; with semicolons where an item has a comma of its own."""
    several = list(items)
    comma = "; " if any("," in item for item in several) else ", "
    before_last = f"; {last} " if comma == "; " else f" {last} "
    return comma.join(several[:-1]) + before_last + several[-1] if len(several) > 1 else "".join(several)


BEGINNINGS = {
    "kind": "of kind",
    "concern": "with concern",
    "side": "on the side",
    "standing": "with standing",
    "agency": "from",
    "outcome": "with outcome",
}
CODE_LISTS = {"kind": "kinds", "concern": "concerns", "agency": "agency_kinds", "outcome": "outcomes"}


@lru_cache(maxsize=500)
def label(word: str, code: str) -> str:
    """A code of the list that a word is held against, as the middle of a sentence has it; any other stays itself."""
    known = getattr(codes(date.max), CODE_LISTS.get(word, ""), {}).get(code)
    said = known.label if known else code.replace("-", " ")
    return inside(said)


def when(period: Period) -> str:
    """A date as a sentence has it: of a moment, its day."""
    return says(Period.on(period.first) if period.instant and period.first and not period.lasting else period)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def need(measure: str, n: int) -> str:
    """ "at least three separate events"."""
    return f"at least {Amount(n):{NOUNS[measure]}}"


@lru_cache(maxsize=500)
def rule_of(count: Count) -> str:
    """One count of the rule as a sentence without its end: what is counted, of which entries, in which window."""
    needs = listed(need(measure, n) for measure, n in count.needs.items())
    within = f" within {Span(count.window)}" if count.window else ", ever"
    return f"{needs}{within}, of entries {entries_of(count)}"


def entries_of(count: Count) -> str:
    said = [where(count.where)]
    if count.after:
        said.append(_after(count.after))
    if count.not_followed:
        said.append(_not_followed(count.not_followed))
    return "; ".join(said)


def _after(after: After) -> str:
    within = f" no more than {after.within} earlier" if after.within else " at any time before"
    tie = "the same day counts" if after.same_day == "counts" else "the same day does not count"
    return f"that come after an entry{within} {where(after.where)} ({tie})"


def _not_followed(rule: NotFollowed) -> str:
    return (
        f"known to {_any('agency', rule.from_)} and not followed within {rule.within} by an entry {where(rule.by)}, "
        f"spoken of for {rule.lasts}"
    )


def where(test: Where) -> str:
    """The conditions of a `where`: "of kind missing, told to police: no"."""
    said = list(_conditions(test))
    if test.not_:
        said.append(f"but not {listed(_conditions(test.not_), 'or')}")
    return ", ".join(said) or "of any kind"


def _conditions(test: Test) -> Iterable[str]:
    if test.is_:
        yield f"that are a {listed(test.is_, 'or')}"
    for word, beginning in BEGINNINGS.items():
        if given := getattr(test, word):
            yield f"{beginning} {_any(word, given)}"
    yield from _about(test)


def _about(test: Test) -> Iterable[str]:
    if test.about:
        yield "about the child" if test.about == "child" else "about somebody else now in the household"
    for kind, value in test.told:
        yield f"told to “{label('agency', kind)}”: {value}"
    if test.first_hand:
        yield f"seen first-hand: {test.first_hand}"
    if test.reason:
        yield f"reason given: {test.reason}"


def _any(word: str, given: Iterable[str]) -> str:
    return listed((f"“{label(word, code)}”" for code in given), "or")


def clause(when: Clause, depth: int = 0) -> list[str]:
    """The whole rule as indented list lines for the manual and the pattern's page."""
    indent = "  " * depth
    if when.count:
        return [f"{indent}- {capital(rule_of(when.count))}."]
    head = "All of these, on one day:" if when.all else "Any of these:"
    return [f"{indent}- {head}", *(line for part in (*when.all, *when.any) for line in clause(part, depth + 1))]
