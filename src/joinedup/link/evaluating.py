"""Measures the linker on any labelled file: the same features, scorer, rules and grouping as one by one in the flow.

In: rows of a CSV or Parquet file, which column is the truth, and how its columns map to ours. Out: rates by pairs and
by children, for all and by stratum, before and after a simulated reviewer, with seconds; Splink's default route beside.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from joinedup.engine import Engine
from joinedup.ground.keys import digest
from joinedup.link.rules.decide import Word
from joinedup.link.rules.estimating import blocks_of, prior_of, roof_of
from joinedup.link.rules.features import Features
from joinedup.link.rules.further import Blocks, comparisons_of, further_blocks, with_places
from joinedup.link.rules.judging import DOUBT, SEPARATE
from joinedup.link.rules.mapping import Mapped, features_of
from joinedup.link.rules.measuring import count, measured
from joinedup.link.rules.model import Model, model_for
from joinedup.link.rules.pairs import Paired
from joinedup.link.rules.rivals import namesakes_met, siblings_met, twins_met
from joinedup.link.rules.shapes import COLUMNS, SHAPES
from joinedup.link.rules.whole import Derived, Given, derive_from

FORM = "joinedup/evaluation/1"
KIND = "child"
Row = Mapping[str, str | None]


@dataclass
class Labelled:
    """A file's rows as features, and the truth of each, by record key (its place in the file)."""

    said: dict[str, Features]
    truth: dict[str, str]
    strata: dict[str, dict[str, str]] = field(default_factory=dict)  # column: record key: value
    mapped: Mapped = field(default_factory=lambda: Mapped({}, ()))

    def blocks(self, model: Model) -> Blocks:
        """The further blocks of each record."""
        return further_blocks(self.mapped, model, len(self.said))


@dataclass
class Timed:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - begun, 3)


def read_file(path: Path) -> tuple[list[str], list[dict[str, str | None]]]:
    """Columns and rows of a CSV or Parquet file, every value as text. Raises OSError if it is not there."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    with Engine() as engine:
        return engine.file(path)


def labelled(rows: Sequence[Row], mapped: Mapped, truth: str, strata: Iterable[str] = ()) -> Labelled:
    """The rows by record key. A row without a truth is nobody's and left out."""
    mapped = with_places(mapped, rows)
    made = Labelled({}, {}, {name: {} for name in strata}, mapped)
    for n, row in enumerate(rows):
        key, whose = f"{n:09}", row.get(truth)
        if not whose:
            continue
        made.said[key], made.truth[key] = features_of(row, mapped), whose
        for name, of in made.strata.items():
            of[key] = row.get(name) or "not known"
    return made


def trained(data: Labelled, *, on: date) -> Model:
    """A model trained on these very records, without their truth. Needs `joinedup[train]`; tells of it on stderr."""
    from joinedup.link import training

    shape = SHAPES[KIND] | {"comparisons": [*SHAPES[KIND]["comparisons"], *comparisons_of(data.mapped)]}
    further, said = [name for name, _, _ in data.mapped.more], list(data.said.values())
    empty = dict.fromkeys([*COLUMNS, *further])
    rows = [{"unique_id": n, "truth": None, **empty, **one} for n, one in enumerate(said)]
    with redirect_stdout(sys.stderr):  # Splink prints what it learns
        model = training.train_on(rows, shape, kind=KIND, on=on, note="an evaluation", blocks=blocks_of(said, further))
    roof = roof_of(said, further)
    met = {"twins": twins_met(said), "namesakes": namesakes_met(said, roof), "siblings": siblings_met(said, roof)}
    return model.model_copy(update={"prior": prior_of(model, said), "names_alone": training.NAMES_ALONE, **met})


def evaluate(data: Labelled, model: Model, timed: Timed, *, accuracy: float | None = None) -> dict[str, Any]:
    """Every measure of what the linker makes of these records. `accuracy`: of a simulated reviewer of every doubt."""
    with timed.step("predict"):
        derived = derive_from(data.said, Given({}), model, data.blocks(model))
    found = measures(data, derived)
    if accuracy is not None:
        words = tuple(reviewed(data, derived, accuracy))
        with timed.step("review"):
            again = derive_from(data.said, Given({}, words=words), model, data.blocks(model))
        found["reviewed"] = {"accuracy": accuracy, "words": len(words), **measures(data, again)}
    return {"form": FORM, "model": model.edition, **found, "seconds": timed.seconds}


def as_splink(rows: Sequence[Row], mapped: Mapped, data: Labelled) -> dict[str, Any]:
    """The same measures of what Splink's default route makes of the same rows. Needs `joinedup[train]`."""
    from joinedup.link.beside_splink import clusters

    found = clusters(rows, mapped)
    return measured(count(data.truth, {key: found[key] for key in data.truth}))


def measures(data: Labelled, derived: Derived) -> dict[str, Any]:
    group = {key: members[0] for members in derived.groups for key in members}
    strata = {
        f"{column}={value}": measured(count(data.truth, group, {key for key in of if of[key] == value}.__contains__))
        for column, of in data.strata.items()
        for value in sorted(set(of.values()))
    }
    doubts = len(doubts_of(derived, group))
    per_1000 = round(1000 * doubts / max(1, len(data.said)), 2)
    return {**measured(count(data.truth, group)), "doubts_per_1000_records": per_1000, "strata": strata}


def doubts_of(derived: Derived, group: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs that a person would be asked about: of each two groups the strongest that is doubtful, or held back."""
    strongest: dict[frozenset[str], Paired] = {}
    for pair, match in derived.matches.items():
        asked = match.outcome == DOUBT or (pair in derived.against and match.outcome != SEPARATE)
        groups = frozenset((group[match.a], group[match.b]))
        if asked and len(groups) == 2:
            strongest[groups] = min(strongest.get(groups, match), match, key=_strength)
    return [(match.a, match.b) for match in strongest.values()]


def _strength(match: Paired) -> tuple[int, str, str]:
    return -match.scored.weight, match.a, match.b


def reviewed(data: Labelled, derived: Derived, accuracy: float) -> Iterator[Word]:
    """What a reviewer who is right so often says of every doubt; the same again for the same pair."""
    group = {key: members[0] for members in derived.groups for key in members}
    for a, b in doubts_of(derived, group):
        right = random_of(a, b) < accuracy
        yield Word(a, b, (data.truth[a] == data.truth[b]) == right)


def random_of(a: str, b: str) -> float:
    """A number in [0, 1) that hangs on the pair alone."""
    return int(digest("reviewer", a, b)[:12], 16) / 16**12


def model_in_force(data: Labelled) -> Model:
    """The model in force, with the prior of so many people: by nature another in every population."""
    model = model_for(KIND)
    return model.model_copy(update={"prior": prior_of(model, data.said.values())})
