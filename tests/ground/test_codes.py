"""The codes of the notice: wide enough for what agencies say, in the words of the field."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from joinedup.ground.codes import FILE, Code, CodeSet, codes
from joinedup.ground.editions import EditionError, read_editions

NOW = codes(date(2026, 11, 24))
# CIN census 2026 assessment factors; 18A and 19A are withdrawn
CENSUS_FACTORS = """
1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A
18B 18C 19B 19C 20 21 22A 23A 24A
"""
CONCERNS_OF_PUBLISHED_REVIEWS = """
physical-injury school-absence school-exclusion missing-episode placement-breakdown substance-misuse mental-health
self-harm possible-abuse-in-family neglect sexual-exploitation-concern criminal-exploitation-concern domestic-abuse
gang-association older-associate unexplained-gifts bullying parental-substance-misuse parental-mental-health
parental-offending home-education missed-appointments access-refused housing-need area-move other
"""


def lists(of: CodeSet) -> list[Mapping[str, Code]]:
    return [of.agency_kinds, of.kinds, of.concerns, of.roles, of.outcomes]


def test_every_concern_of_the_published_reviews_has_its_code() -> None:
    assert set(CONCERNS_OF_PUBLISHED_REVIEWS.split()) <= NOW.concerns.keys()


def test_a_code_knows_its_own_name_and_has_a_label() -> None:
    for some in lists(NOW):
        for code, line in some.items():
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
            assert (line.code, line.label[:1].isupper()) == (code, True)


def test_labels_within_a_list_are_told_apart() -> None:
    for some in lists(NOW):
        labels = [line.label for line in some.values()]
        assert len(labels) == len(set(labels))


def test_every_factor_named_is_one_of_the_census_and_not_a_withdrawn_one() -> None:
    named = {factor for concern in NOW.concerns.values() for factor in concern.factor.split()}
    assert named <= set(CENSUS_FACTORS.split())


def test_harm_happening_and_vulnerability_are_kept_apart() -> None:
    assert NOW.concerns["neglect"].nature == NOW.concerns["sexual-exploitation-concern"].nature == "harm"
    assert NOW.concerns["school-absence"].nature == NOW.concerns["missing-episode"].nature == "vulnerability"


def test_a_childs_home_is_wherever_the_child_lives() -> None:
    assert NOW.concerns["placement-breakdown"].side == NOW.kinds["move-unplanned"].side == "home"
    assert NOW.concerns["older-associate"].side == NOW.kinds["absence"].side == "outside"


def test_kinds_know_whether_they_worry_answer_or_gladden() -> None:
    assert NOW.kinds["missing"].is_concern
    assert NOW.kinds["return-conversation"].is_response
    assert NOW.kinds["good-news"].is_good
    assert not NOW.kinds["closure"].is_response
    assert not NOW.kinds["planned-attendance"].is_concern


def test_events_long_past_are_read_with_the_first_edition() -> None:
    assert codes(date(1985, 1, 1)) == codes(date(2010, 1, 1))


def test_a_list_of_codes_that_is_no_list_of_codes_is_refused() -> None:
    with pytest.raises(EditionError, match="kinds"):
        read_editions(FILE.read_text("utf-8").replace("kinds:\n  concern:", "kinds: none\nmore:\n  concern:"), CodeSet)


def test_no_label_uses_a_word_that_blames_a_child() -> None:
    shown = json.dumps(NOW.model_dump(mode="json")).lower()
    glossary = Path(__file__).parents[2].joinpath("docs/glossary.md").read_text("utf-8")
    blaming = re.findall(r"~~(.+?)~~", glossary)
    assert len(blaming) >= 5
    assert [word for word in blaming if word.lower() in shown] == []
