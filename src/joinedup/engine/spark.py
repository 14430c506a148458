"""Spark, for what outgrows one machine: the only module of joinedup that imports it, and only when it is asked for.

It runs inside this process's machine unless `JOINEDUP_SPARK` names a master (`spark://...`, `yarn`); joinedup must then
be installed on every machine, and the folder for temporary files (`TMPDIR`) be shared by all. Memory and all else are
Spark's own settings (`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`).
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from joinedup.engine.workers import Function, Row

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

TYPES = {"VARCHAR": "string", "BIGINT": "bigint", "INTEGER": "int", "DATE": "date", "BOOLEAN": "boolean"}
ARROW = {"string": "string", "bigint": "int64", "int": "int32", "date": "date32", "boolean": "bool_"}
SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.app.name": "joinedup",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",  # as every other dialect writes names
}
HERE = {  # on this machine alone
    "spark.sql.shuffle.partitions": 8,  # 200 by default, which is for many machines
}
AT_ONCE = 20_000  # rows that are in Python's hands together
WHAT_IT_NEEDS = "Spark needs pip install joinedup[spark], and Java 17"


class EngineMissing(RuntimeError):  # noqa: N818 - it is not here, rather than wrong
    """An engine that cannot run on this machine, and what to install."""


class SparkEngine:
    """One session with its own relations, as Parquet in a folder of its own. A context manager.

    `threads`: of this machine, as many as given, else what it has; answers do not depend on it.
    Raises EngineMissing without pyspark or Java.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self._spark = _session(threads)
        self._folder = TemporaryDirectory(prefix="joinedup-spark-")
        self._made = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spark.stop()
        self._folder.cleanup()

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """Make a relation of these rows. `columns`: name -> SQL type, in the order of a row. Replaces its namesake."""
        from pyarrow import parquet

        schema, path = _arrow_schema(columns), self._path()
        path.mkdir()
        with parquet.ParquetWriter(path / "rows.parquet", schema) as file:
            left = iter(rows)
            while some := list(islice(left, AT_ONCE)):
                file.write_batch(_arrow_batch(some, schema))
        self.parquet(name, path)

    def parquet(self, name: str, path: Path) -> None:
        """Make a relation of a Parquet file, or of a folder of them, read where it lies."""
        self._spark.read.parquet(str(path)).createOrReplaceTempView(name)

    def table(self, name: str, sql: str) -> None:
        """Make a relation of a query's answer, computed once."""
        self._keep(name, self._spark.sql(sql))

    def view(self, name: str, sql: str) -> None:
        """Give a query a name, computed wherever it is used."""
        self._spark.sql(sql).createOrReplaceTempView(name)

    def map(self, name: str, columns: Mapping[str, str], function: Function, sql: str) -> None:
        """Make a relation of what a function yields for a query's rows, a batch at a time, over all partitions.

        The function must be one that can be pickled, and may not hang on how the rows fall into batches.
        """
        ddl = ", ".join(f"`{column}` {_spark_type(type_)}" for column, type_ in columns.items())
        self._keep(name, self._spark.sql(sql).mapInArrow(_over_batches(function, columns), ddl))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._spark.sql(sql).collect()]

    def write(self, sql: str, path: Path) -> None:
        """Write a query's answer as a folder of Parquet files, in place of what is there."""
        self._spark.sql(sql).write.mode("overwrite").parquet(str(path))

    def _keep(self, name: str, frame: "DataFrame") -> None:
        path = self._path()
        frame.write.parquet(str(path))
        self.parquet(name, path)

    def _path(self) -> Path:
        self._made += 1
        return Path(self._folder.name) / f"{self._made:05}"


def _session(threads: int | None) -> "SparkSession":
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise EngineMissing(f"{WHAT_IT_NEEDS} ({missing})") from missing
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EngineMissing(f"{WHAT_IT_NEEDS} (no java was found)")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else whatever `python3` is
    master = os.environ.get("JOINEDUP_SPARK")
    if not master:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # nobody else need reach it
    try:
        begun = SparkSession.builder.master(master or f"local[{threads or '*'}]")
        return begun.config(map=SETTINGS if master else SETTINGS | HERE).getOrCreate()
    except PySparkRuntimeError as failed:
        raise EngineMissing(f"{WHAT_IT_NEEDS} ({failed})") from failed


def _over_batches(
    function: Function, columns: Mapping[str, str]
) -> "Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]":
    columns = dict(columns)

    def worked(batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        schema = _arrow_schema(columns)
        for batch in batches:
            rows = list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
            yield _arrow_batch(list(function(rows)), schema)

    return worked


def _spark_type(type_: str) -> str:
    return f"array<{TYPES[type_[:-2]]}>" if type_.endswith("[]") else TYPES[type_]


def _arrow_schema(columns: Mapping[str, str]) -> "pyarrow.Schema":
    import pyarrow

    def arrow(type_: str) -> "pyarrow.DataType":
        if type_.endswith("[]"):
            return pyarrow.list_(arrow(type_[:-2]))
        made: pyarrow.DataType = getattr(pyarrow, ARROW[TYPES[type_]])()
        return made

    return pyarrow.schema([(name, arrow(type_)) for name, type_ in columns.items()])


def _arrow_batch(rows: Sequence[Row], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    import pyarrow

    by_column = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pyarrow.array(values, field.type) for values, field in zip(by_column, schema, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
