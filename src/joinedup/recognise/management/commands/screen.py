"""`joinedup screen`: every pattern over the whole population at once."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.recognise.batch import Screened, screen_database
from joinedup.recognise.rules.manual import manual
from joinedup.share.actions import record
from joinedup.share.doors import operator
from joinedup.share.queries import ids_of, now
from joinedup.share.rules import Look, Purpose

FORM = "joinedup/screen/1"


class Command(BaseCommand):
    help = "Say for which children each pattern stands today, over the whole population at once. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=f"print {FORM}: one row for each child and pattern")
        parser.add_argument("--manual", type=Path, metavar="FILE", help="write the pattern manual there, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["manual"]:
            options["manual"].write_text(manual(), "utf-8")
            return
        at = now()
        found = screen_database(at=at)
        if options["json"]:
            release(found, at=at)
            self.stdout.write(json.dumps({"form": FORM, "rows": [as_json(one) for one in found]}, indent=1))
            return
        for pattern, children in sorted(Counter(one.pattern for one in found).items()):
            self.stdout.write(f"{children:8}  {pattern}")
        self.stdout.write(f"{len({one.subject for one in found}):8}  children for whom any pattern stands")


def release(found: Iterable[Screened], *, at: datetime) -> None:
    """Write down, before a row is printed, of which children this tells: each child's page says that it was asked."""
    named = ids_of({one.subject for one in found})
    by = operator()
    look = Look(None, by.by, "", frozenset(), Purpose.GOVERNANCE, "every pattern over the whole population", at)
    look.note(subjects=named)
    record(by=by, at=at, act="recognise.screen", what={"subjects": sorted(named)}, look=look)


def as_json(one: Screened) -> dict[str, str | None]:
    return {
        "subject": one.subject,
        "pattern": one.pattern,
        "since": one.since.isoformat() if one.since else None,
        "day": one.day.isoformat() if one.day else None,
        "certainty": one.certainty.name.lower(),
    }
