"""`joinedup receive`: takes message files in, by the same way as everything else."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from joinedup.receive import actions
from joinedup.receive.rules.problems import Refused
from joinedup.receive.rules.read import CSV, JSON
from joinedup.receive.rules.schema import written_schema
from joinedup.receive.rules.split import Piece, is_object, pieces
from joinedup.share.queries import agency_of, now, partnership
from joinedup.share.rules import Actor

MANY = 50  # messages from which on a bar shows how far it is
MEDIA = {"json": JSON, "csv": CSV, "": ""}


class Command(BaseCommand):
    help = (
        "Take message files in and print one receipt each. A file holds one notice, a JSON list of them, "
        "one a line, or a table (CSV); which of these is found by content."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of messages, read in this order")
        parser.add_argument("--agency", help="code of the agency whose messages these are")
        parser.add_argument("--format", choices=["json", "csv"], default="", help="read the files as this")
        parser.add_argument("--json", action="store_true", help="print joinedup/receipts/1")
        parser.add_argument(
            "--simulated-at", metavar="INSTANT", help="received at this instant; in a simulated database only"
        )
        parser.add_argument("--schema", action="store_true", help="print the notice's JSON Schema, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(written_schema(), ending="")
            return
        agency = known_agency(options["agency"])
        at = instant(options["simulated_at"])
        received = taken(options["files"], agency, at, MEDIA[options["format"]])
        items = list(received) if options["json"] else list(self.printed(received))
        if options["json"]:
            self.stdout.write(json.dumps({"form": "joinedup/receipts/1", "items": items}, indent=1))
        if lost := sum(one["receipt"] is None for one in items):
            raise CommandError(f"{lost} not kept; everything else above is", returncode=1)

    def printed(self, received: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Each receipt, printed as it is given; only whether it was is kept in memory."""
        for one in received:
            self.stdout.write(in_words(one))
            yield {"receipt": one["receipt"]}


def known_agency(code: str | None) -> str:
    """The agency's code. Raises CommandError if there is none."""
    if not code:
        raise CommandError("--agency CODE is needed: whose messages are these?")
    if agency_of(code) is None:
        raise CommandError(f"there is no agency {code!r} in this partnership; nothing was kept")
    return code


def instant(text: str | None) -> datetime | None:
    """When the messages are received, or None for each one's own now. Raises CommandError in a real database."""
    if not text:
        return None
    if not partnership().simulated:
        raise CommandError("--simulated-at is for simulated databases; this one is real. Nothing was kept.")
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise CommandError("--simulated-at needs a zone, like 2026-03-05T09:00:00+00:00")
    return at


def taken(files: list[Path], agency: str, at: datetime | None, media: str) -> Iterator[dict[str, Any]]:
    """Each message's receipt, with its file; with a bar on the terminal where there are many."""
    by = Actor("joinedup receive", agency)
    for file, piece in watched(files, media):
        try:
            made = actions.receive(
                by=by, at=at or now(), agency=agency, body=piece.body, media=piece.media, channel="file"
            )
            yield {"file": str(file), **made.as_dict()}
        except Refused as wrong:
            said = {"receipt": None, "status": wrong.status, "read": False, "problems": [wrong.problem.as_dict()]}
            yield {"file": str(file), **said}


def watched(files: list[Path], media: str) -> Iterable[tuple[Path, Piece]]:
    """Every message of the files. The first ones come at once; if there are many, the rest under a bar."""
    found = ((file, piece) for file in files for piece in pieces_of(file, media))
    begun = list(islice(found, MANY))
    yield from begun
    if len(begun) == MANY:
        yield from track(found, description="Receiving", console=Console(stderr=True), transient=True)


def pieces_of(file: Path, media: str) -> Iterator[Piece]:
    """The messages of one file; a file of lines is read line by line, however long it is. Raises CommandError."""
    try:
        with file.open("rb") as opened:
            first, second = opened.readline(), opened.readline()
        if media != CSV and second.strip() and is_object(first.decode("latin-1")):
            with file.open("rb") as opened:
                yield from (Piece(line.strip(), JSON) for line in opened if line.strip())
        else:
            yield from pieces(file.read_bytes(), media)
    except OSError as wrong:
        raise CommandError(f"{file}: {wrong.strerror}; what was printed above is kept") from wrong


def in_words(one: dict[str, Any]) -> str:
    """A receipt as a line, and its problems as lines below it."""
    state = "read" if one["read"] else "kept, not read: a person will look" if one["receipt"] else "NOT KEPT"
    lines = [f"{one['receipt'] or '-':9}  {state}{', received before' if one.get('again') else ''}  {one['file']}"]
    lines += [f"    {problem['field'] or 'message'}: {problem['says']} {problem['do']}" for problem in one["problems"]]
    return "\n".join(lines)
