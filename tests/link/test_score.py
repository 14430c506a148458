"""The online scorer gives Splink's numbers, and a model file that must not be used is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from joinedup.link.rules.features import features
from joinedup.link.rules.model import DATA, ModelError, content_of, model_for, name_of, read_model
from joinedup.link.rules.score import Scorer

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


def test_a_model_file_that_lacks_a_level_is_refused(tmp_path: Path):
    content: dict[str, Any] = json.loads(content_of(model_for("place")))
    content["comparisons"][0]["levels"].pop()
    path = tmp_path / "place_2026_11_24_00000000.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ModelError, match="the last level"):
        read_model(path)


def test_a_weight_does_not_hang_on_which_record_comes_first():
    scorer = Scorer(model_for("child"))
    said = {int(n): features("child", *spoken) for n, spoken in PAIRS["child"]["said"].items()}
    assert all(scorer.score(said[a], said[b]) == scorer.score(said[b], said[a]) for a, b, _ in PAIRS["child"]["pairs"])
