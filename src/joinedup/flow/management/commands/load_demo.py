"""`joinedup load_demo FOLDER HOMES`: the second half of `joinedup demo`, in a home of its own."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from rich.progress import track

from joinedup.flow.demonstration import Step, load


class Command(BaseCommand):
    help = "Load a written demonstration into this empty home (called by `joinedup demo`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the demonstration was written")
        parser.add_argument("homes", type=Path, help="where each of its days gets a home of its own")

    def handle(self, *args: Any, folder: Path, homes: Path, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        load(folder, homes, os.environ["JOINEDUP_DEMO_PASSWORD"], bar)


def bar(steps: list[Any]) -> Iterable[tuple[Any, Step]]:
    return track(steps, description="thirty months go by")
