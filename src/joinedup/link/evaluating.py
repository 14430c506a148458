"""Measures the linker on any labelled file: the same features, scorer, rules and grouping as one by one in the flow.

In: rows of a CSV or Parquet file, which column is the truth, and how its columns map to ours. Out: rates by pairs and
by children, for all and by stratum, before and after a simulated reviewer, with seconds; Splink's default route beside.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from joinedup.engine import Engine
from joinedup.ground.keys import digest
from joinedup.link.rules.decide import DOUBT, Word
from joinedup.link.rules.features import Features
from joinedup.link.rules.mapping import Mapped, comparisons_of, features_of, more_blocks
from joinedup.link.rules.measuring import count, measured
from joinedup.link.rules.model import Model, model_for
from joinedup.link.rules.shapes import COLUMNS, SHAPES
from joinedup.link.rules.whole import Derived, Given, derive_from, no_more

FORM = "joinedup/evaluation/1"
KIND = "child"
Row = Mapping[str, str | None]


@dataclass
class Labelled:
    """A file's rows as features, and the truth of each, by record key (its place in the file)."""

    said: dict[str, Features]
    truth: dict[str, str]
    strata: dict[str, dict[str, str]] = field(default_factory=dict)  # column: record key: value
    more: Callable[[Features], Iterable[str]] = no_more  # further blocks


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


def labelled(rows: Iterable[Row], mapped: Mapped, truth: str, strata: Iterable[str] = ()) -> Labelled:
    """The rows by record key. A row without a truth is nobody's and left out."""
    made = Labelled({}, {}, {name: {} for name in strata}, more_blocks(mapped))
    for n, row in enumerate(rows):
        key, whose = f"{n:09}", row.get(truth)
        if not whose:
            continue
        made.said[key], made.truth[key] = features_of(row, mapped), whose
        for name, of in made.strata.items():
            of[key] = row.get(name) or "not known"
    return made


def trained(data: Labelled, mapped: Mapped, *, on: date) -> Model:
    """A model trained on these very records, without their truth. Needs `joinedup[train]`."""
    from joinedup.link import training

    shape = SHAPES[KIND] | {"comparisons": [*SHAPES[KIND]["comparisons"], *comparisons_of(mapped)]}
    names = [*COLUMNS, *(name for name, _, _ in mapped.more)]
    rows = [
        {"unique_id": n, "truth": None, **dict.fromkeys(names), **said} for n, said in enumerate(data.said.values())
    ]
    blocks = blocks_of(data.said.values(), [name for name, _, _ in mapped.more])
    model = training.train_on(rows, shape, kind=KIND, on=on, note="an evaluation", blocks=blocks)
    return model.model_copy(update={"prior": prior_of(model, data.said.values())})


def blocks_of(said: Collection[Features], more: Iterable[str]) -> list[str]:
    """What the rounds of training hold equal: a birth with what else most records have, then both names."""
    filled = Counter(name for one in said for name in ("born", "postcode", *more) if name in one)
    others = [name for name, n in filled.most_common() if name != "born" and n * 2 >= len(said)]
    held = [name for name in ("born", *others[:1]) if filled[name]] or ["sex"]
    return [" and ".join(f"l.{name} = r.{name}" for name in held), "l.given = r.given and l.family = r.family"]


def prior_of(model: Model, said: Collection[Features]) -> float:
    """That two records picked at random are one child's: from pairs alike in both names and birth, and how often the
    records of one child are (the model's own m)."""
    alike = Counter(
        (one["given"], one["family"], one["born"]) for one in said if {"given", "family", "born"} <= one.keys()
    )
    pairs, total = sum(n * (n - 1) // 2 for n in alike.values()), len(said) * (len(said) - 1) // 2
    same = {c.name: next(level.m for level in c.levels if level.name == "same") or 1.0 for c in model.comparisons}
    known = sum(alike.values()) / max(1, len(said))
    expected = same["given"] * same["family"] * same["born"] * known * known
    return min(0.5, max(1e-9, pairs / max(expected, 1e-6) / max(1, total)))


def evaluate(data: Labelled, model: Model, timed: Timed, *, accuracy: float | None = None) -> dict[str, Any]:
    """Every measure of what the linker makes of these records. `accuracy`: of a simulated reviewer of every doubt."""
    with timed.step("predict"):
        derived = derive_from(data.said, Given({}), model, data.more)
    found = measures(data, derived)
    if accuracy is not None:
        words = tuple(reviewed(data, derived, accuracy))
        with timed.step("review"):
            again = derive_from(data.said, Given({}, words=words), model, data.more)
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
    doubts = len(list(doubts_of(derived, group)))
    per_1000 = round(1000 * doubts / max(1, len(data.said)), 2)
    return {**measured(count(data.truth, group)), "doubts_per_1000_records": per_1000, "strata": strata}


def doubts_of(derived: Derived, group: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs that a person would be asked about: doubtful, or heavy and held back, and not in one group."""
    for pair, match in derived.matches.items():
        asked = match.outcome == DOUBT or (pair in derived.against and match.outcome != "separate")
        if asked and group[match.a] != group[match.b]:
            yield match.a, match.b


def reviewed(data: Labelled, derived: Derived, accuracy: float) -> Iterator[Word]:
    """What a reviewer who is right so often says of every doubt; the same again for the same pair."""
    group = {key: members[0] for members in derived.groups for key in members}
    for a, b in doubts_of(derived, group):
        right = random_of(a, b) < accuracy
        yield Word(a, b, (data.truth[a] == data.truth[b]) == right)


def random_of(a: str, b: str) -> float:
    """A number in [0, 1) that hangs on the pair alone."""
    return int(digest("reviewer", a, b)[:12], 16) / 16**12


def model_in_force() -> Model:
    return model_for(KIND)
