"""The whole population at once, purely: from statements to features, blocks, matches and groups.

The same scorer and the same decision as one by one; only the way to the components differs (laws 1, 2 and 8).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from joinedup.ground.grouping import Pair
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.decide import Evidence, Word, decide
from joinedup.link.rules.features import Features, features
from joinedup.link.rules.lives import Life, together
from joinedup.link.rules.model import Model, model_for
from joinedup.link.rules.pairs import Paired, score_against
from joinedup.link.rules.score import Scorer


@dataclass(frozen=True)
class Given:
    """Of one kind: statements by record key (agency, statement), pairs of one notice, what fell, people's words.

    `lives`: records that people work with as one.
    """

    statements: Mapping[str, tuple[str, Mapping[str, Any]]]
    one_notice: frozenset[Pair] = frozenset()
    fallen: frozenset[str] = frozenset()
    words: tuple[Word, ...] = ()
    lives: tuple[frozenset[str], ...] = ()


@dataclass
class Derived:
    """All that follows. `against`: by pair, the rule that kept it apart though it was heavy enough."""

    features: dict[str, Features]
    blocks: dict[str, list[str]]
    matches: dict[Pair, Paired]
    groups: list[tuple[str, ...]] = field(default_factory=list)
    against: dict[Pair, str] = field(default_factory=dict)


def derive(kind: str, given: Given, model: Model | None = None) -> Derived:
    """Derive everything of one kind; the same whatever the order of what is given. `model`: null, the shipped one."""
    said: dict[str, Features] = {key: features(kind, *given.statements[key]) for key in sorted(given.statements)}
    return derive_from(said, given, model or model_for(kind))


def no_more(one: Features) -> tuple[str, ...]:  # noqa: ARG001 - as any further blocks are asked for
    """No further blocks."""
    return ()


def derive_from(
    said: dict[str, Features], given: Given, model: Model, more: Callable[[Features], Iterable[str]] = no_more
) -> Derived:
    """As `derive`, from features (by record key, in order) and by a model that need not be in force.

    `more`: further blocks of a record, of columns that no notice has (`link.evaluating`).
    """
    kind = model.kind
    blocks = {key: [*blocking_keys(kind, one, model), *more(one)] for key, one in said.items()}
    matches = {frozenset((p.a, p.b)): p for p in matches_of(Scorer(model), blocks, said)}
    return grouped(model, Derived(said, blocks, matches), given)


def grouped(model: Model, derived: Derived, given: Given) -> Derived:
    """What is derived, with the groups of its records and what kept pairs apart; nothing but that is added.

    It may be of one component, or of several: each is decided by itself.
    """
    for evidence in components(model, derived, given):
        if len(evidence.records) == 1:  # most are: nothing is to be decided
            derived.groups.append(tuple(evidence.records))
            continue
        decided = decide(model, evidence)
        derived.groups += decided.groups
        derived.against |= decided.against
    derived.groups.sort()
    return derived


def matches_of(scorer: Scorer, blocks: Mapping[str, Iterable[str]], said: Mapping[str, Features]) -> Iterator[Paired]:
    """The kept pairs of all records that share a block, each once."""
    for key, others in met_before(blocks):
        yield from score_against(scorer, key, others, said)


def met_before(blocks: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, set[str]]]:
    """Each record, in order, with those of smaller key that share a block with it: no more in memory than one's own."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(blocks):
        mine = [members[value] for value in blocks[key]]
        yield key, set().union(*mine)
        for block in mine:
            block.append(key)


def components(model: Model, derived: Derived, given: Given) -> Iterator[Evidence]:
    """The evidence of each component: records tied by pairs heavy enough to join or rival, or by people's words."""
    heavy = {p: m.scored for p, m in derived.matches.items() if m.scored.weight >= model.join_at - model.lead}
    words = [word for word in given.words if {word.a, word.b} <= derived.features.keys()]
    lives = [life & derived.features.keys() for life in given.lives]
    part = parts_of(derived.features, heavy, words, lives)
    inside: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"records": {}, "scored": {}, "words": [], "one_notice": set(), "lives": []}
    )
    for key, one in derived.features.items():
        inside[part[key]]["records"][key] = one
    for pair, scored in heavy.items():
        inside[part[min(pair)]]["scored"][pair] = scored
    for word in words:
        inside[part[word.a]]["words"].append(word)
    for life in filter(None, lives):
        inside[part[min(life)]]["lives"].append(life)
    for pair in given.one_notice:
        if len({part[key] for key in pair if key in part}) == 1:
            inside[part[min(pair)]]["one_notice"].add(pair)
    for parts in inside.values():
        fallen = given.fallen & parts["records"].keys()
        yield Evidence(
            parts["records"],
            parts["scored"],
            frozenset(parts["one_notice"]),
            tuple(parts["words"]),
            frozenset(fallen),
            tuple(parts["lives"]),
        )


def parts_of(
    keys: Iterable[str], heavy: Iterable[Pair], words: Iterable[Word], lives: Iterable[Life]
) -> dict[str, str]:
    """Each key with the name of its connected component, one of its keys. Whatever is given is about keys alone."""
    parent = {key: key for key in keys}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    tied = (pair for life in lives for pair in together(life))
    for a, b in chain(heavy, tied, ((word.a, word.b) for word in words)):
        parent[find(a)] = find(b)
    return {key: find(key) for key in parent}
