"""Join, doubt or separate: the weight, and what speaks against it whatever the weight.

Every rule is a property of a pair, or of the final set of pairs; nothing hangs on what came first (law 2). Order of
force (law 7): a person's *not the same*; two valid identifiers that differ; a person's *same*; the softer rules
(`constraints`, and persons of one notice); the weight. Source: leader advantage after CRATE.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

from joinedup.ground.grouping import Edge, Grouping, Pair, group
from joinedup.link.rules.constraints import (
    OTHER_FORENAME,
    bridges,
    confirms,
    house_differs,
    identifiers_differ,
    softer_rule,
    yields,
)
from joinedup.link.rules.features import Features
from joinedup.link.rules.judging import ONE_KIND, enough
from joinedup.link.rules.lives import WORKED_WITH, Life, between, crossing, merged, strained, together
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scored

A_PERSON = "a-person-said-so"


class Word(NamedTuple):
    """A person's latest word on a pair."""

    a: str
    b: str
    same: bool


@dataclass(frozen=True)
class Decided:
    """`against`: of scored pairs, the rule that spoke ("refused": joining them would have broken another pair's)."""

    groups: tuple[tuple[str, ...], ...]
    against: dict[Pair, str]


@dataclass(frozen=True)
class Evidence:
    """All that bears on a set of records: features by key, scored pairs, pairs of one notice, people's latest words.

    `fallen`: records that no standing message says any more. They join nobody to anybody. `lives`: records that people
    work with as one child (`link.rules.lives`).
    """

    records: Mapping[str, Features]
    scored: Mapping[Pair, Scored]
    one_notice: frozenset[Pair] = frozenset()
    words: tuple[Word, ...] = ()
    fallen: frozenset[str] = frozenset()
    lives: tuple[Life, ...] = ()


@dataclass(frozen=True)
class Forces:
    """Pairs that people call the same; pairs that stay apart, each with the strongest reason; lives, and their ties."""

    same: set[Pair]
    apart: dict[Pair, str]
    lives: list[Life]
    one_life: set[Pair]


def decide(model: Model, evidence: Evidence) -> Decided:
    """Group the records of one kind. The same whatever the order of what is given."""
    standing = without_fallen(evidence)
    forces = forces_of(model, standing)
    held = held_back(model, standing, forces.apart, forces.same)
    edges = [_edge(pair, scored.weight) for pair, scored in standing.scored.items() if pair not in held]
    together = forces.same | forces.one_life
    grouping = group(standing.records, edges, set(forces.apart), together, model.join_at, model.join_at)
    refused = _refused(grouping, forces.lives)
    against = {**refused, **held, **_strain(model, standing, forces.lives), **forces.apart}
    of_scored = {pair: why for pair, why in against.items() if pair in standing.scored}
    return Decided(with_fallen(model, evidence, grouping.groups), of_scored)


def forces_of(model: Model, evidence: Evidence) -> Forces:
    """Everything but the weight: people's words, what they work with, and the rules that none of these overrides."""
    same, not_same = ({frozenset((w.a, w.b)) for w in evidence.words if w.same is one} for one in (True, False))
    lives = merged(evidence.lives, evidence.records, not_same)
    hard, soft = rules_against(model, evidence)
    standing = {
        pair: why
        for pair, why in soft.items()
        if not (
            overruled(pair, same, evidence, model)
            or (why in OTHER_FORENAME and bridged(pair, evidence, model))
            or any(pair <= life for life in lives)
        )
    }
    apart = standing | between(lives, same) | hard | dict.fromkeys(not_same, A_PERSON)
    return Forces(same, apart, lives, {pair for life in lives for pair in together(life)})


def _refused(grouping: Grouping, lives: list[Life]) -> dict[Pair, str]:
    """Pairs heavy enough that would have joined two who must stay apart."""
    worked_with = crossing(grouping.groups, lives)
    return {frozenset((a, b)): WORKED_WITH if {a, b} <= worked_with else "refused" for a, b, _ in grouping.doubts}


def _strain(model: Model, evidence: Evidence, lives: list[Life]) -> dict[Pair, str]:
    """Pairs that only people's work holds together."""
    if not lives:
        return {}
    return strained(lives, decide(model, replace(evidence, lives=())).groups, evidence.scored)


def without_fallen(evidence: Evidence) -> Evidence:
    if not evidence.fallen:
        return evidence
    return Evidence(
        {key: features for key, features in evidence.records.items() if key not in evidence.fallen},
        {pair: scored for pair, scored in evidence.scored.items() if not pair & evidence.fallen},
        evidence.one_notice,
        tuple(word for word in evidence.words if not {word.a, word.b} & evidence.fallen),
        lives=evidence.lives,
    )


