"""`joinedup docs [--check]`: writes the generated pages, or says which are stale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from joinedup.web import docs


class Command(BaseCommand):
    help = "Write docs/generated/ from the code and its data. With --check: write nothing, fail if a page is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            self.stdout.write("\n".join(f"wrote {name}" for name in docs.write()) or "every page is current")
        elif names := docs.stale():
            raise CommandError(f"stale: {', '.join(names)}. Run `make fix` and commit what it writes.")
