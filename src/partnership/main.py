"""The console script `partnership`: makes a fictional partnership's message files."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from partnership.story.write import write_demo


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status."""
    options = _parser().parse_args(arguments)
    report = {"form": "partnership/demo/1"} | write_demo(options.out, options.children)
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="partnership", description="Makes a fictional partnership. Nobody in it exists."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="write the demonstration of Ellensford")
    demo.add_argument("--out", type=Path, required=True, help="folder to write into")
    demo.add_argument("--children", type=int, default=240, help="other children (default 240)")
    demo.add_argument("--json", action="store_true", help="report as JSON")
    return parser