def with_fallen(model: Model, evidence: Evidence, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Each fallen record stays with the standing record that it most clearly speaks of, or alone."""
    home = {key: members[0] for members in groups for key in members}
    joined = {members[0]: set(members) for members in groups}
    for key in evidence.fallen:
        best = max(_standing_matches(model, evidence, key), default=None)
        joined.setdefault(home[best[1]] if best else key, set()).add(key)
    return tuple(sorted(tuple(sorted(members)) for members in joined.values()))


def _standing_matches(model: Model, evidence: Evidence, key: str) -> Iterable[tuple[int, str]]:
    return (
        (scored.weight, other)
        for pair, scored in evidence.scored.items()
        if key in pair and scored.weight >= model.join_at and enough(model, scored)
        for other in pair - evidence.fallen
    )


def rules_against(model: Model, evidence: Evidence) -> tuple[dict[Pair, str], dict[Pair, str]]:
    """Pairs that a rule keeps apart, with the rule's name: hard (identifiers) and soft (the others)."""
    hard, soft, kind = {}, {}, model.kind
    for a, b in combinations(sorted(evidence.records), 2):
        pair, left, right = frozenset((a, b)), evidence.records[a], evidence.records[b]
        if veto := identifiers_differ(left, right) if kind != "place" else house_differs(left, right):
            hard[pair] = veto
        elif pair in evidence.one_notice:
            soft[pair] = "one-notice"
        elif kind != "place" and (why := _softer(model, pair, evidence)):
            soft[pair] = why
    return hard, soft


def _softer(model: Model, pair: Pair, evidence: Evidence) -> str:
    """The softer rule on a pair in its company: two confirmed people are two, even where the model need not hear it."""
    a, b = (evidence.records[key] for key in pair)
    why = softer_rule(a, b)
    yielding = why and yields(why, a, b, model) and not all(_confirmed(why, key, evidence) for key in pair)
    return "" if yielding else why


def _confirmed(why: str, key: str, evidence: Evidence) -> bool:
    """A second record says of the same person what the rule speaks of: no slip."""
    one = evidence.records[key]
    return any(confirms(why, one, other) for name, other in evidence.records.items() if name != key)


def bridged(pair: Pair, evidence: Evidence, model: Model) -> bool:
    """Some record that would join with either of the two says that their forenames are one child's."""
    a, b = (evidence.records[key] for key in pair)
    return any(
        bridges(evidence.records[other], a, b, model)
        for other in evidence.records.keys() - pair
        if all(_restates(other, key, evidence, model) for key in pair)
    )


def overruled(pair: Pair, same: set[Pair], evidence: Evidence, model: Model) -> bool:
    """A person said *same* of this pair, or of records that each restate one of its two."""
    a, b = sorted(pair)
    return any(
        (_restates(a, x, evidence, model) and _restates(b, y, evidence, model))
        or (_restates(a, y, evidence, model) and _restates(b, x, evidence, model))
        for x, y in (sorted(judged) for judged in same)
    )


def _restates(record: str, judged: str, evidence: Evidence, model: Model) -> bool:
    scored = evidence.scored.get(frozenset((record, judged)))
    return record == judged or (scored is not None and scored.weight >= model.join_at)


def held_back(model: Model, evidence: Evidence, apart: Iterable[Pair], same: set[Pair]) -> dict[Pair, str]:
    """Pairs heavy enough to join that must not by themselves: one kind of evidence only, or a rival too near."""
    apart = set(apart)
    held = {p: ONE_KIND for p, s in evidence.scored.items() if not enough(model, s) and p not in same}
    near = _neighbours(model, evidence, apart)
    for pair, scored in evidence.scored.items():
        if (
            pair not in held
            and pair not in same
            and scored.weight >= model.join_at
            and _rival(model, pair, scored, near, apart)
        ):
            held[pair] = "rival"
    return held


def _neighbours(model: Model, evidence: Evidence, apart: set[Pair]) -> dict[str, dict[str, int]]:
    near: dict[str, dict[str, int]] = {key: {} for key in evidence.records}
    for pair, scored in evidence.scored.items():
        if scored.weight >= model.join_at - model.lead and pair not in apart:
            a, b = pair
            near[a][b] = near[b][a] = scored.weight
    return near


def _rival(model: Model, pair: Pair, scored: Scored, near: dict[str, dict[str, int]], apart: set[Pair]) -> bool:
    a, b = pair
    reach = scored.weight - model.lead
    return any(
        weight >= reach and rival not in pair and frozenset((rival, other)) in apart
        for one, other in ((a, b), (b, a))
        for rival, weight in near[one].items()
    )


def _edge(pair: Pair, weight: int) -> Edge:
    a, b = sorted(pair)
    return Edge(a, b, weight)
