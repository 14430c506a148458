"""Whom a message meets. The same scorer and the same rules as for every record, asked before any record is made.

A person is met who would be joined with, or doubted to be, the sealed identity, unless they speak at least as clearly
of the one that is known now; and who says in one breath what only the sealed identity has. Errors go to the officers,
who say that it is somebody else: they are told too often rather than too late.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.link.rules.blocks import NUMBERS
from joinedup.link.rules.features import Features, features
from joinedup.link.rules.judging import SEPARATE, judge_pair
from joinedup.link.rules.score import scorer_for
from joinedup.link.rules.statements import CHILD, PLACE, Said, Statement, said_in
from joinedup.receive.rules.notice import Notice


@dataclass(frozen=True)
class Met:
    """A person of a notice (`n`, with whoever the notice says is the same) and the record their statement would be."""

    n: int
    record: str


def people_in(notice: Notice, message: str) -> list[tuple[Said, Features]]:
    """Everybody whom a notice would make a record of, with their features; addresses are nobody."""
    people = (one for one in said_in(notice, message) if one.kind != PLACE)
    return [(one, features(CHILD, notice.agency, one.statement)) for one in people]


def met(
    people: Iterable[tuple[Said, Features]],
    old: Collection[tuple[str, Statement]],
    now: Collection[tuple[str, Statement]],
    excused: Collection[str] = (),
) -> list[Met]:
    """Of some people those who meet a sealed identity. `excused`: records of whom an officer said: somebody else."""
    before, today = [list(map(_features, said)) for said in (old, now)]
    found = []
    for one, says in people:
        if (
            one.record not in excused
            and says not in today
            and (nearer(says, before, today) or joins(says, before, today))
        ):
            found.append(Met(one.n, one.record))
    return found


def nearer(person: Features, before: Collection[Features], today: Collection[Features]) -> bool:
    """They speak of the sealed identity, and less clearly of the one known now."""
    weight, known = nearest(person, before), nearest(person, today)
    return weight is not None and (known is None or known < weight)


def joins(person: Features, before: Collection[Features], today: Collection[Features]) -> bool:
    """One statement holds what only the sealed identity has: a number, or its family name beside its birth."""
    if _only(NUMBERS, before, today) & _values(NUMBERS, [person]):
        return True
    named = _only(("families",), before, today) & _values(("families",), [person])
    return bool(named) and bool(_values(("borns",), before) & _values(("borns",), [person]))


def _only(parts: Collection[str], before: Collection[Features], today: Collection[Features]) -> set[str]:
    return _values(parts, before) - _values(parts, today)


def _values(parts: Collection[str], statements: Iterable[Features]) -> set[str]:
    return {value for one in statements for part in parts for value in one.get(part, ())}


def nearest(person: Features, statements: Iterable[Features]) -> int | None:
    """The greatest weight among the statements with which this person would be joined or doubted; None: with none."""
    scorer = scorer_for(CHILD)
    scored = [(scorer.score(person, one), one) for one in statements]
    weights = [
        s.weight for s, one in scored if person == one or judge_pair(scorer.model, person, one, s).outcome != SEPARATE
    ]
    return max(weights, default=None)


def _features(said: tuple[str, Statement]) -> Features:
    agency, statement = said
    return features(CHILD, agency, statement)
