"""The console script `partnership`: makes a fictional partnership's message files, and the truth beside them."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from partnership.make import make
from partnership.story.table import page
from partnership.story.write import write_demo
from partnership.world.settings import Settings

FEWEST, MOST = 1, 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status."""
    options = _parser().parse_args(arguments)
    report = options.run(options)
    if report is None:
        return 0
    if options.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{report['messages']:,} messages in {report['files']:,} files in {options.out}\n")
    return 0


def _make(options: argparse.Namespace) -> dict[str, Any]:
    settings = Settings(options.children, options.seed, options.years, options.start, options.noise)
    with Progress(
        TextColumn("children"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("children", total=settings.children)
        return make(settings, options.out, truth=not options.no_truth, tell=lambda done: bar.advance(task, done))


def _demo(options: argparse.Namespace) -> dict[str, Any]:
    return write_demo(options.out, options.children)


def _table(_: argparse.Namespace) -> None:
    sys.stdout.write(page())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="partnership",
        description="Makes a fictional partnership: message files as its agencies send them. Nobody in it exists.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    world = commands.add_parser("make", help="a population of any size, from a seed, with the truth beside it")
    world.add_argument("--children", type=_children, required=True, help=f"{FEWEST:,} to {MOST:,}")
    world.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default 1)")
    world.add_argument("--years", type=float, default=2.0, help="length of the period (default 2)")
    world.add_argument(
        "--start", type=date.fromisoformat, default=date(2024, 1, 1), help="first day (default 2024-01-01)"
    )
    world.add_argument("--noise", type=float, default=1.0, help="times as many slips and gaps in records (default 1)")
    world.add_argument("--no-truth", action="store_true", help="write the feeds only")
    demo = commands.add_parser("demo", help="the story of Ellensford, thirty months from January 2024")
    demo.add_argument("--children", type=int, default=240, help="other children written about (default 240)")
    table = commands.add_parser("table", help="print what the story must show, as a page in Markdown")
    table.set_defaults(run=_table)
    for command, run in ((world, _make), (demo, _demo)):
        command.add_argument("--out", type=Path, required=True, help="folder to write into; made if it is not there")
        command.add_argument("--json", action="store_true", help="report as JSON")
        command.set_defaults(run=run)
    return parser


def _children(text: str) -> int:
    """Raises argparse.ArgumentTypeError for what is no number in the range."""
    if not text.isdigit() or not FEWEST <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"a whole number from {FEWEST:,} to {MOST:,}")
    return int(text)
