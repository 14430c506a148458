"""The words in which a model says how two values are alike: each means one thing in DuckDB's SQL and Python (law 8).

Splink trains with the SQL; the online scorer is compiled from the Python (`link.rules.compiling`), so both are text.
`tests/link/test_comparing.py` holds them equal, word by word and on random values. Values are ASCII
(`link.rules.features`), so that DuckDB's bytes are Python's characters; a threshold is met with 1e-12 to spare,
because DuckDB's Jaro-Winkler differs in the last bit.
"""

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

Text = Callable[[list[str], list[str], float], str]
SPARE = 1e-12
NAMES = {"likeness": JaroWinkler.similarity, "slips": DamerauLevenshtein.distance}  # what the Python texts may call


class Word(NamedTuple):
    """`sql(columns, at_least)` over columns suffixed _l and _r; `python(left, right, at_least)` over the same columns
    as local names on either side, None where not known, and lists on the left as sets."""

    sql: Callable[[list[str], float], str]
    python: Text


def both_known(left: str, right: str) -> str:
    return f"{left} is not None and {right} is not None"


def missing(left: list[str], right: list[str], _: float) -> str:
    """Any of the columns is not known on one side."""
    return " or ".join(f"{one} is None" for one in (*left, *right))


def missing_sql(columns: list[str], _: float) -> str:
    return " or ".join(f'"{c}_l" is null or "{c}_r" is null' for c in columns)


def same(left: list[str], right: list[str], _: float) -> str:
    """The values are equal."""
    return f"{left[0]} is not None and {left[0]} == {right[0]}"


def same_sql(columns: list[str], _: float) -> str:
    return f'"{columns[0]}_l" = "{columns[0]}_r"'


def shares(left: list[str], right: list[str], _: float) -> str:
    """The lists have a value in common."""
    return f"{both_known(left[0], right[0])} and not {left[0]}.isdisjoint({right[0]})"


def shares_sql(columns: list[str], _: float) -> str:
    return f'list_has_any("{columns[0]}_l", "{columns[0]}_r")'


def shares_none(left: list[str], right: list[str], _: float) -> str:
    """The lists have nothing in common, or one is not known."""
    return f"not ({shares(left, right, _)})"


def shares_none_sql(columns: list[str], _: float) -> str:
    return f'not coalesce(list_has_any("{columns[0]}_l", "{columns[0]}_r"), false)'


def known_as(left: list[str], right: list[str], _: float) -> str:
    """The one's usual value is in the other's list: `known_as(given, givens)`."""
    (a, every_a), (b, every_b) = left, right
    return f"({both_known(a, every_b)} and {a} in {every_b}) or ({both_known(b, every_a)} and {b} in {every_a})"


def known_as_sql(columns: list[str], _: float) -> str:
    one, every = columns
    return f'list_contains("{every}_r", "{one}_l") or list_contains("{every}_l", "{one}_r")'


def swapped(left: list[str], right: list[str], _: float) -> str:
    """The two columns stand the wrong way round, and are not the same."""
    (one, two), (other_one, other_two) = left, right
    return f"{both_known(one, two)} and {one} == {other_two} and {two} == {other_one} and {one} != {two}"


def swapped_sql(columns: list[str], _: float) -> str:
    one, two = columns
    return f'"{one}_l" = "{two}_r" and "{two}_l" = "{one}_r" and "{one}_l" <> "{two}_l"'


def missing_or_swapped(left: list[str], right: list[str], _: float) -> str:
    """The second column says nothing of its own: not known, or already spoken for by `swapped`."""
    return f"{missing(left[1:], right[1:], _)} or ({swapped(left, right, _)})"


def missing_or_swapped_sql(columns: list[str], _: float) -> str:
    return f"{missing_sql(columns[1:], _)} or ({swapped_sql(columns, _)})"


def like(left: list[str], right: list[str], at_least: float) -> str:
    """Jaro-Winkler similarity of at least the threshold (not by rapidfuzz's own cutoff: it rounds at the edge)."""
    return f"{both_known(left[0], right[0])} and likeness({left[0]}, {right[0]}) >= {at_least - SPARE!r}"


def like_sql(columns: list[str], at_least: float) -> str:
    return f'jaro_winkler_similarity("{columns[0]}_l", "{columns[0]}_r") >= {at_least} - {SPARE}'


def slip(left: list[str], right: list[str], _: float) -> str:
    """At most one letter or digit added, dropped, changed or swapped with its neighbour."""
    return f"{both_known(left[0], right[0])} and slips({left[0]}, {right[0]}, score_cutoff=1) <= 1"


def slip_sql(columns: list[str], _: float) -> str:
    return f'damerau_levenshtein("{columns[0]}_l", "{columns[0]}_r") <= 1'


def initial(left: list[str], right: list[str], _: float) -> str:
    """One is a single letter, with which the other begins."""
    a, b = left[0], right[0]
    return f"{both_known(a, b)} and (len({a}) == 1 or len({b}) == 1) and {a}[0] == {b}[0]"


def initial_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    return f'least(length("{c}_l"), length("{c}_r")) = 1 and left("{c}_l", 1) = left("{c}_r", 1)'


def day_and_month_turned(left: list[str], right: list[str], _: float) -> str:
    """ISO days with day and month the wrong way round."""
    a, b = left[0], right[0]
    return f"{both_known(a, b)} and {a} == {b}[:5] + {b}[8:] + '-' + {b}[5:7]"


def day_and_month_turned_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    return f'"{c}_l" = left("{c}_r", 5) || substr("{c}_r", 9, 2) || \'-\' || substr("{c}_r", 6, 2)'


def two_parts(left: list[str], right: list[str], _: float) -> str:
    """Of year, month and day of ISO days, two are the same."""
    a, b = left[0], right[0]
    parts = " + ".join(f"({a}[{at}] == {b}[{at}])" for at in (":4", "5:7", "8:"))
    return f"{both_known(a, b)} and {parts} >= 2"


def two_parts_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    parts = [f'(substr("{c}_l", {at}, {n}) = substr("{c}_r", {at}, {n}))::int' for at, n in ((1, 4), (6, 2), (9, 2))]
    return f"{' + '.join(parts)} >= 2"


def same_alone(left: list[str], right: list[str], _: float) -> str:
    """The first column is equal, and the second, which would say more, is not known on one side."""
    return f"{same(left, right, _)} and ({missing(left[1:], right[1:], _)})"


def same_alone_sql(columns: list[str], _: float) -> str:
    return f"{same_sql(columns, _)} and ({missing_sql(columns[1:], _)})"


WORDS: dict[str, Word] = {
    "missing": Word(missing_sql, missing),
    "missing-or-swapped": Word(missing_or_swapped_sql, missing_or_swapped),
    "same": Word(same_sql, same),
    "same-alone": Word(same_alone_sql, same_alone),
    "shares": Word(shares_sql, shares),
    "shares-none": Word(shares_none_sql, shares_none),
    "known-as": Word(known_as_sql, known_as),
    "swapped": Word(swapped_sql, swapped),
    "like": Word(like_sql, like),
    "slip": Word(slip_sql, slip),
    "initial": Word(initial_sql, initial),
    "day-and-month-turned": Word(day_and_month_turned_sql, day_and_month_turned),
    "two-parts": Word(two_parts_sql, two_parts),
    "otherwise": Word(lambda *_: "ELSE", lambda *_: "True"),
}
