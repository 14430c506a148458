"""Trains a model file with Splink 5 on DuckDB. The only module that imports Splink, and only when it is used.

In: statements (`link.rules.statements`). With their truth (which person each is really about) m is counted; without, it
is estimated by expectation maximisation. u comes from random pairs; what `link.rules.shapes` fixes by rule stays fixed.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.link.rules.comparing import WORDS
from joinedup.link.rules.estimating import prior_of
from joinedup.link.rules.features import features
from joinedup.link.rules.model import (
    FORM,
    NAMESAKES,
    SIBLINGS,
    TWINS,
    Comparison,
    Level,
    Model,
    Terms,
    name_of,
)
from joinedup.link.rules.model import content_of as model_text
from joinedup.link.rules.shapes import COLUMNS, SHAPES
from joinedup.link.rules.statements import PLACE, Spoken

if TYPE_CHECKING:
    from splink import Linker

RANDOM_PAIRS = 2e7
SEED = 11
COMMON = 1 / 4000  # names at least so common are listed in the model file
SMALLEST = 1e-9
# Each round learns the comparisons that name no column of its block. Both names stand in one comparison (a swap), so
# that one round must hold neither equal.
EM_PEOPLE = ["l.born = r.born and l.postcode = r.postcode", "l.given = r.given and l.family = r.family"]
EM_BLOCKS = {
    "child": EM_PEOPLE,
    "adult": EM_PEOPLE,
    "place": ["l.postcode = r.postcode", "l.line = r.line and l.numbers = r.numbers"],
}
RATES = {"child": {"twins": TWINS, "namesakes": NAMESAKES, "siblings": SIBLINGS}}  # by rule: no sample is large enough
NAMES_ALONE = 2_000  # thousandths of a bit above what joins: odds of 250 to one
NOTHING = dict.fromkeys(COLUMNS)
Row = dict[str, Any]


def train(*, kind: str, said: Iterable[Spoken], on: date, note: str, here: bool = False) -> Model:
    """Train a kind's model on statements. Needs `joinedup[train]`.

    `note` says whose data it was; `on` is the edition's date; `here`: they are of the place that will use the model, so
    that its prior and how rare its names are hold. Raises ImportError without Splink.
    """
    known = [(one.truth, features(kind, one.agency, one.statement)) for one in said]
    rows = [{"unique_id": n, "truth": truth, **NOTHING, **one} for n, (truth, one) in enumerate(known)]
    with redirect_stdout(sys.stderr):  # Splink prints what it learns
        model = train_on(rows, SHAPES[kind], kind=kind, on=on, note=note, with_truth=all(truth for truth, _ in known))
    own = {"prior": prior_of(model, [one for _, one in known]), "names_alone": NAMES_ALONE}
    return model.model_copy(update=own) if here and kind != PLACE else model


def train_on(
    rows: list[Row], shape: dict[str, Any], *, kind: str, on: date, note: str, with_truth: bool = False,
    blocks: Sequence[str] = (),
) -> Model:  # fmt: skip
    """Train the comparisons of a shape on feature rows. `blocks`: of expectation maximisation, null: the kind's own."""
    terms = {column: term_table(rows, column) for column in term_columns(shape["comparisons"])}
    linker = linker_over(kind, shape["comparisons"], shape["prior"], rows)
    learn(linker, blocks or EM_BLOCKS[kind], with_truth=with_truth)
    source = f"splink {version('splink')}, duckdb {version('duckdb')}; {note}"
    trained = shape | {"comparisons": learned(linker, shape["comparisons"])} | RATES.get(kind, {})
    return Model(form=FORM, kind=kind, edition=on.isoformat(), source=source, terms=terms, **trained)


def write(model: Model, folder: Path) -> Path:
    """Write the model file under the name that its content demands."""
    path = folder / name_of(model)
    path.write_text(model_text(model))
    return path


def term_columns(comparisons: Iterable[Comparison]) -> set[str]:
    return {level.term for comparison in comparisons for level in comparison.levels if level.term}


