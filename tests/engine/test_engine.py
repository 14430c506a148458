"""An engine takes relations, SQL and pure functions and gives rows; DuckDB and Spark alike."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import itemgetter
from pathlib import Path

import pytest

from joinedup.engine import ENGINES, AnyEngine, Engine, EngineMissing, engine_named

COLUMNS = {"who": "VARCHAR", "day": "DATE", "told": "VARCHAR[]"}
ROWS = [("a", date(2024, 3, 5), ["police", "school"]), ("bé", None, None), ("c", date(2024, 3, 6), [])]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    with engine_named(request.param, threads=2) as engine:
        yield engine


def test_rows_come_back_as_they_went_in(engine: AnyEngine) -> None:
    engine.relation("lines", COLUMNS, ROWS)
    assert engine.rows('SELECT who, "day", told FROM lines ORDER BY who') == ROWS


def test_a_relation_without_rows_still_has_its_columns(engine: AnyEngine) -> None:
    engine.relation("lines", COLUMNS, [])
    assert engine.rows("SELECT told FROM lines") == []


def test_a_relation_of_the_same_name_is_replaced(engine: AnyEngine) -> None:
    engine.relation("lines", COLUMNS, ROWS)
    engine.relation("lines", {"who": "VARCHAR"}, [("d",)])
    assert engine.rows("SELECT * FROM lines") == [("d",)]


def test_a_relation_of_many_rows_is_whole(engine: AnyEngine) -> None:
    engine.relation("many", {"n": "BIGINT"}, ((n,) for n in range(50_001)))
    assert engine.rows("SELECT count(*), sum(n) FROM many") == [(50_001, 50_000 * 50_001 // 2)]


def test_what_is_written_as_parquet_is_read_back_from_file_and_folder(engine: AnyEngine, tmp_path: Path) -> None:
    engine.relation("lines", COLUMNS, ROWS)
    engine.write("SELECT * FROM lines", tmp_path / "lines.parquet")
    engine.parquet("written", tmp_path / "lines.parquet")
    assert engine.rows("SELECT * FROM written ORDER BY who") == ROWS
    with Engine() as other:  # whoever wrote it
        other.parquet("written", tmp_path / "lines.parquet")
        assert other.rows("SELECT * FROM written ORDER BY who") == ROWS


def test_a_folder_of_files_is_one_relation(tmp_path: Path) -> None:
    with Engine() as engine:
        for name, row in zip("ab", ROWS, strict=False):
            engine.relation("lines", COLUMNS, [row])
            engine.write("SELECT * FROM lines", tmp_path / f"{name}.parquet")
        engine.parquet("folder", tmp_path)
        assert engine.rows("SELECT count(*) FROM folder") == [(2,)]


def test_a_computed_relation_is_computed_once(engine: AnyEngine) -> None:
    engine.table("numbers", "SELECT random() AS n")
    assert engine.rows("SELECT n FROM numbers") == engine.rows("SELECT n FROM numbers")


def test_the_elements_of_a_list_are_rows(engine: AnyEngine) -> None:
    engine.relation("lines", COLUMNS, ROWS)
    engine.view("each", "SELECT who, explode(told) AS agency FROM lines")
    assert engine.rows("SELECT agency FROM each ORDER BY agency") == [("police",), ("school",)]


@pytest.mark.parametrize("count", [0, 10, 50_000])
def test_a_function_makes_a_relation_of_a_relation(engine: AnyEngine, count: int) -> None:
    """Of few rows in this process, of many on every core: the same. The function is one that any process has."""
    turned = partial(map, itemgetter(1, 0))
    rows = [(n, f"é{n}") for n in range(count)]
    engine.relation("numbers", {"n": "BIGINT", "text": "VARCHAR"}, rows)
    engine.map("turned", {"text": "VARCHAR", "n": "BIGINT"}, turned, "SELECT n, text FROM numbers")
    assert engine.rows("SELECT text, n FROM turned ORDER BY n") == list(turned(rows))


def test_a_function_may_yield_fewer_rows_than_it_was_given(engine: AnyEngine) -> None:
    engine.relation("numbers", {"n": "BIGINT"}, [(n,) for n in (0, 1, 0)])
    engine.map("few", {"n": "BIGINT"}, partial(filter, itemgetter(0)), "SELECT n FROM numbers")
    engine.map("none", {"n": "BIGINT"}, partial(filter, itemgetter(0)), "SELECT n FROM numbers WHERE n = 0")
    assert engine.rows("SELECT n FROM few UNION ALL SELECT n FROM none") == [(1,)]


def test_spark_without_java_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EngineMissing, match=r"pip install joinedup\[spark\], and Java 17 \(no java was found\)"):
        engine_named("spark")


def test_spark_with_a_java_that_does_not_run_says_what_to_install(tmp_path: Path) -> None:
    """In a process of its own: this one may have a Java that runs."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    code = "from joinedup.engine import engine_named\nengine_named('spark')"
    env = {"JAVA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "EngineMissing: Spark needs pip install joinedup[spark], and Java 17" in done.stderr


def test_spark_without_pyspark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(EngineMissing, match=r"pip install joinedup\[spark\]"):
        engine_named("spark")
