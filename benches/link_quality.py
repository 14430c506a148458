"""How good the linker is on the fictional partnership's children: flat, labelled files, for `joinedup link evaluate`.

    python -m benches.link_quality --records 100000 [--noise 0.5 1 2] [--seed 5] [--out FOLDER] [--compare] [--train]

For each noise setting a partnership is made (`partnership make`), every distinct statement of a child by an agency
becomes one row with its truth, and the linker is measured on it, Splink's default route beside.
Strata: children with a twin, or a brother or sister, in the records; the origin of the name; rows with a number.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from joinedup.link import evaluating
from joinedup.link.rules.mapping import read_mapping
from partnership.make import make
from partnership.world.settings import Settings

NUMBERS = {"nhs-number": "nhs_number", "upn": "upn", "la-child-id": "la_child_id"}
STRATA = ["twin", "siblings", "origin", "number"]
CHILDREN_PER_RECORD = 3.2  # of the population, most of whom nobody writes about
Row = dict[str, Any]


def statements(town: Path) -> Iterator[tuple[str, str, int, Row]]:
    """(agency, message, n, person) of every child named in the feeds."""
    for file in sorted(town.glob("feeds/*/*.jsonl")):
        for line in file.open(encoding="utf-8"):
            notice = json.loads(line)
            for person in notice["persons"]:
                if person["kind"] == "child":
                    yield notice["agency"], notice["id"], person["n"], person


def flat(agency: str, person: Row) -> Row:
    """The statement as one row of columns called as `link.rules.mapping` calls them."""
    name, place = person["names"][0], next(iter(person.get("addresses") or []), {})
    numbers = {said["system"]: said["value"] for said in person.get("identifiers") or []}
    own = [value for system, value in numbers.items() if system not in NUMBERS]
    return {
        "forename": name.get("given"), "surname": name.get("family"), "date_of_birth": person.get("born"),
        "sex": person.get("sex"), "postcode": place.get("postcode"), "source": agency,
        **{ours: numbers.get(system) for system, ours in NUMBERS.items()},
        "local_number": next(iter(own), None), "number": "with" if numbers else "without",
    }  # fmt: skip


def labelled(town: Path, most: int) -> list[Row]:
    """So many rows at most: each distinct statement of an agency about a child once, with its truth and strata."""
    named = _rows(town / "truth" / "mentions.parquet", "agency, message, n, person")
    whose = {(agency, message, n): who for agency, message, n, who in named}
    found: dict[str, Row] = {}
    for agency, message, n, person in statements(town):
        row = flat(agency, person) | {"truth": whose[agency, message, n]}
        found.setdefault(json.dumps(row), row)
    rows = list(found.values())[:most]
    strata = strata_of(town, {row["truth"] for row in rows})
    return [row | strata[row["truth"]] for row in rows]


def strata_of(town: Path, known: set[str]) -> dict[str, Row]:
    """By child: whether a twin, or a brother or sister, has records too, and where the name comes from."""
    people = _rows(town / "truth" / "persons.parquet", "person, household, twin_of, name_origin")
    at_home = Counter(household for who, household, _, _ in people if who in known)
    twins = {end for who, _, twin, _ in people if twin in known and who in known for end in (who, twin)}
    return {
        who: {"twin": _yes(who in twins), "siblings": _yes(at_home[household] > 1), "origin": origin}
        for who, household, _, origin in people
        if who in known
    }


def _yes(told: bool) -> str:
    return "yes" if told else "no"


def _rows(file: Path, columns: str) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(str(file)).project(columns).fetchall()


def measure(rows: list[Row], *, compare: bool, train: bool) -> dict[str, Any]:
    """What the linker makes of the rows, by the shipped model or one trained on them, without their truth.

    `compare`: Splink's default route too.
    """
    columns = [name for name in rows[0] if name not in STRATA]
    mapped, timed = read_mapping("", columns), evaluating.Timed()
    data = evaluating.labelled(rows, mapped, "truth", STRATA)
    model = evaluating.trained(data, on=date(2026, 1, 1)) if train else evaluating.model_in_force(data)
    found = evaluating.evaluate(data, model, timed, accuracy=0.95)
    if compare:
        with timed.step("splink"):
            found["splink"] = evaluating.as_splink(rows, mapped, data)
    return found


def told(noise: float, found: dict[str, Any]) -> Iterator[str]:
    """The measures, one line of a table each."""
    beside = {"reviewed": found["reviewed"]} | ({"Splink": found["splink"]} if "splink" in found else {})
    for name, one in {"joinedup": found, **beside, **found["strata"]}.items():
        rates = [*one["pairs"].values(), one["in_false_merge_per_10000"], one["split_per_10000"]]
        cells = [noise, name, f"{one['records']:,}", *rates, one.get("doubts_per_1000_records", "")]
        yield f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--noise", type=float, nargs="+", default=[0.5, 1.0, 2.0])
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, help="keep the labelled files here, as Parquet")
    parser.add_argument("--compare", action="store_true", help="Splink's default route on the same rows, beside")
    parser.add_argument(
        "--train", action="store_true", help="by a model trained on these records, as one's own would be"
    )
    asked = parser.parse_args()
    print("| noise | what | records | precision | recall | F1 | in a false merge /10,000 | split | doubts /1,000 |")
    for noise in asked.noise:
        with tempfile.TemporaryDirectory() as folder:
            town = Path(folder)
            children = int(asked.records * CHILDREN_PER_RECORD)
            make(Settings(children, asked.seed, noise=noise), town, truth=True)
            rows = labelled(town, asked.records)
        if asked.out:
            keep(rows, asked.out / f"noise_{noise}.parquet")
        print("\n".join(told(noise, measure(rows, compare=asked.compare, train=asked.train))), flush=True)


def keep(rows: list[Row], file: Path) -> None:
    """Write the rows as one Parquet file."""
    import pandas

    frame = pandas.DataFrame(rows, dtype="string")
    connection = duckdb.connect()
    connection.register("said", frame)
    connection.sql("select * from said").write_parquet(str(file))


if __name__ == "__main__":
    main()
