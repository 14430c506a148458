"""The online scorer gives Splink's numbers, and a model file that must not be used is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link import plainly

from joinedup.link.rules.compiling import MILLI
from joinedup.link.rules.features import features
from joinedup.link.rules.model import DATA, Level, ModelError, content_of, model_for, name_of, read_model
from joinedup.link.rules.score import Scorer
from joinedup.link.rules.shapes import COLUMNS, SHAPES

PAIRS = json.loads((Path(__file__).parent / "data" / "pairs.json").read_text())
KINDS = ("child", "adult", "place")


@pytest.mark.parametrize("kind", KINDS)
def test_every_frozen_pair_scores_as_splink_scored_it(kind: str):
    scorer = Scorer(model_for(kind))
    said = {int(n): features(kind, agency, statement) for n, (agency, statement) in PAIRS[kind]["said"].items()}
    off = [(a, b, bits) for a, b, bits in PAIRS[kind]["pairs"] if abs(scorer.bits(said[a], said[b]) - bits) > 1e-9]
    assert off == []


def test_the_frozen_pairs_reach_every_level_that_the_town_can_show():
    scorer = Scorer(model_for("child"))
    said = {int(n): features("child", *spoken) for n, spoken in PAIRS["child"]["said"].items()}
    seen = {
        (name, level)
        for a, b, _ in PAIRS["child"]["pairs"]
        for name, (level, _) in scorer.score(said[a], said[b]).levels.items()
    }
    every = {(c.name, "missing" if level.null else level.name) for c in scorer.model.comparisons for level in c.levels}
    assert every - seen <= {("nhs", "slip"), ("upn", "slip"), ("given", "missing")}


def test_the_frozen_pairs_hold_accented_names():
    assert any(
        not name["given"].isascii() for _, statement in PAIRS["child"]["said"].values() for name in statement["names"]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_model_file_is_what_its_name_says(kind: str):
    [path] = DATA.glob(f"{kind}_*.json")
    assert read_model(path).kind == kind


def test_a_model_file_changed_by_hand_is_refused(tmp_path: Path):
    model = model_for("place")
    path = tmp_path / name_of(model)
    path.write_text(content_of(model.model_copy(update={"join_at": 1})))
    with pytest.raises(ModelError, match="another hash"):
        read_model(path)


def without_last_level(content: dict[str, Any]) -> None:
    content["comparisons"][0]["levels"].pop()


def with_a_word_nobody_knows(content: dict[str, Any]) -> None:
    content["comparisons"][0]["levels"][1]["test"] = "sounds-like"


def with_a_level_not_learned(content: dict[str, Any]) -> None:
    content["comparisons"][0]["levels"][1]["m"] = None


def with_names_of_unknown_commonness(content: dict[str, Any]) -> None:
    content["comparisons"][0]["levels"][1]["term"] = "line"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (without_last_level, "the last level"),
        (with_a_word_nobody_knows, "line.same: no such test 'sounds-like'"),
        (with_a_level_not_learned, "line.same: m and u are missing"),
        (with_names_of_unknown_commonness, "no term frequencies for ..line"),
    ],
)
def test_a_model_file_that_cannot_be_scored_is_refused(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], says: str
):
    content: dict[str, Any] = json.loads(content_of(model_for("place")))
    spoil(content)
    path = tmp_path / "place_2026_11_24_00000000.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ModelError, match=says):
        read_model(path)


def test_a_kind_for_which_no_model_is_shipped_is_refused_by_name():
    with pytest.raises(ModelError, match="no model file for 'horse'"):
        model_for("horse")


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_model_holds_what_its_shape_fixes_and_compares_nothing_else(kind: str):
    shape, model = SHAPES[kind], model_for(kind)
    thresholds = ("prior", "join_at", "doubt_at", "lead")
    assert {name: getattr(model, name) for name in thresholds} == {name: shape[name] for name in thresholds}
    assert [c.name for c in model.comparisons] == [c.name for c in shape["comparisons"]]
    for shaped, learned in zip(shape["comparisons"], model.comparisons, strict=True):
        assert [fixed_part(level, level) for level in shaped.levels] == [
            fixed_part(level, by) for level, by in zip(learned.levels, shaped.levels, strict=True)
        ]


def fixed_part(level: Level, by: Level) -> dict[str, Any]:
    """A level without what training was to fill in."""
    return level.model_dump(exclude={name for name in ("m", "u") if getattr(by, name) is None})


@pytest.mark.parametrize("kind", KINDS)
def test_training_has_a_typed_column_for_everything_that_is_said_or_compared(kind: str):
    compared = {column for c in SHAPES[kind]["comparisons"] for level in c.levels for column in level.columns}
    said = [features(kind, *spoken) for spoken in PAIRS[kind]["said"].values()]
    assert compared | {name for one in said for name in one} <= COLUMNS.keys()
    assert all((COLUMNS[name] == "VARCHAR[]") == isinstance(value, list) for one in said for name, value in one.items())


def test_a_weight_does_not_hang_on_which_record_comes_first():
    scorer = Scorer(model_for("child"))
    said = {int(n): features("child", *spoken) for n, spoken in PAIRS["child"]["said"].items()}
    assert all(scorer.score(said[a], said[b]) == scorer.score(said[b], said[a]) for a, b, _ in PAIRS["child"]["pairs"])


NAME = st.text("aeinoé\u0142ü ", min_size=1, max_size=8) | st.sampled_from(
    ["Sam", "Samantha", "Mohammed", "O’Brien", "J"]
)
NUMBERS = {"nhs-number": ["9990000018", "9990000026", "9990000019"], "upn": ["V999000000004", "V999000000005"],
           "la-child-id": ["C1", "C2"], "hospital-number": ["H1", "H2"]}  # fmt: skip
BIRTHS = ["2011-05-07", "2011-07-05", "2011-05-08", "2011", "2012-03-09", "07/05/2011"]
PLACES = [("4 Mill Lane", "EL4 2AB"), ("4 Mill Ln", "EL4 2AC"), ("Flat 2, 4 Mill Lane", "EL9 9ZZ"), ("Mill House", "")]
A_NAME = st.fixed_dictionaries({"given": NAME, "family": NAME})
AN_ADDRESS = st.sampled_from(PLACES).map(lambda said: {"lines": said[0], "postcode": said[1]})
A_NUMBER = st.sampled_from([{"system": name, "value": one} for name, of in NUMBERS.items() for one in of])
SOMEBODY = st.fixed_dictionaries({
    "names": st.lists(A_NAME, max_size=2), "born": st.lists(st.sampled_from(BIRTHS), max_size=2),
    "sex": st.sampled_from(["m", "f", None]), "addresses": st.lists(AN_ADDRESS, max_size=2),
    "identifiers": st.lists(A_NUMBER, max_size=2),
})  # fmt: skip
SAID = {"child": SOMEBODY, "adult": SOMEBODY, "place": AN_ADDRESS}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_compiled_scorer_says_what_the_words_of_the_model_say(kind: str, data: st.DataObject):
    scorer = Scorer(model_for(kind))
    one, *others = (
        features(kind, "hospital", said) for said in data.draw(st.lists(SAID[kind], min_size=2, max_size=8))
    )
    kept = []
    for n, other in enumerate(others):
        bits, levels = plainly.scored(scorer.model, one, other)
        assert abs(scorer.bits(one, other) - bits) < 1e-12
        assert scorer.score(one, other) == (round(MILLI * bits), levels)
        kept += [(str(n), (round(MILLI * bits), levels))] if round(MILLI * bits) >= scorer.model.floor else []
    assert scorer.against(one, ((str(n), other) for n, other in enumerate(others))) == kept


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_counts_is_left_out_for_speed(kind: str):
    scorer = Scorer(model_for(kind))
    said = {n: features(kind, *spoken) for n, spoken in PAIRS[kind]["said"].items()}
    for one in list(said.values())[:100]:
        every = [
            (n, scored)
            for n, other in said.items()
            if (scored := scorer.score(one, other)).weight >= scorer.model.floor
        ]
        assert scorer.against(one, said.items()) == every
