"""`joinedup replay CASE.json`: a published case through the real way, in a scratch simulated database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pydantic import ValidationError
from rich.console import Console

from joinedup.flow.replay import Replay, as_json, replay
from joinedup.flow.rules.cases import Case


class Command(BaseCommand):
    help = "Run a dated case through the real way in a scratch simulated database and show what would have been found."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=Path, help="a case file (form: tests/stories/cases/README.md)")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: Any, case: Path, json: bool, **options: Any) -> None:
        run = replay(read_case(case))
        if json:
            self.stdout.write(dumps(as_json(run)))
        else:
            tell(run, Console(file=self.stdout, width=110, highlight=False))


def read_case(path: Path) -> Case:
    """The case in this file. Raises CommandError that says what to mend."""
    try:
        return Case.model_validate_json(path.read_bytes())
    except OSError as trouble:
        raise CommandError(f"{path} cannot be read: {trouble.strerror}. Give the path of a case file.") from trouble
    except ValidationError as trouble:
        first = trouble.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CommandError(f"{path} is not a case: {where}: {first['msg']}. See tests/stories/cases/README.md.") from None


def dumps(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def tell(run: Replay, console: Console) -> None:
    """The replay as a day-by-day story."""
    told = as_json(run)
    console.print(f"[bold]{run.case.title}[/bold]")
    for child in told["children"]:  # type: ignore[attr-defined]
        console.print(f"  {child['ref']}: {child['entries']} entries")
    console.print()
    for found in told["findings"]:  # type: ignore[attr-defined]
        console.print(f"[bold]{found['date']}[/bold]  {found['child']}  ({found['tier']}: {found['pattern']})")
        console.print(f"    {found['sentence']}")
        for index in found["facts"]:
            event = run.case.events[index]
            console.print(f"      {event.date or 'undated':>10}  {event.agency}: {event.what}")
        if found["agencies_not_told"]:
            console.print(f"    not yet told: {', '.join(found['agencies_not_told'])}")
    if not told["findings"]:
        console.print("No pattern fires in this case.")
    console.print(f"\nAgencies acted together: {run.case.acted_on or 'not stated'}.  First finding: {told['first_finding']}.")
    console.print(f"Without a date: events {told['undated']}.  Never sent (nothing was held): events {told['not_sent']}.")
