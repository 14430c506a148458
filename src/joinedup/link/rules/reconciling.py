"""Why what stands written differs from what follows from the facts: each difference by itself, in words.

A difference is *explained* by what is known to bring it about: another edition of the model, a message that waits, a
person's word. What nothing explains was altered or lost, and somebody has to look at it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, TypeVar

from joinedup.ground.grouping import Pair
from joinedup.link.rules.decide import Word
from joinedup.link.rules.lives import HELD_TOGETHER, WORKED_WITH

MATCH, GROUP = "match", "group"
ALTERED = "nothing in the facts explains it: the row was altered or lost after it was written"
SINCE_WORKED_WITH = "people have worked with these records since, and nothing was placed beside them yet"
MEANWHILE = "something was placed or settled while this ran: run it again"
Levels = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Held:
    """A kept pair: as it is due, or as it stands written."""

    weight: int
    levels: Levels
    outcome: str
    why: str
    against: str


@dataclass(frozen=True)
class MatchDiffers:
    """A pair of records whose match is otherwise than due; null: none. `met`: a block in force brings them together."""

    a: str
    b: str
    due: Held | None
    written: Held | None
    met: bool = True


@dataclass(frozen=True)
class GroupDiffers:
    """Two records that are due in one group and stand in two, or the other way round. One (a = b): its group's name."""

    a: str
    b: str
    together: bool


@dataclass(frozen=True)
class Difference:
    """One difference as it is told. `about`: match or group; `a`, `b`: record keys, the smaller first."""

    about: str
    a: str
    b: str
    due: str
    written: str
    why: str
    explained: bool


class Shift(NamedTuple):
    """How a comparison weighs otherwise now: its level as written and as due, and by how many thousandths of a bit."""

    comparison: str
    written: str
    due: str
    more: int


@dataclass(frozen=True)
class Known:
    """What may explain a difference. `labels`: by record, the group that is due and the group that is written.

    `reread`: records whose features are read otherwise now. `waiting`: records named by a message that waits to be
    placed. `unblocked`: pairs that no written blocking key brings together. `meanwhile`: something was written while
    all this was read.
    """

    labels: Mapping[str, tuple[str, str]]
    words: tuple[Word, ...] = ()
    reread: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    unblocked: frozenset[Pair] = frozenset()
    meanwhile: bool = False
    editions: frozenset[Shift] = frozenset()


Ends = TypeVar("Ends", Difference, Word)


def differences(matches: Iterable[MatchDiffers], groups: Iterable[GroupDiffers], known: Known) -> list[Difference]:
    """Every difference with its explanation: matches first, each in order of its records."""
    matches = sorted(matches, key=lambda one: (one.a, one.b))
    known = replace(known, editions=_editions(matches))
    by_themselves = [_of_match(one, known) for one in matches if not _in_company_only(one)]
    company = _Company(known, by_themselves)
    following = [
        *(_told_match(one, *_why_in_company(one, company)) for one in matches if _in_company_only(one)),
        *(_of_group(one, company) for one in sorted(groups, key=lambda one: (one.a, one.b))),
    ]
    found = by_themselves + following
    return sorted((_meanwhile(one) if known.meanwhile else one for one in found), key=_order)


def _order(one: Difference) -> tuple[bool, str, str]:
    return one.about != MATCH, one.a, one.b


def _meanwhile(one: Difference) -> Difference:
    return one if one.explained else replace(one, why=MEANWHILE, explained=True)


def _editions(matches: Iterable[MatchDiffers]) -> frozenset[Shift]:
    """What shifts in more than one written pair alike: no accident, another edition of the model."""
    shifts = Counter(shift for one in matches if one.due and one.written for shift in _shifts(one.due, one.written))
    return frozenset(shift for shift, n in shifts.items() if n > 1)


def _shifts(due: Held, written: Held) -> Iterator[Shift]:
    for name in written.levels.keys() & due.levels.keys():
        (level, share), (level_due, share_due) = written.levels[name], due.levels[name]
        if (level, share) != (level_due, share_due):
            yield Shift(name, level, level_due, share_due - share)


def _in_company_only(one: MatchDiffers) -> bool:
    """The pair by itself stands as it is due, and only what kept it apart in its company differs."""
    return bool(one.due and one.written and replace(one.due, against=one.written.against) == one.written)


def _of_match(one: MatchDiffers, known: Known) -> Difference:
    why = next(_reasons(one, known), "")
    return _told_match(one, why or ALTERED, bool(why))


