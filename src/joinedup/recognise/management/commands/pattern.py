"""`joinedup pattern FILE...`: does a pattern file read well, and do its worked examples hold?"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.ground.editions import EditionError
from joinedup.recognise.rules.examples import sound_pattern
from joinedup.recognise.rules.words import clause

FORM = "joinedup/pattern/1"


class Command(BaseCommand):
    help = "Check pattern files: what each means in words, and whether its worked examples hold. Needs no database."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and shape

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files of one pattern each")
        parser.add_argument("--json", action="store_true", help=f"print {FORM}")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [checked(path) for path in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps({"form": FORM, "files": found}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(line for one in found for line in told(one)))
        if any(one["problems"] for one in found):
            raise SystemExit(1)


def checked(path: Path) -> dict[str, Any]:
    """What one file means, or what is to be changed in it."""
    try:
        pattern = sound_pattern(path.read_text("utf-8"))
    except EditionError as error:
        return {"file": str(path), "problems": error.problems, "means": []}
    except (OSError, UnicodeDecodeError) as error:
        return {"file": str(path), "problems": [f"The file cannot be read: {error}."], "means": []}
    return {"file": str(path), "problems": [], "means": clause(pattern.when)}


def told(one: dict[str, Any]) -> list[str]:
    if one["problems"]:
        return [f"{one['file']}: not yet", *(f"  {problem}" for problem in one["problems"])]
    return [f"{one['file']}: every worked example holds. It means:", *(f"  {line}" for line in one["means"])]
