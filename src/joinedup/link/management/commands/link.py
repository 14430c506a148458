"""`joinedup link`: measures the linker, trains a model and proposes it, links all records at once."""

import json
from argparse import ArgumentParser, _SubParsersAction
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from joinedup.engine import ENGINES, EngineMissing, engine_named
from joinedup.ground.clock import civil_day, utcnow
from joinedup.link import actions, batch, evaluating, training
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
Told = tuple[str, bool]  # what is printed, and whether all is well
LISTED = 20  # differences told in words; with --json all of them are
NO_SPLINK = "training needs Splink: pip install joinedup[train]"


class Command(BaseCommand):
    help = (
        "Measure the linker on labelled records (evaluate), train a model file anew (train), lay one before somebody "
        "who decides (propose), or link every record at once and hold it against what stands written (all)."
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
        add_all(verbs)

        one = verbs.add_parser("propose", help="lay a newer model file before somebody who decides")
        one.add_argument("file", type=Path, help="a model file, as train wrote it")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            said, well = VERBS[what](options)
        except (OSError, ValueError, EngineMissing) as trouble:
            raise CommandError(str(trouble)) from None
        except ImportError as missing:
            raise CommandError(NO_SPLINK) from missing
        self.stdout.write(said)
        if not well:
            raise SystemExit(1)


def add_all(verbs: "_SubParsersAction[Any]") -> None:
    every = verbs.add_parser("all", help="the whole population at once, on DuckDB or Spark; exit with 1 if something"
                             " differs from what stands written and nothing explains it")  # fmt: skip
    every.add_argument(
        "--engine", choices=sorted(ENGINES), default="duckdb", help="spark needs joinedup[spark], Java 17"
    )
    every.add_argument("--kind", choices=batch.KINDS, help="of whom; else of every kind")
    every.add_argument("--records", type=Path, help="a file of statements, as for train; else the records kept here")
    every.add_argument("--out", type=Path, help="a folder for pairs.parquet and groups.parquet")
    every.add_argument("--json", action="store_true", help=f"print {batch.FORM}")


def evaluate(given: Options) -> Told:
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
    return json.dumps(found, indent=1) if given["json"] else in_words(found), True


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


def train(given: Options) -> Told:
    kind, file = given["kind"], given["records"]
    model = training.train(
        kind=kind, said=of_file(kind, file) if file else standing_statements(kind), on=civil_day(utcnow()),
        note=given["note"], here=given["here"] or file is None,
    )  # fmt: skip
    path = training.write(model, given["into"])
    return f"Written: {path}. It changes nothing until somebody brings it into force.", True


def propose(given: Options) -> Told:
    new = read_model(given["file"])
    now = model_in_force(new.kind)
    changed = batch.changed_by(new)
    actions.propose(by=operator(), at=now_(), model=new, differs=changes(now, new), changed=changed)
    joined, parted = len(changed["joined"]), len(changed["parted"])
    whom = f"{given['file'].name} would join {joined} and part {parted}"
    return f"{whom}. It waits for a team manager, on the page Linking.", True


def link_all(given: Options) -> Told:
    kinds = [given["kind"]] if given["kind"] else list(batch.KINDS)
    timed, begin = defaultdict[str, evaluating.Timed](evaluating.Timed), evaluating.Timed()
    with Progress(console=Console(stderr=True), disable=given["json"], transient=True) as bar:
        task = bar.add_task(f"beginning {given['engine']}", total=len(kinds) * len(batch.STEPS))

        @contextmanager
        def step(kind: str, name: str) -> Iterator[None]:
            bar.update(task, description=f"{kind}: {name}")
            with timed[kind].step(name):
                yield
            bar.advance(task)

        with begin.step("begin"):
            engine = engine_named(given["engine"])
        with engine:
            found = batch.link_all(engine, kinds, step, file=given["records"], out=given["out"])
    seconds = {**begin.seconds, **{kind: one.seconds for kind, one in timed.items()}}
    report = {"form": batch.FORM, "engine": given["engine"], **found, "seconds": seconds}
    well = not (found["reconciliation"] or {}).get("unexplained")
    return json.dumps(report, indent=1) if given["json"] else "\n".join(told(report)), well


def told(report: dict[str, Any]) -> Iterator[str]:
    """The population in words: a line for each kind, then what differs from what stands written."""
    for kind, one in report["kinds"].items():
        took = sum(report["seconds"][kind].values())
        yield (
            f"{kind}: {one['records']:,} records, {one['candidate_pairs']:,} candidate pairs, "
            f"{one['pairs_kept']:,} kept, {one['groups']:,} groups, {one['doubts']:,} doubts; "
            f"model {one['model']}; {took:.1f} s"
        )
    written = report["reconciliation"]
    if written is None:
        yield "a file: held against nothing that stands written"
    elif not written["differences"]:
        yield "no difference from what stands written"
    else:
        yield from told_differences(written)


def told_differences(written: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{written['matches']} matches and {written['groups']} pairs in groups differ from what stands written; "
        f"{written['unexplained']} of them nothing explains"
    )
    for one in sorted(written["differences"], key=lambda one: bool(one["explained"]))[:LISTED]:
        ends = f"{one['kind']} {one['about']} {one['a'][:12]} {one['b'][:12]}"
        yield f"  {ends}: due {one['due']}; written {one['written']}; {one['why']}"
    if (more := len(written["differences"]) - LISTED) > 0:
        yield f"  and {more} more (--json lists every one)"


VERBS: dict[str, Callable[[Options], Told]] = {
    "all": link_all,
    "evaluate": evaluate,
    "train": train,
    "propose": propose,
}