def term_table(rows: list[Row], column: str) -> Terms:
    """How common each value is, counted once per person where persons are known."""
    values = Counter(value for _, value in {(r["truth"] or r["unique_id"], r[column]) for r in rows if r[column]})
    total = values.total()
    common = {value: round(n / total, 7) for value, n in sorted(values.items()) if n / total >= COMMON}
    rare = [n for n in values.values() if n / total < COMMON]
    least = round(sum(n * n for n in rare) / max(sum(rare), 1) / total, 7) if rare else 1 / total
    return Terms(least=max(least, 1 / total), common=common)


def linker_over(
    kind: str, comparisons: list[Comparison], prior: float, rows: list[Row], blocks: list[str] | None = None
) -> "Linker":
    """A Splink linker over feature rows, with the settings that the comparisons mean."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    api = DuckDBAPI(connection=typed_table(duckdb.connect(), rows))
    settings = splink_settings(comparisons, prior, blocks or EM_BLOCKS[kind])
    return Linker(api.register("statements"), settings)


def typed_table(connection: Any, rows: list[Row]) -> Any:
    """The connection with the rows as its table `statements`: lists stay lists, unknown stays null of its type."""
    import pandas

    more = {name: "VARCHAR" for row in rows[:1] for name in row if name not in COLUMNS}
    columns = {**more, "unique_id": "BIGINT", "truth": "VARCHAR", **COLUMNS}
    connection.execute("set threads to 2")
    connection.register("said", pandas.DataFrame(rows, columns=list(columns), dtype=object))
    typed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns.items())
    connection.execute(f"create table statements as select {typed} from said").fetchall()  # noqa: S608 - our own names
    return connection


def splink_settings(comparisons: list[Comparison], prior: float, blocks: list[str]) -> dict[str, Any]:
    """The same comparisons as Splink's settings: each test word's SQL, with what is already known of m and u."""
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": prior,
        "comparisons": [
            {"output_column_name": c.name, "comparison_levels": [splink_level(level) for level in c.levels]}
            for c in comparisons
        ],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in blocks],
        "retain_intermediate_calculation_columns": True,
    }


def splink_level(level: Level) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sql_condition": WORDS[level.test].sql(level.columns, level.at_least),
        "label_for_charts": level.name,
    }
    if level.null:
        return said | {"is_null_level": True}
    if level.m is not None:
        said |= {"m_probability": level.m, "fix_m_probability": True}
    if level.u is not None:
        said |= {"u_probability": level.u, "fix_u_probability": True}
    if level.term:
        said |= {"tf_adjustment_column": level.term}
    return said


def learn(linker: "Linker", blocks: Sequence[str], *, with_truth: bool) -> None:
    """u from random pairs; m from the truth where it is known, else by expectation maximisation."""
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    if with_truth:
        linker.training.estimate_m_from_label_column("truth")
        return
    for block in blocks:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block, fix_probability_two_random_records_match=True
        )


def learned(linker: "Linker", comparisons: list[Comparison]) -> list[Comparison]:
    """Our comparisons with what Splink learned; what was fixed by rule stays as it was."""
    by_name = {c["output_column_name"]: c["comparison_levels"] for c in linker.misc.save_model_to_json()["comparisons"]}
    return [c.model_copy(update={"levels": _levels(c, by_name[c.name])}) for c in comparisons]


def _levels(comparison: Comparison, trained: list[dict[str, Any]]) -> list[Level]:
    by_label = {level["label_for_charts"]: level for level in trained}
    return [level if level.null else _level(level, by_label[level.name]) for level in comparison.levels]


def _level(level: Level, trained: dict[str, Any]) -> Level:
    return level.model_copy(
        update={
            "m": level.m or max(round(trained.get("m_probability", SMALLEST), 9), SMALLEST),
            "u": level.u or max(round(trained.get("u_probability", SMALLEST), 9), SMALLEST),
        }
    )


def version(package: str) -> str:
    from importlib.metadata import version as of

    return of(package)
