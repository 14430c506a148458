"""DuckDB, embedded: the only module of joinedup that imports it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from joinedup.engine.workers import Function, Row, cores, worked

AT_ONCE = 20_000  # rows that are in Python's hands together


class Engine:
    """One connection with its own relations, in memory unless it outgrows it. A context manager.

    `threads`: as many as given, else what the machine has; answers do not depend on it.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self._threads = threads or cores()
        self._connection = duckdb.connect(config={"threads": threads} if threads else {})
        self._connection.execute("CREATE MACRO explode(elements) AS unnest(elements)")  # as Spark says it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """Make a relation of these rows. `columns`: name -> SQL type, in the order of a row. Replaces its namesake."""
        typed = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
        values = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
        self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({typed})')
        for some in _batches(rows):
            by_column = [list(column) for column in zip(*some, strict=True)]
            self._connection.execute(f'INSERT INTO "{name}" SELECT {values}', by_column)

    def parquet(self, name: str, path: Path) -> None:
        """Make a relation of a Parquet file, or of a folder of them, read where it lies."""
        files = str(path / "*.parquet") if path.is_dir() else str(path)
        self._connection.read_parquet(files).create_view(name, replace=True)

    def file(self, path: Path) -> tuple[list[str], list[dict[str, str | None]]]:
        """Columns and rows of a Parquet or CSV file, every value as text."""
        read = self._connection.read_parquet if path.suffix == ".parquet" else self._csv
        said = read(str(path))
        columns = list(said.columns)
        texts = said.project(", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in columns))
        return columns, [dict(zip(columns, row, strict=True)) for row in texts.fetchall()]

    def _csv(self, path: str) -> duckdb.DuckDBPyRelation:
        return self._connection.read_csv(path, all_varchar=True, header=True)

    def table(self, name: str, sql: str) -> None:
        """Make a relation of a query's answer, computed once."""
        self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS {sql}')

    def view(self, name: str, sql: str) -> None:
        """Give a query a name, computed wherever it is used."""
        self._connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {sql}')

    def map(self, name: str, columns: Mapping[str, str], function: Function, sql: str) -> None:
        """Make a relation of what a function yields for a query's rows, a batch at a time, on every core.

        The function must be one that can be pickled, and may not hang on how the rows fall into batches.
        """
        self.relation(name, columns, worked(function, self._streamed(sql), self._threads))

    def _streamed(self, sql: str) -> Iterator[Sequence[Row]]:
        with self._connection.cursor() as cursor:  # one of its own: what the function yields is written meanwhile
            cursor.execute(sql)
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def write(self, sql: str, path: Path) -> None:
        """Write a query's answer as a Parquet file."""
        self._connection.sql(sql).write_parquet(str(path))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some
