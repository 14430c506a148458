"""DuckDB, embedded: the only module of joinedup that imports it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb


class Engine:
    """One connection with its own relations, in memory unless it outgrows it. A context manager.

    `threads`: as many as given, else what the machine has; answers do not depend on it.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self._connection = duckdb.connect(config={"threads": threads} if threads else {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a relation of these rows. `columns`: name -> SQL type, in the order of a row. Replaces its namesake."""
        by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
        values = ", ".join(f'unnest(?::{type_}[]) AS "{column}"' for column, type_ in columns.items())
        self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {values}', [list(c) for c in by_column])

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

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def write(self, sql: str, path: Path) -> None:
        """Write a query's answer as a Parquet file."""
        self._connection.sql(sql).write_parquet(str(path))
