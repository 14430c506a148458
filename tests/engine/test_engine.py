"""The engine takes relations and SQL and gives rows."""

from datetime import date
from pathlib import Path

from joinedup.engine import Engine

COLUMNS = {"who": "VARCHAR", "day": "DATE", "told": "VARCHAR[]"}
ROWS = [("a", date(2024, 3, 5), ["police", "school"]), ("b", None, None), ("c", date(2024, 3, 6), [])]


def test_rows_come_back_as_they_went_in() -> None:
    with Engine() as engine:
        engine.relation("lines", COLUMNS, ROWS)
        assert engine.rows('SELECT who, "day", told FROM lines ORDER BY who') == ROWS


def test_a_relation_without_rows_still_has_its_columns() -> None:
    with Engine() as engine:
        engine.relation("lines", COLUMNS, [])
        assert engine.rows("SELECT told FROM lines") == []


def test_a_relation_of_the_same_name_is_replaced() -> None:
    with Engine() as engine:
        engine.relation("lines", COLUMNS, ROWS)
        engine.relation("lines", {"who": "VARCHAR"}, [("d",)])
        assert engine.rows("SELECT * FROM lines") == [("d",)]


def test_what_is_written_as_parquet_is_read_back_from_file_and_folder(tmp_path: Path) -> None:
    with Engine() as engine:
        engine.relation("lines", COLUMNS, ROWS)
        engine.write("SELECT * FROM lines", tmp_path / "lines.parquet")
        engine.parquet("file", tmp_path / "lines.parquet")
        engine.parquet("folder", tmp_path)
        assert engine.rows("SELECT count(*) FROM file") == engine.rows("SELECT count(*) FROM folder") == [(3,)]


def test_a_computed_relation_is_computed_once() -> None:
    with Engine(threads=1) as engine:
        engine.table("numbers", "SELECT random() AS n")
        assert engine.rows("SELECT n FROM numbers") == engine.rows("SELECT n FROM numbers")
