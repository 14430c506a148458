"""What a pair of records is by itself: join, doubt or separate, before people's words and other records are heard."""

from typing import NamedTuple

from joinedup.link.rules.constraints import (
    SIBLINGS,
    TWINS,
    house_differs,
    identifiers_differ,
    softer_rule,
    yields,
)
from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scored

JOIN, DOUBT, SEPARATE = "join", "doubt", "separate"
ONE_KIND = "one-kind-of-evidence"
AGREES = {  # levels that speak for a pair, by kind of evidence
    "name": {"same", "swapped", "known-as", "nickname", "close"},
    "birth": {"same", "turned", "slip", "year"},
    "address": {"same"},
    "number": {"same", "slip"},
    "street": {"same", "close"},
    "house": {"same"},
    "more": {"same", "close"},  # a further text that somebody maps when they measure (`link.evaluating`)
}


THE_FAMILYS = {"family", "postcode"}  # what brothers and sisters share


class Verdict(NamedTuple):
    """`why`: the name of the rule that spoke, empty when the weight did."""

    outcome: str
    why: str


def judge_pair(model: Model, a: Features, b: Features, scored: Scored) -> Verdict:
    """What a pair is by itself, before people's words and other records are heard."""
    why = house_differs(a, b) if model.kind == "place" else identifiers_differ(a, b) or softer_rule(a, b)
    why = "" if yields(why, a, b, model) else why
    if scored.weight < model.doubt_at or not worth_asking(why, scored):
        return Verdict(SEPARATE, why)
    if scored.weight < model.join_at or why:
        return Verdict(DOUBT, why)
    return Verdict(JOIN, "") if enough(model, scored) else Verdict(DOUBT, ONE_KIND)


def enough(model: Model, scored: Scored) -> bool:
    """At least two kinds of evidence agree, one of them the person's own: a surname and an address are the family's.

    So no number alone joins two records, and no name: how rare it is a model knows only of the place it was trained
    in. Of that place both names alone may be enough (`Model.names_alone`).
    """
    agreeing = {c.name: c.evidence for c in model.comparisons if scored.levels[c.name][0] in AGREES.get(c.evidence, ())}
    kinds = set(agreeing.values())
    if kinds == {"name"}:
        return model.names_alone is not None and scored.weight >= model.join_at + model.names_alone
    return len(kinds) >= 2 and not agreeing.keys() <= THE_FAMILYS


def worth_asking(why: str, scored: Scored) -> bool:
    """Twins with quite other forenames, and siblings with their own numbers, are no question for anybody."""
    if why in (TWINS, SIBLINGS, "other-nhs", "other-upn"):
        return scored.levels["given"][0] not in ("different", "missing")
    return why != "other-house"
