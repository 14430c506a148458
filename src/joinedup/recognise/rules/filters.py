"""Which entries a `where` means: each word of it as a plain test on one fact."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.language import Test, Where

Predicate = Callable[[Fact], bool]
SETS: Mapping[str, Callable[[Fact], str]] = {  # words that take a list -> the one value of a fact they are held against
    "kind": lambda fact: fact.kind,
    "agency": lambda fact: fact.agency_kind,
    "side": lambda fact: fact.side or "not said",
    "standing": lambda fact: fact.standing,
    "outcome": lambda fact: fact.outcome,
    "about": lambda fact: "others" if fact.person else "child",
    "first_hand": lambda fact: fact.first_hand,
    "reason": lambda fact: fact.reason,
}


@lru_cache(maxsize=2_000)
def meets(where: Where) -> Predicate:
    """A test that is true of a fact which meets everything in `where`, and nothing under its `not`."""
    wanted = tuple(conditions(where))
    refused = tuple(conditions(where.not_)) if where.not_ else ()

    def met(fact: Fact) -> bool:
        for test in wanted:
            if not test(fact):
                return False
        for test in refused:  # noqa: SIM110
            if test(fact):
                return False
        return True

    return met


def conditions(test: Test) -> Iterator[Predicate]:
    """One predicate for each word given."""
    for word, value_of in SETS.items():
        if given := getattr(test, word):
            yield _one_of(value_of, frozenset((given,) if isinstance(given, str) else given))
    if test.is_:
        yield _of_class(frozenset(test.is_))
    if test.concern:
        yield _concerns(frozenset(test.concern))
    for kind, value in test.told:
        yield _told(kind, value)


def _one_of(value_of: Callable[[Fact], str], given: frozenset[str]) -> Predicate:
    return lambda fact: value_of(fact) in given


def _of_class(classes: frozenset[str]) -> Predicate:
    return lambda fact: not classes.isdisjoint(fact.classes)


def _concerns(wanted: frozenset[str]) -> Predicate:
    return lambda fact: not wanted.isdisjoint(fact.concerns) or ("any" if fact.concerns else "none") in wanted


def _told(kind: str, value: str) -> Predicate:
    if kind == "anyone":
        return lambda fact: fact.reached_anyone == value
    kinds = frozenset({kind})
    return lambda fact: fact.reached(kinds) == value
