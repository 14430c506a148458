"""Splink's default route on the same labelled rows: its own comparisons, training and clustering, as its tutorials go.

A peer in the same run, not a part of the product. Needs `joinedup[train]`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from joinedup.link.rules.mapping import Mapped

AT = 0.95  # match probability from which records are clustered, as in Splink's tutorials
MAX_PAIRS = 5e6  # of which u is estimated
NAMES, DATES, CODES = ("forename", "surname"), ("date_of_birth",), ("postcode",)
EXACT = ("sex", "nhs_number", "upn")
Row = Mapping[str, str | None]


def clusters(rows: Sequence[Row], mapped: Mapped) -> dict[str, str]:
    """The cluster of each row, by its place in the file (nine digits), as Splink's default route makes them."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    columns = {**mapped.fields, **{name: column for name, _, column in mapped.more}}
    linker = Linker(DuckDBAPI().register(_frame(rows, columns)), settings(columns, mapped))
    train(linker, columns)
    predicted = linker.inference.predict(threshold_match_probability=AT)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=AT)
    return {one["unique_id"]: str(one["cluster_id"]) for one in found.as_record_list()}


def settings(columns: Mapping[str, str], mapped: Mapped) -> Any:
    """A comparison of Splink's library for each mapped column."""
    import splink.comparison_library as library
    from splink import SettingsCreator

    made: list[Any] = [
        *(library.NameComparison(name) for name in NAMES if name in columns),
        *(library.DateOfBirthComparison(name, input_is_string=True) for name in DATES if name in columns),
        *(library.PostcodeComparison(name) for name in CODES if name in columns),
        *(library.ExactMatch(name) for name in EXACT if name in columns),
        *(library.ExactMatch(name).configure(term_frequency_adjustments=True) for name, _, _ in mapped.more),
    ]
    blocks = [_block(*pair) for pair in pairs_of(columns)]
    return SettingsCreator(link_type="dedupe_only", comparisons=made, blocking_rules_to_generate_predictions=blocks)


def train(linker: Any, columns: Mapping[str, str]) -> None:
    """As the tutorials do: prior from strict rules, u from random pairs, m by expectation maximisation."""
    pairs = list(pairs_of(columns))
    learning = linker.training
    learning.estimate_probability_two_random_records_match([_block(*pair) for pair in pairs[:2]], recall=0.7)
    learning.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS, seed=1)
    for pair in pairs[:3]:
        learning.estimate_parameters_using_expectation_maximisation(_block(*pair))


def pairs_of(columns: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The blocking rules: two columns each, as people pick them."""
    known = set(columns)
    for pair in (
        ("forename", "surname"), ("surname", "date_of_birth"), ("forename", "date_of_birth"), ("postcode", "surname"),
        ("postcode", "forename"), ("postcode", "date_of_birth"),
    ):  # fmt: skip
        if set(pair) <= known:
            yield pair


def _block(*columns: str) -> Any:
    from splink import block_on

    return block_on(*columns)


def _frame(rows: Sequence[Row], columns: Mapping[str, str]) -> Any:
    import pandas

    said: list[dict[str, Any]] = [
        {"unique_id": f"{n:09}", **{ours: row[theirs] or None for ours, theirs in columns.items()}}
        for n, row in enumerate(rows)
    ]
    return pandas.DataFrame(said)
