"""What keeps two records apart, pair by pair: births, twins, brothers and sisters; and where the rule yields."""

from typing import Any

import pytest

from joinedup.link.rules.constraints import (
    OTHER_BIRTH,
    SIBLINGS,
    TWINS,
    bridges,
    mistyped,
    short_for,
    softer_rule,
    yields,
)
from joinedup.link.rules.decide import Evidence, decide
from joinedup.link.rules.features import person_features
from joinedup.link.rules.judging import enough
from joinedup.link.rules.model import Model, model_for
from joinedup.link.rules.score import Scorer

MODEL = model_for("child")


def child(given: str, born: str | None = "2011-05-17", family: str = "Arden", **more: Any) -> dict[str, Any]:
    said = {"names": [{"given": given, "family": family}], "born": [born] * bool(born), "sex": None}
    return person_features("police", said | {"identifiers": [], "addresses": []}) | more


def noisy(**rates: float) -> Model:
    """A model of records that often tell another forename or birth of one child, of people who are seldom two."""
    comparisons = [
        c.model_copy(update={"levels": [level.model_copy(update={"m": 0.1} if level.name == "different" else {})
                                        for level in c.levels]})
        for c in MODEL.comparisons
    ]  # fmt: skip
    return MODEL.model_copy(update={"comparisons": comparisons, **rates})


@pytest.mark.parametrize(
    ("given", "born", "why"),
    [
        ("Tess", "2011-05-17", ""),
        ("Tess", "2011-05-18", ""),  # one slip
        ("Robin", "2012-05-18", OTHER_BIRTH),  # a brother of nearly that birthday
        ("Tess", "2013-09-02", OTHER_BIRTH),  # of the same name, and born quite elsewhen
        ("Robin", "2011-05-17", TWINS),
        ("Robin", None, SIBLINGS),
        ("Robin", "2011-05-18", SIBLINGS),
        ("Tessa", "2011-05-17", ""),
    ],
)
def test_what_is_kept_apart_from_tess_arden(given: str, born: str | None, why: str) -> None:
    assert softer_rule(child("Tess"), child(given, born)) == why


def test_a_number_or_a_further_thing_in_common_makes_no_siblings() -> None:
    assert softer_rule(child("Tess", nhs=["9990000018"]), child("Robin", None, nhs=["9990000018"])) == ""
    assert softer_rule(child("Tess", further=["text1|hull"]), child("Robin", None, further=["text1|hull"])) == ""


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("s", "sam", True), ("sam", "samantha", True), ("seun", "oluwaseun", True), ("jo", "joanna", False),
        ("ann", "joanna", False),
    ],
)  # fmt: skip
def test_a_name_that_begins_or_ends_the_other_is_short_for_it(one: str, other: str, short: bool) -> None:
    assert short_for(one, other) is short_for(other, one) is short


def test_one_letter_is_a_slip_unless_both_are_names() -> None:
    assert mistyped("noah", "noag", MODEL)
    assert not mistyped("ella", "bella", MODEL)
    assert not mistyped("noah", "nora", MODEL)


def test_a_third_record_that_spells_the_one_and_is_known_as_the_other_bridges_them() -> None:
    assert bridges(child("James"), child("Jmes"), child("Jim"), MODEL)
    assert not bridges(child("A"), child("Amy"), child("Ava"), MODEL)  # an initial of either
    assert not bridges(child("Sam"), child("Samuel"), child("Samantha"), MODEL)  # a short form of either
    assert bridges(child("Sam Lee"), child("Sam"), child("Lee"), MODEL)  # somebody says both names


TWO = child("Tess"), child("Robin")


def test_the_twin_rule_speaks_unless_twins_are_rare_and_slips_frequent() -> None:
    assert not yields(TWINS, *TWO, MODEL)
    assert not yields(TWINS, *TWO, noisy(twins=0.03))
    assert yields(TWINS, *TWO, noisy(twins=0.0005))


def test_other_births_are_two_people_unless_namesakes_are_rare_and_slips_frequent() -> None:
    two = child("Tess"), child("Tess", "2015-09-02")
    assert not yields(OTHER_BIRTH, *two, MODEL)
    assert not yields(OTHER_BIRTH, *two, noisy(namesakes=0.01))
    assert yields(OTHER_BIRTH, *two, noisy(namesakes=0.0005))


def test_siblings_are_two_unless_families_of_two_are_rare() -> None:
    two = child("Tess"), child("Robin", None)
    assert not yields(SIBLINGS, *two, noisy(siblings=0.5))
    assert yields(SIBLINGS, *two, noisy(siblings=0.0005))


def groups(model: Model, *people: dict[str, Any]) -> int:
    records = {f"{n:03}": one for n, one in enumerate(people)}
    scorer = Scorer(model)
    scored = {frozenset((a, b)): scorer.score(records[a], records[b]) for a in records for b in records if a < b}
    return len(decide(model, Evidence(records, scored)).groups)


HOME = {"postcode": "EL4 2AB", "postcodes": ["EL4 2AB"], "sector": "EL4 2"}


def test_two_forenames_each_said_twice_are_twins_even_where_the_rule_yields() -> None:
    model = noisy(twins=0.0005)
    tess, robin = child("Tess", **HOME), child("Robin", **HOME)
    assert groups(model, tess, robin) == 1
    assert groups(model, tess, tess, robin, robin) == 2


def test_names_alone_join_only_where_the_model_is_of_the_place() -> None:
    rare = child("Xanthe", None, "Quillfeather")
    assert groups(MODEL, rare, rare) == 2
    assert groups(MODEL.model_copy(update={"names_alone": 2_000}), rare, rare) == 1
    assert groups(MODEL.model_copy(update={"names_alone": 90_000}), rare, rare) == 2


def test_a_surname_and_an_address_are_the_familys() -> None:
    scorer = Scorer(MODEL)
    nobody = {"family": "quillfeather", "families": ["quillfeather"], **HOME}
    assert not enough(MODEL, scorer.score(nobody, child("Tess", family="Quillfeather", **HOME)))
    assert enough(
        MODEL, scorer.score(child("Tess", None, "Quillfeather", **HOME), child("Tess", family="Quillfeather", **HOME))
    )
