"""Law and rules of practice are dated editions with a source and a grade, read by one reader."""

from datetime import date
from pathlib import Path

import pytest

from joinedup.ground.editions import Edition, EditionError, in_force, in_force_or_first, read_editions

TWO = """
source: a partnership's own
grade: S
editions:
  - {id: no, edition: "1", since: 2018-07-04, until: 2024-01-01}
  - {id: no, edition: "2", since: 2024-01-01}
  - {id: yes, edition: "1", since: 2020-01-01, source: a regulation, grade: P}
"""


class Rule(Edition):
    amount: int


def editions(text: str = TWO) -> tuple[Edition, ...]:
    return read_editions(text, Edition)


def test_words_that_yaml_would_take_for_truth_stay_words() -> None:
    assert [one.id for one in editions()] == ["no", "no", "yes"]


def test_what_stands_above_holds_for_each_edition_unless_it_says_otherwise() -> None:
    first, _, last = editions()
    assert (first.source, first.grade) == ("a partnership's own", "S")
    assert (last.source, last.grade) == ("a regulation", "P")


@pytest.mark.parametrize(
    ("on", "holding"),
    [
        ("2017-01-01", []),
        ("2018-07-04", [("no", "1")]),
        ("2023-12-31", [("no", "1"), ("yes", "1")]),
        ("2024-01-01", [("no", "2"), ("yes", "1")]),
    ],
)
def test_an_edition_holds_from_its_first_day_to_the_day_before_its_last(
    on: str, holding: list[tuple[str, str]]
) -> None:
    assert [(one.id, one.edition) for one in in_force(editions(), on=date.fromisoformat(on))] == holding


def test_of_two_editions_that_hold_the_later_begun_counts_in_whatever_order_they_stand() -> None:
    line = "- {{id: a, edition: '{}', since: {}-01-01, source: s, grade: U}}\n"
    earlier, later = line.format(1, 2018), line.format(2, 2020)
    for text in (earlier + later, later + earlier):
        (held,) = in_force(editions(text), on=date(2021, 1, 1))
        assert held.edition == "2"


def test_the_past_before_the_first_edition_is_read_with_the_first() -> None:
    held = in_force_or_first(editions(), on=date(2010, 1, 1))
    assert [(one.id, one.edition) for one in held] == [("no", "1"), ("yes", "1")]


def test_an_edition_that_has_ended_is_not_brought_back() -> None:
    ended = editions("{id: a, edition: '1', since: 2018-01-01, until: 2020-01-01, source: s, grade: P}")
    assert in_force_or_first(ended, on=date(2021, 1, 1)) == ()


def test_a_file_and_a_text_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(TWO, "utf-8")
    assert read_editions(path, Edition) == editions()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{id: a, edition: '1', since: 2018-01-01, source: s, grade: P, amount: many}", "a: amount"),
        ("{id: a, edition: '1', since: 2018-01-01, source: s, grade: maybe, amount: 1}", "a: grade"),
        ("{id: a, edition: '1', since: 2018-01-01, grade: P, amount: 1}", "a: source"),
        (
            "{id: a, edition: '1', since: 2018-01-01, until: 2018-01-01, source: s, grade: P, amount: 1}",
            "later than since",
        ),
        ("{id: a, edition: '1', since: 2018-01-01, source: s, grade: P, amount: 1, colour: red}", "a: colour"),
        ("{edition: '1'}", "an edition without id: id"),
        ("just words", "name: value"),
        ("{", "not YAML"),
    ],
)
def test_a_faulty_edition_is_refused_with_where_and_why(text: str, told: str) -> None:
    with pytest.raises(EditionError) as refused:
        read_editions(text, Rule)
    assert told in " ".join(refused.value.problems)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(EditionError) as refused:
        read_editions("[{id: a}, {id: b}]", Rule)
    assert {problem.split(":")[0] for problem in refused.value.problems} == {"a", "b"}
