"""`joinedup link`: measures the linker on labelled records, trains a model anew, lays it before whoever decides."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.ground.clock import civil_day, utcnow
from joinedup.link import actions, bringing, evaluating, training
from joinedup.link.queries import standing_statements
from joinedup.link.queries.editions import model_in_force
from joinedup.link.reading import of_file
from joinedup.link.rules.editions import changes
from joinedup.link.rules.mapping import FIELDS, MORE, MappingError, read_mapping
from joinedup.link.rules.model import read_model
from joinedup.link.rules.shapes import SHAPES
from joinedup.share.doors import operator
from joinedup.share.queries import now as now_

Options = dict[str, Any]
NO_SPLINK = "training needs Splink: pip install joinedup[train]"


class Command(BaseCommand):
    help = (
        "Measure the linker on labelled records (evaluate), train a model file anew (train), or propose one (propose)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        one = verbs.add_parser("evaluate", help="how good the linker is where the truth is known")
        one.add_argument("--records", required=True, type=Path, help="a CSV or Parquet file, one record a row")
        one.add_argument("--truth", required=True, help="the column that says who it really is")
        one.add_argument(
            "--map",
            default="",
            help=f"ours=theirs,...; ours are {', '.join(FIELDS)}, and {' and '.join(MORE)}, any times",
        )
        one.add_argument("--train", action="store_true", help="train on these records first, without their truth")
        one.add_argument("--strata", default="", help="columns, parted by commas, by which it is measured too")
        one.add_argument("--reviewer", type=float, help="let a simulated reviewer, right so often, answer every doubt")
        one.add_argument("--compare", action="store_true", help="measure Splink's default route on the same rows too")
        one.add_argument("--json", action="store_true", help="print joinedup/evaluation/1")
        new = verbs.add_parser("train", help="a model file from statements (docs/rooms/linking.md)")
        new.add_argument("--kind", required=True, choices=sorted(SHAPES), help="of whom")
        new.add_argument(
            "--records", type=Path, help="a file of statements, JSON lines or Parquet; else those kept here"
        )
        new.add_argument("--here", action="store_true", help="the file's statements are of the place that will use it")
        new.add_argument("--note", required=True, help="whose data it is: kept in the file")
        new.add_argument("--into", required=True, type=Path, help="the folder for the new file")

        one = verbs.add_parser("propose", help="lay a newer model file before somebody who decides")
        one.add_argument("file", type=Path, help="a model file, as train wrote it")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            self.stdout.write(VERBS[what](options))
        except (OSError, ValueError) as trouble:
            raise CommandError(str(trouble)) from None
        except ImportError as missing:
            raise CommandError(NO_SPLINK) from missing


def evaluate(given: Options) -> str:
    columns, rows = evaluating.read_file(given["records"])
    strata = [one.strip() for one in given["strata"].split(",") if one.strip()]
    if missing := {given["truth"], *strata} - set(columns):
        raise MappingError(f"{', '.join(sorted(missing))}: no such column; the file has {', '.join(columns)}")
    mapped, timed = read_mapping(given["map"], columns), evaluating.Timed()
    data = evaluating.labelled(rows, mapped, given["truth"], strata)
    model = evaluating.model_in_force(data)
    if given["train"]:
        with timed.step("train"):
            model = evaluating.trained(data, on=civil_day(utcnow()))
    found = evaluating.evaluate(data, model, timed, accuracy=given["reviewer"])
    if given["compare"]:
        with timed.step("splink"):
            found["splink"] = evaluating.as_splink(rows, mapped, data)
    return json.dumps(found, indent=1) if given["json"] else in_words(found)


def in_words(found: dict[str, Any]) -> str:
    """The measures, a line each; strata below each other."""
    lines = [line_of("all", found), *(line_of(name, one) for name, one in found["strata"].items())]
    beside = {"after review": found.get("reviewed"), "Splink's default route": found.get("splink")}
    lines += [line_of(name, one) for name, one in beside.items() if one]
    return "\n".join(
        [*lines, f"{found['doubts_per_1000_records']} doubts per 1,000 records; seconds {found['seconds']}"]
    )


def line_of(name: str, one: dict[str, Any]) -> str:
    pairs = ", ".join(f"{what} {rate}" for what, rate in one["pairs"].items())
    merged, split = one["in_false_merge_per_10000"], one["split_per_10000"]
    return (
        f"{name}: {one['records']:,} records of {one['children']:,}; {pairs}; "
        f"per 10,000 children {merged} in a false merge, {split} split"
    )


def train(given: Options) -> str:
    kind, file = given["kind"], given["records"]
    model = training.train(
        kind=kind, said=of_file(kind, file) if file else standing_statements(kind), on=civil_day(utcnow()),
        note=given["note"], here=given["here"] or file is None,
    )  # fmt: skip
    return f"Written: {training.write(model, given['into'])}. It changes nothing until somebody brings it into force."


def propose(given: Options) -> str:
    new = read_model(given["file"])
    now = model_in_force(new.kind)
    changed = bringing.changed_by(new)
    actions.propose(by=operator(), at=now_(), model=new, differs=changes(now, new), changed=changed)
    joined, parted = len(changed["joined"]), len(changed["parted"])
    return (
        f"{given['file'].name} would join {joined} and part {parted}. It waits for a team manager, on the page Linking."
    )


VERBS: dict[str, Callable[[Options], str]] = {"evaluate": evaluate, "train": train, "propose": propose}
