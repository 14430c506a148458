"""`joinedup rebuild [--check]`: derive everything again from the facts."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.progress import track

from joinedup.flow.rebuild import Rebuilt, rebuild
from joinedup.share import queries as house


class Command(BaseCommand):
    help = "Derive everything again from messages and people's decisions. With --check, only report what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if anything differs")
        parser.add_argument("--json", action="store_true", help="print joinedup/rebuild/1")

    def handle(self, *_args: Any, check: bool, json: bool, **_options: Any) -> None:
        done = rebuild(at=house.now(), check=check, track=quiet if json else bar)
        if json:
            self.stdout.write(as_json(done))
        else:
            self.tell(done)
        if check and done.differences:
            raise SystemExit(1)

    def tell(self, done: Rebuilt) -> None:
        self.stdout.write(f"{done.messages} messages, {done.rows} derived rows")
        for one in done.differences:
            self.stdout.write(f"  {one.table}: {one.lost} lost, {one.new} new, such as {', '.join(one.examples)}")
        if not done.differences:
            self.stdout.write("no difference")


def as_json(done: Rebuilt) -> str:
    return json.dumps({"form": "joinedup/rebuild/1", **asdict(done)})


def bar(keys: Iterable[str], total: int) -> Iterable[str]:
    return track(keys, description="deriving again", total=total)


def quiet(keys: Iterable[str], total: int) -> Iterable[str]:  # noqa: ARG001 - a bar needs the total
    return keys
