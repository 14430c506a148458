"""Statements to train on or to link, from a file: one JSON object a line, or Parquet.

Each row is {"kind", "agency", "statement", "truth"?}; in Parquet the statement is JSON text. What a statement
is `link.rules.statements` says; `truth` is whose it truly is, where that is known.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joinedup.engine import Engine
from joinedup.link.rules.statements import Spoken


class StatementsError(ValueError):
    """A file of statements that cannot be read, and what it lacks."""


def of_file(kind: str, file: Path) -> Iterator[Spoken]:
    """Every statement of a kind in the file. Raises StatementsError, and FileNotFoundError."""
    for number, row in enumerate(_rows(file), 1):
        try:
            if row["kind"] == kind:
                said = row["statement"]
                yield Spoken(row["agency"], json.loads(said) if isinstance(said, str) else said, row.get("truth"))
        except (KeyError, ValueError) as lack:
            raise StatementsError(f"{file.name}, row {number}: needs kind, agency and statement ({lack})") from lack


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no such file")
    if file.suffix == ".parquet":
        with Engine() as engine:
            yield from engine.file(file)[1]
        return
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as wrong:
                raise StatementsError(f"{file.name}, line {number}: not one JSON object ({wrong})") from wrong
