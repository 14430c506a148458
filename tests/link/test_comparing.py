"""Every word in which values are compared means the same in DuckDB's SQL (Splink's) and in Python (the scorer's)."""

from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.plainly import alike

from joinedup.link.rules.comparing import WORDS

# word, columns, threshold, left, right, true?
NAMED = ["given", "family"]
SPEC: list[tuple[str, list[str], float, dict[str, Any], dict[str, Any], bool]] = [
    ("missing", ["given"], 0, {}, {"given": "ria"}, True),
    ("missing", ["given"], 0, {"given": "ria"}, {"given": "ria"}, False),
    ("missing-or-swapped", NAMED, 0, {"given": "ria", "family": "shaw"}, {"given": "shaw", "family": "ria"}, True),
    ("missing-or-swapped", NAMED, 0, {"family": "shaw"}, {"family": "shaw"}, False),
    ("missing-or-swapped", NAMED, 0, {"given": "ria"}, {"family": "shaw"}, True),
    ("same", ["given"], 0, {"given": "ria"}, {"given": "ria"}, True),
    ("same", ["given"], 0, {"given": "ria"}, {"given": "ria "}, False),
    ("same", ["given"], 0, {}, {}, False),
    ("same-alone", ["year", "born"], 0, {"year": "2011"}, {"year": "2011", "born": "2011-05-17"}, True),
    ("same-alone", ["year", "born"], 0, {"year": "2011", "born": "2011-05-18"},
     {"year": "2011", "born": "2011-05-17"}, False),
    ("shares", ["nhs"], 0, {"nhs": ["1", "2"]}, {"nhs": ["2", "3"]}, True),
    ("shares", ["nhs"], 0, {"nhs": ["1"]}, {"nhs": ["2"]}, False),
    ("shares", ["nhs"], 0, {}, {"nhs": ["2"]}, False),
    ("shares-none", ["nhs"], 0, {"nhs": ["1"]}, {"nhs": ["2"]}, True),
    ("shares-none", ["nhs"], 0, {}, {"nhs": ["2"]}, True),
    ("shares-none", ["nhs"], 0, {"nhs": ["1", "2"]}, {"nhs": ["2"]}, False),
    ("known-as", ["given", "givens"], 0, {"given": "bilal", "givens": ["bilal"]},
     {"given": "mohammed", "givens": ["bilal", "mohammed"]}, True),
    ("known-as", ["given", "givens"], 0, {"given": "amy", "givens": ["amy", "rose"]},
     {"given": "ava", "givens": ["ava", "rose"]}, False),
    ("known-as", ["given", "givens"], 0, {}, {"given": "ava", "givens": ["ava"]}, False),
    ("swapped", ["given", "family"], 0, {"given": "ria", "family": "shaw"}, {"given": "shaw", "family": "ria"}, True),
    ("swapped", ["given", "family"], 0, {"given": "lee", "family": "lee"}, {"given": "lee", "family": "lee"}, False),
    ("swapped", ["given", "family"], 0, {"given": "ria"}, {"family": "ria"}, False),
    ("like", ["family"], 0.921, {"family": "brackenfield"}, {"family": "brakenfield"}, True),
    ("like", ["family"], 0.92, {"family": "graznville"}, {"family": "garcaznville"}, True),  # .92 but for one bit
    ("like", ["family"], 0.921, {"family": "graznville"}, {"family": "garcaznville"}, False),
    ("like", ["family"], 0.8, {"family": "shaw"}, {"family": "brookes"}, False),
    ("like", ["family"], 0.8, {}, {"family": "brookes"}, False),
    ("slip", ["born"], 0, {"born": "2011-05-17"}, {"born": "2011-05-71"}, True),
    ("slip", ["born"], 0, {"born": "2011-05-17"}, {"born": "2011-06-18"}, False),
    ("slip", ["born"], 0, {}, {"born": "2011-06-18"}, False),
    ("initial", ["given"], 0, {"given": "r"}, {"given": "ria"}, True),
    ("initial", ["given"], 0, {"given": "s"}, {"given": "ria"}, False),
    ("initial", ["given"], 0, {"given": "rita"}, {"given": "ria"}, False),
    ("day-and-month-turned", ["born"], 0, {"born": "2011-05-07"}, {"born": "2011-07-05"}, True),
    ("day-and-month-turned", ["born"], 0, {"born": "2011-05-07"}, {"born": "2012-07-05"}, False),
    ("two-parts", ["born"], 0, {"born": "2011-05-07"}, {"born": "2011-05-27"}, True),
    ("two-parts", ["born"], 0, {"born": "2011-05-07"}, {"born": "2010-06-07"}, False),
    ("two-parts", ["born"], 0, {}, {"born": "2010-06-07"}, False),
]  # fmt: skip