def _told_match(one: MatchDiffers, why: str, explained: bool) -> Difference:
    return Difference(MATCH, one.a, one.b, _told(one.due), _told(one.written), why, explained)


def _told(held: Held | None) -> str:
    if held is None:
        return "not kept"
    words = [f"{held.weight / 1000:.3f} bits", held.outcome, held.why, held.against and f"kept apart: {held.against}"]
    return ", ".join(filter(None, words))


def _reasons(one: MatchDiffers, known: Known) -> Iterator[str]:
    """What explains a match that differs, of itself; the first that is so is told."""
    pair = frozenset((one.a, one.b))
    if read := sorted(pair & known.reread):
        yield f"the statement of {_short(read[0])} is read otherwise now than when it was written"
    if one.written is None:
        yield from _not_written(pair, known)
    elif one.due is None:
        yield from _written_only(one, known)
    else:
        yield from _otherwise(one.due, one.written, known)


def _not_written(pair: Pair, known: Known) -> Iterator[str]:
    if pair in known.unblocked:
        yield "no blocking key that is written brings the two together: written under other blocks"
    if known.editions:
        yield "not kept under the edition of the model that wrote it"


def _written_only(one: MatchDiffers, known: Known) -> Iterator[str]:
    if not one.met:
        yield "no block in force brings the two together: written under other blocks"
    elif known.editions:
        yield "weighs too little to be kept under the edition of the model in force"


def _otherwise(due: Held, written: Held, known: Known) -> Iterator[str]:
    shifts = sorted(known.editions.intersection(_shifts(due, written)))
    if shifts:
        yield f"weighed by another edition of the model ({'; '.join(map(_shift_in_words, shifts))})"


def _shift_in_words(shift: Shift) -> str:
    level = shift.written if shift.written == shift.due else f"{shift.written}, now {shift.due}"
    return f"{shift.comparison} {level}: {shift.more / 1000:+.3f} bits since"


def _why_in_company(one: MatchDiffers, company: "_Company") -> tuple[str, bool]:
    if one.due and one.due.against in (WORKED_WITH, HELD_TOGETHER):
        return SINCE_WORKED_WITH, True
    return company.why(one.a, one.b)


def _of_group(one: GroupDiffers, company: "_Company") -> Difference:
    due, written = ("together", "apart") if one.together else ("apart", "together")
    if one.a == one.b:
        due, written = company.known.labels[one.a]
    return Difference(GROUP, one.a, one.b, due, written, *company.why(one.a, one.b))


class _Company:
    """What may explain a difference out of the company of its records: all that are, or are due, in their groups."""

    def __init__(self, known: Known, causes: Iterable[Difference]) -> None:
        self.known = known
        self._members: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
        for key, labels in known.labels.items():
            for members, label in zip(self._members, labels, strict=True):
                members[label].add(key)
        self._causes, self._words = _by_record(causes), _by_record(known.words)

    def near(self, a: str, b: str) -> set[str]:
        labels = self.known.labels
        return {key for one in (a, b) for n, members in enumerate(self._members) for key in members[labels[one][n]]}

    def why(self, a: str, b: str) -> tuple[str, bool]:
        """In words, and whether that explains it."""
        near = self.near(a, b)
        explained = next(chain(self._waits(near), self._said(near)), None)
        return (explained, True) if explained else next(self._follows(near), (ALTERED, False))

    def _waits(self, near: set[str]) -> Iterator[str]:
        for key in sorted(near & self.known.waiting):
            yield f"a message that names {_short(key)} waits to be placed"

    def _said(self, near: set[str]) -> Iterator[str]:
        for word in (word for key in sorted(near) for word in self._words.get(key, ()) if {word.a, word.b} <= near):
            if word.same is (self.known.labels[word.a][1] != self.known.labels[word.b][1]):
                said = "the same" if word.same else "not the same"
                yield f"a person called {_short(word.a)} and {_short(word.b)} {said}, and the groups do not follow yet"

    def _follows(self, near: set[str]) -> Iterator[tuple[str, bool]]:
        for cause in (one for key in sorted(near) for one in self._causes.get(key, ()) if {one.a, one.b} <= near):
            yield f"follows from the pair {_short(cause.a)} and {_short(cause.b)}: {cause.why}", cause.explained


def _by_record(pairs: Iterable[Ends]) -> dict[str, list[Ends]]:
    found: dict[str, list[Ends]] = defaultdict(list)
    for one in pairs:
        found[one.a].append(one)
        found[one.b].append(one)
    return found


def _short(key: str) -> str:
    return key[:12]
