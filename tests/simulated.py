"""A made partnership read back from its files alone. Not in tests/partnership: that name is the simulator's own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from partnership.make import make
from partnership.world.settings import Settings

Json = dict[str, Any]
SEED = 7
TABLES = ("persons", "mentions", "households", "ties", "happenings", "situations")


@dataclass(frozen=True)
class Made:
    """A made partnership, read back from its files alone."""

    folder: Path
    report: Json

    @cached_property
    def lines(self) -> list[tuple[str, date, Json]]:
        """(agency, day of the file, notice) of every line."""
        return [
            (path.parent.name, date.fromisoformat(path.stem), json.loads(line))
            for path in sorted(self.folder.glob("feeds/*/*.jsonl"))
            for line in path.read_text().splitlines()
        ]

    @property
    def notices(self) -> Iterator[Json]:
        """Every notice; one that was sent again comes again."""
        return (notice for _, _, notice in self.lines)

    @cached_property
    def first_sent(self) -> list[Json]:
        """Every notice once, in order of time sent."""
        first: dict[tuple[str, str], Json] = {}
        for notice in sorted(self.notices, key=lambda one: one["sent"]):
            first.setdefault((notice["agency"], notice["id"]), notice)
        return list(first.values())

    @cached_property
    def kinds(self) -> dict[str, str]:
        return {agency["code"]: agency["kind"] for agency in self.report["agencies"]}

    @cached_property
    def person_of(self) -> dict[tuple[str, str, int], str]:
        """By agency, message and number in it: who it truly is."""
        rows = self.truth("agency, message, n, person", "mentions")
        return {(agency, id_, n): person for agency, id_, n, person in rows}

    def truth(self, columns: str, table: str, rest: str = "") -> list[tuple[Any, ...]]:
        path = self.folder / "truth" / f"{table}.parquet"
        return duckdb.sql(f"SELECT {columns} FROM '{path}' {rest}").fetchall()


def made_in(folder: Path, children: int, seed: int = SEED) -> Made:
    return Made(folder, make(Settings(children, seed), folder, truth=True))