def sql_of(word: str, columns: list[str], at_least: float, left: dict[str, Any], right: dict[str, Any]) -> bool:
    def typed(value: Any, is_list: bool) -> str:
        return f"cast({'null' if value is None else repr(value)} as {'VARCHAR[]' if is_list else 'VARCHAR'})"

    lists = {name for side in (left, right) for name, value in side.items() if isinstance(value, list)}
    ends = ((left, "l"), (right, "r"))
    values = ", ".join(
        f"{typed(side.get(name), name in lists)} as {name}_{end}" for name in columns for side, end in ends
    )
    condition = WORDS[word].sql(columns, at_least)
    found = duckdb.connect().execute(f"select case when {condition} then true else false end from (select {values})")
    return bool(found.fetchall()[0][0])


@pytest.mark.parametrize(("word", "columns", "at_least", "left", "right", "true"), SPEC)
def test_a_word_means_one_thing_in_sql_and_in_python(
    word: str, columns: list[str], at_least: float, left: dict[str, Any], right: dict[str, Any], true: bool
):
    assert alike(word, columns, at_least, left, right) is true
    assert alike(word, columns, at_least, right, left) is true
    assert sql_of(word, columns, at_least, left, right) is true
    assert sql_of(word, columns, at_least, right, left) is true


def test_every_word_has_its_rows_here():
    assert {word for word, *_ in SPEC} == WORDS.keys() - {"otherwise"}


TEXT = st.text("abcdeno ", min_size=1, max_size=9)
DAY = st.dates().map(str)
LISTS = {"nhs", "givens"}
A_VALUE = {"born": DAY, "year": DAY.map(lambda day: day[:4])} | {
    name: st.lists(TEXT, min_size=1, max_size=3) for name in LISTS
}
KINDS_OF_USE = sorted({(word, tuple(columns), at_least) for word, columns, at_least, *_ in SPEC})
A_SIDE = st.fixed_dictionaries(
    {},
    optional={name: A_VALUE.get(name, TEXT) for name in sorted({one for _, used, _ in KINDS_OF_USE for one in used})},
)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(A_SIDE, A_SIDE, st.booleans()), min_size=20, max_size=20))
def test_every_word_means_one_thing_on_values_at_random(sides: list[tuple[dict[str, Any], dict[str, Any], bool]]):
    pairs = [(left, right if other else left) for left, right, other in sides]
    for word, columns, at_least in KINDS_OF_USE:
        here = [alike(word, list(columns), at_least, left, right) for left, right in pairs]
        assert here == sql_of_many(word, list(columns), at_least, pairs)


def sql_of_many(
    word: str, columns: list[str], at_least: float, pairs: list[tuple[dict[str, Any], dict[str, Any]]]
) -> list[bool]:
    typed = ", ".join(
        f'cast(${n} as {"VARCHAR[]" if name in LISTS else "VARCHAR"}) as "{name}_{end}"'
        for n, (name, end) in enumerate(((name, end) for name in columns for end in "lr"), start=1)
    )
    condition = f"select coalesce({WORDS[word].sql(columns, at_least)}, false) from (select {typed})"
    connection = duckdb.connect()
    return [
        connection.execute(condition, [side.get(name) for name in columns for side in pair]).fetchall()[0][0]
        for pair in pairs
    ]
