"""The words in which a model says how two values are alike: each means one thing in DuckDB's SQL and Python (law 8).

Splink trains with the SQL; the online scorer runs the Python. `tests/link/test_comparing.py` holds them equal word by
word. Values are ASCII (`link.rules.features`), so that DuckDB's bytes are Python's characters; a threshold is met
with 1e-12 to spare, because DuckDB's Jaro-Winkler differs in the last bit.
"""

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from joinedup.link.rules.features import Features

Alike = Callable[[Features, Features], bool]
SPARE = 1e-12


class Word(NamedTuple):
    """`sql(columns, at_least)` over columns suffixed _l and _r; `python(columns, at_least)` over two feature sets."""

    sql: Callable[[list[str], float], str]
    python: Callable[[list[str], float], Alike]


def missing(columns: list[str], _: float) -> Alike:
    """Any of the columns is not known on one side."""
    return lambda a, b: any(column not in a or column not in b for column in columns)


def missing_sql(columns: list[str], _: float) -> str:
    return " or ".join(f'"{c}_l" is null or "{c}_r" is null' for c in columns)


def same(columns: list[str], _: float) -> Alike:
    """The values are equal."""
    column = columns[0]
    return lambda a, b: column in a and a[column] == b.get(column)


def same_sql(columns: list[str], _: float) -> str:
    return f'"{columns[0]}_l" = "{columns[0]}_r"'


def shares(columns: list[str], _: float) -> Alike:
    """The lists have a value in common."""
    column = columns[0]

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        return left is not None and right is not None and not set(left).isdisjoint(right)

    return alike


def shares_sql(columns: list[str], _: float) -> str:
    return f'list_has_any("{columns[0]}_l", "{columns[0]}_r")'


def shares_none(columns: list[str], _: float) -> Alike:
    """The lists have nothing in common, or one is not known."""
    some = shares(columns, _)
    return lambda a, b: not some(a, b)


def shares_none_sql(columns: list[str], _: float) -> str:
    return f'not coalesce(list_has_any("{columns[0]}_l", "{columns[0]}_r"), false)'


def known_as(columns: list[str], _: float) -> Alike:
    """The one's usual value is in the other's list: `known_as(given, givens)`."""
    one, every = columns

    def alike(a: Features, b: Features) -> bool:
        return (one in a and a[one] in b.get(every, ())) or (one in b and b[one] in a.get(every, ()))

    return alike


def known_as_sql(columns: list[str], _: float) -> str:
    one, every = columns
    return f'list_contains("{every}_r", "{one}_l") or list_contains("{every}_l", "{one}_r")'


def swapped(columns: list[str], _: float) -> Alike:
    """The two columns stand the wrong way round, and are not the same."""
    one, two = columns

    def alike(a: Features, b: Features) -> bool:
        return one in a and two in a and a[one] == b.get(two) and a[two] == b.get(one) and a[one] != a[two]

    return alike


def swapped_sql(columns: list[str], _: float) -> str:
    one, two = columns
    return f'"{one}_l" = "{two}_r" and "{two}_l" = "{one}_r" and "{one}_l" <> "{two}_l"'


def missing_or_swapped(columns: list[str], _: float) -> Alike:
    """The second column says nothing of its own: not known, or already spoken for by `swapped`."""
    gone, turned = missing(columns[1:], _), swapped(columns, _)
    return lambda a, b: gone(a, b) or turned(a, b)


def missing_or_swapped_sql(columns: list[str], _: float) -> str:
    return f"{missing_sql(columns[1:], _)} or ({swapped_sql(columns, _)})"


def like(columns: list[str], at_least: float) -> Alike:
    """Jaro-Winkler similarity of at least the threshold (not by rapidfuzz's own cutoff: it rounds at the edge)."""
    column, floor = columns[0], at_least - SPARE

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        return left is not None and right is not None and JaroWinkler.similarity(left, right) >= floor

    return alike


def like_sql(columns: list[str], at_least: float) -> str:
    return f'jaro_winkler_similarity("{columns[0]}_l", "{columns[0]}_r") >= {at_least} - {SPARE}'


def slip(columns: list[str], _: float) -> Alike:
    """At most one letter or digit added, dropped, changed or swapped with its neighbour."""
    column = columns[0]

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        return left is not None and right is not None and DamerauLevenshtein.distance(left, right, score_cutoff=1) <= 1

    return alike


def slip_sql(columns: list[str], _: float) -> str:
    return f'damerau_levenshtein("{columns[0]}_l", "{columns[0]}_r") <= 1'


def initial(columns: list[str], _: float) -> Alike:
    """One is a single letter, with which the other begins."""
    column = columns[0]

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        return left is not None and right is not None and 1 in (len(left), len(right)) and bool(left[0] == right[0])

    return alike


def initial_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    return f'least(length("{c}_l"), length("{c}_r")) = 1 and left("{c}_l", 1) = left("{c}_r", 1)'


def day_and_month_turned(columns: list[str], _: float) -> Alike:
    """ISO days with day and month the wrong way round."""
    column = columns[0]

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        return right is not None and bool(left == f"{right[:4]}-{right[8:]}-{right[5:7]}")

    return alike


def day_and_month_turned_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    return f'"{c}_l" = left("{c}_r", 5) || substr("{c}_r", 9, 2) || \'-\' || substr("{c}_r", 6, 2)'


def two_parts(columns: list[str], _: float) -> Alike:
    """Of year, month and day of ISO days, two are the same."""
    column = columns[0]

    def alike(a: Features, b: Features) -> bool:
        left, right = a.get(column), b.get(column)
        if left is None or right is None:
            return False
        return [left[:4] == right[:4], left[5:7] == right[5:7], left[8:] == right[8:]].count(True) >= 2

    return alike


def two_parts_sql(columns: list[str], _: float) -> str:
    c = columns[0]
    parts = [f'(substr("{c}_l", {at}, {n}) = substr("{c}_r", {at}, {n}))::int' for at, n in ((1, 4), (6, 2), (9, 2))]
    return f"{' + '.join(parts)} >= 2"


def same_alone(columns: list[str], _: float) -> Alike:
    """The first column is equal, and the second, which would say more, is not known on one side."""
    equal, gone = same(columns, _), missing(columns[1:], _)
    return lambda a, b: equal(a, b) and gone(a, b)


def same_alone_sql(columns: list[str], _: float) -> str:
    return f"{same_sql(columns, _)} and ({missing_sql(columns[1:], _)})"


def always(_: Features, __: Features) -> bool:
    """Whatever no earlier level said."""
    return True


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
    "otherwise": Word(lambda *_: "ELSE", lambda *_: always),
}
