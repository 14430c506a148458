"""`joinedup replay CASE.json`: a published case through the real way, in a scratch simulated database."""

import json
from codecs import BOM_UTF8
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pydantic import ValidationError
from rich.console import Console

from joinedup.flow.replay import Found, NotReadError, Replay, as_json, replay
from joinedup.flow.rules.cases import Case

README = "tests/stories/cases/README.md"


class Command(BaseCommand):
    help = "Run a dated case through the real way in a scratch simulated database and show what would have been found."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=Path, help=f"a case file (form: {README})")
        parser.add_argument("--json", action="store_true", help="print joinedup/replay/1")

    def handle(self, *_args: Any, case: Path, json: bool, **_options: Any) -> None:
        try:
            run = replay(read_case(case))
        except NotReadError as trouble:
            raise CommandError(f"{case}: {trouble}") from None
        self.stdout.write(dumps(as_json(run)) if json else told(run), ending="\n" if json else "")


def read_case(path: Path) -> Case:
    """The case in this file. Raises CommandError that says what to mend."""
    try:
        case = Case.model_validate_json(path.read_bytes().removeprefix(BOM_UTF8))
    except OSError as trouble:
        raise CommandError(f"{path} cannot be read: {trouble.strerror}. Give the path of a case file.") from trouble
    except ValidationError as trouble:
        first = trouble.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CommandError(f"{path} is not a case: {where}: {first['msg']}. See {README}.") from None
    return case if "slug" in case.model_fields_set else case.model_copy(update={"slug": path.stem})


def dumps(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def told(run: Replay) -> str:
    """The replay as a day-by-day story."""
    out = StringIO()
    console = Console(file=out, width=110, highlight=False)
    console.print(f"[bold]{run.case.name}[/bold]")
    for child, count in run.entries.items():
        console.print(f"  {child}: {count} entries")
    console.print()
    for found in run.found:
        tell_finding(run, found, console)
    tell_end(run, console)
    return out.getvalue()


def tell_finding(run: Replay, found: Found, console: Console) -> None:
    console.print(f"[bold]{found.date}[/bold]  {found.child}  ({found.tier}: {found.pattern})")
    console.print(f"    {found.sentence}")
    for index in found.facts:
        event = run.case.events[index]
        console.print(f"      {event.date or 'undated':>10}  {event.agency}: {event.what or ''}")
    if found.agencies_not_told:
        console.print(f"    not yet told: {', '.join(found.agencies_not_told)}")


def tell_end(run: Replay, console: Console) -> None:
    """What was found against what happened, and what could not be played."""
    if not run.found:
        console.print("No pattern fires in this case.")
    first = run.found[0].date if run.found else "none"
    console.print(f"\nAgencies acted together: {run.case.acted_on or 'not stated'}.  First finding: {first}.")
    console.print(f"Without a date: events {run.undated}.  Never sent (nothing was held): events {run.not_sent}.")
