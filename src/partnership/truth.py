"""The truth beside the feeds: six Parquet files that joinedup never sees, written through DuckDB part by part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

Columns = Mapping[str, npt.NDArray[Any]]

TABLES = {
    "persons": "person VARCHAR, kind VARCHAR, household VARCHAR, sex VARCHAR, born DATE, given VARCHAR, "
    "family VARCHAR, former_family VARCHAR, name_origin VARCHAR, nhs_number VARCHAR, upn VARCHAR, "
    "la_child_id VARCHAR, twin_of VARCHAR, looked_after BOOLEAN, disabled BOOLEAN",
    "mentions": "agency VARCHAR, message VARCHAR, n INTEGER, person VARCHAR",
    "households": "household VARCHAR, strain DOUBLE, chaos DOUBLE, lines VARCHAR, postcode VARCHAR, moved DATE, "
    "lines_then VARCHAR, postcode_then VARCHAR, cousins VARCHAR",
    "ties": "a VARCHAR, b VARCHAR, tie VARCHAR",
    "happenings": "happening VARCHAR, kind VARCHAR, person VARCHAR, happened DATE, situation VARCHAR",
    "situations": "situation VARCHAR, kind VARCHAR, person VARCHAR, starts DATE, ends DATE",
}


@dataclass
class Truth:
    """Collects rows and writes `truth/*.parquet`. One thread and rows in order of coming: the same bytes each time."""

    folder: Path
    _connection: duckdb.DuckDBPyConnection = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._draft.unlink(missing_ok=True)
        self._connection = duckdb.connect(str(self._draft), config={"threads": 1})
        for table, columns in TABLES.items():
            self._connection.execute(f"CREATE TABLE {table} ({columns})")

    @property
    def _draft(self) -> Path:
        return self.folder / "draft.duckdb"

    def add(self, table: str, columns: Columns) -> None:
        """Add rows: an array a column, named and in any order; what is left out is not known."""
        if not len(next(iter(columns.values()))):
            return
        self._connection.register("arriving", dict(columns))
        insert = f"INSERT INTO {table} BY NAME SELECT * FROM arriving"  # noqa: S608 - a name of TABLES
        self._connection.execute(insert).fetchall()
        self._connection.unregister("arriving")

    def add_rows(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows given one by one."""
        columns = list(zip(*rows, strict=True))
        if columns:
            self.add(table, {name: column(values) for name, values in zip(names, columns, strict=True)})

    def close(self) -> None:
        for table in TABLES:
            target = str(self.folder / f"{table}.parquet").replace("'", "''")
            self._connection.execute(f"COPY {table} TO '{target}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
        self._connection.close()
        self._draft.unlink()


def column(values: Sequence[Any]) -> npt.NDArray[Any]:
    """Whole numbers as such, everything else as objects (None is not known)."""
    whole = bool(values) and all(isinstance(value, int) for value in values)
    return np.array(values, dtype=np.int64 if whole else object)


def days(start: Any, offsets: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Civil days at offsets from a start, as DuckDB takes them."""
    dates: npt.NDArray[Any] = (np.datetime64(start) + offsets.astype("timedelta64[D]")).astype("datetime64[us]")
    return dates
