"""`joinedup tick`: finds what is due because time passed. Run it every few minutes; idempotent."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from joinedup.flow import ticking
from joinedup.share import queries as house


class Command(BaseCommand):
    help = "Look again at every child for whom something expected has not come by now. Safe to run at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print joinedup/tick/1")

    def handle(self, *_args: Any, json: bool, **_options: Any) -> None:
        done = ticking.tick(at=house.now())
        if json:
            self.stdout.write(dumps({"form": "joinedup/tick/1", **vars(done)}))
        else:
            self.stdout.write(f"{done.subjects} children looked at again")


def dumps(value: object) -> str:
    return json.dumps(value)
