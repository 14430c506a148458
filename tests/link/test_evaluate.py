"""The linker is measured on anybody's labelled file; what cannot be read says what to write."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from joinedup.link.evaluating import random_of
from joinedup.link.rules.mapping import MappingError, features_of, read_mapping
from joinedup.link.rules.measuring import count, harmed, measured

COLUMNS = ["id", "first", "last", "dob", "nhs", "who", "town", "kind"]
PEOPLE = [
    ("Tess", "Arden", "2011-05-17", "9990000018", "tess", "Ellens Ford", "none"),
    ("Tessa", "Arden", "17/05/2011", "9990000018", "tess", "Ellensford", "none"),
    ("Robin", "Arden", "2013-01-09", "9990000026", "robin", "Ellensford", "none"),
    ("Max", "Fell", "2013-02-09", "", "max", "", "twin"),
    ("Mia", "Fell", "2013-02-09", "", "mia", "", "twin"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        writer.writerows([n, *one] for n, one in enumerate(PEOPLE))
    return path


MAP = "forename=first,surname=last,date_of_birth=dob,nhs_number=nhs"


def evaluated(file: Path, capsys: Any, *more: str) -> dict[str, Any]:
    call_command("link", "evaluate", "--records", str(file), "--truth", "who", "--map", MAP, "--json", *more)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_labelled_file_is_measured_as_written_in_the_form(file: Path, capsys: Any) -> None:
    found = evaluated(file, capsys, "--strata", "kind", "--reviewer", "1.0")
    assert (found["form"], found["records"], found["children"]) == ("joinedup/evaluation/1", 5, 4)
    assert found["pairs"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert (found["in_false_merge_per_10000"], found["split_per_10000"]) == (0.0, 0.0)
    assert set(found["strata"]) == {"kind=none", "kind=twin"}
    assert found["strata"]["kind=twin"]["pairs"] == {"precision": None, "recall": None, "f1": None}
    assert found["reviewed"]["accuracy"] == 1.0
    assert found["seconds"].keys() == {"predict", "review"}


def test_it_is_said_in_words_too(file: Path, capsys: Any) -> None:
    call_command("link", "evaluate", "--records", str(file), "--truth", "who", "--map", MAP)
    said = capsys.readouterr().out
    assert "all: 5 records of 4; precision 1.0, recall 1.0, f1 1.0" in said
    assert "per 10,000 children 0.0 in a false merge, 0.0 split" in said


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--map", "forename"], "write ours=theirs; the file's columns are id, first"),
        (["--map", "forename=nothing"], "forename=nothing"),
        (["--map", "shoe_size=first"], "shoe_size: no field of ours; they are forename"),
        (["--map", "date_of_birth=dob"], "map a name or a number"),
        (["--strata", "shoe_size"], "shoe_size: no such column"),
        (["--records", "nowhere.csv"], "nowhere.csv: no such file"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(file: Path, more: list[str], why: str) -> None:
    usual = ["--records", str(file), "--truth", "who", "--map", MAP]
    with pytest.raises(CommandError, match=why):
        call_command("link", "evaluate", *usual, *more)


def test_columns_called_as_ours_map_themselves_and_the_rest_is_ignored() -> None:
    mapped = read_mapping(
        "text=town,category=kind,text=street", ["forename", "surname", "town", "kind", "street", "shoe"]
    )
    assert mapped.fields == {"forename": "forename", "surname": "surname"}
    assert [one[:2] for one in mapped.more] == [("text1", "text"), ("category2", "category"), ("text3", "text")]
    with pytest.raises(MappingError):
        read_mapping("", ["shoe"])


def test_a_row_becomes_what_a_notice_would_say() -> None:
    columns = ["forename", "surname", "other_surname", "sex", "postcode", "date_of_birth"]
    row = dict(zip(columns, ["Tess", "Arden", "Hale", "Female", "EL4 2AB", "2011-05-17"], strict=True))
    found = features_of(row, read_mapping("", columns))
    assert (found["given"], found["family"], found["sex"], found["born"]) == ("tess", "arden", "f", "2011-05-17")
    assert found["families"] == ["arden", "hale"]
    moved = {"forename": "Tess", "address": "4 Mill Lane", "other_postcode": "EL9 9ZZ"}
    assert features_of(moved, read_mapping("", list(moved)))["postcodes"] == ["EL9 9ZZ"]
    assert features_of(dict.fromkeys(columns), read_mapping("", columns)) == {}


groupings = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1, max_size=14)


@given(groupings)
def test_rates_are_those_of_counting_every_pair(said: list[tuple[str, str]]) -> None:
    truth, group = ({str(n): one[side] for n, one in enumerate(said)} for side in (0, 1))
    pairs = [(a, b) for a in truth for b in truth if a < b]
    true = [pair for pair in pairs if truth[pair[0]] == truth[pair[1]]]
    found = [pair for pair in pairs if group[pair[0]] == group[pair[1]]]
    counts = count(truth, group)
    assert (counts.true, counts.found) == (len(true), len(found))
    assert counts.both == len(set(true) & set(found))
    merged, split = harmed(truth, group)
    assert merged == {truth[key] for pair in set(found) - set(true) for key in pair}
    assert split == {truth[a] for a, _ in set(true) - set(found)}


@given(groupings, st.sampled_from("abcd"))
def test_a_stratum_has_every_pair_that_touches_it(said: list[tuple[str, str]], child: str) -> None:
    truth, group = ({str(n): one[side] for n, one in enumerate(said)} for side in (0, 1))
    inside = {key for key, one in truth.items() if one == child}
    counts = count(truth, group, inside.__contains__)
    touching = [(a, b) for a in truth for b in truth if a < b and inside & {a, b}]
    assert counts.found == sum(group[a] == group[b] for a, b in touching)
    assert measured(counts)["records"] == len(inside)


def test_a_reviewer_says_the_same_again() -> None:
    assert random_of("a", "b") == random_of("a", "b") != random_of("a", "c")
    share = sum(random_of("a", str(n)) < 0.9 for n in range(2_000)) / 2_000
    assert 0.87 < share < 0.93


FAKE = Path(__file__).parent / "data" / "fake_1000.csv"
ITS_MAP = "forename=first_name,surname=surname,date_of_birth=dob,text=email,category=city"


def test_trained_on_a_strangers_file_it_is_measured_beside_splink(capsys: Any) -> None:
    usual = ["--records", str(FAKE), "--truth", "cluster", "--map", ITS_MAP]
    call_command("link", "evaluate", *usual, "--train", "--compare", "--json")
    said = capsys.readouterr().out
    found = json.loads(said[said.index('{\n "form"') :])  # Splink tells of its training before
    assert found["splink"]["records"] == found["records"] == 1_000
    assert found["pairs"]["precision"] >= 0.99
    assert found["pairs"]["f1"] > found["splink"]["pairs"]["f1"]
    assert {"train", "predict", "splink"} <= found["seconds"].keys()
