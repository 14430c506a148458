"""Which troubles pass by themselves, by the errors that real drivers raise."""

import sqlite3
from pathlib import Path

import pytest

from joinedup.flow.rules.troubles import passes


def of_sqlite(folder: Path, statement: str) -> sqlite3.Error:
    """What SQLite raises when this is done while another connection writes."""
    with sqlite3.connect(folder / "one.sqlite3", isolation_level=None) as other:
        other.execute("CREATE TABLE IF NOT EXISTS once (only INTEGER UNIQUE NOT NULL)")
        other.execute("BEGIN IMMEDIATE")
        here = sqlite3.connect(folder / "one.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.Error) as trouble:
            here.execute(statement)
        other.execute("ROLLBACK")
        here.close()
    return trouble.value


def test_a_database_that_another_holds_passes(tmp_path: Path) -> None:
    assert passes(of_sqlite(tmp_path, "BEGIN IMMEDIATE"))


def test_a_database_that_cannot_be_opened_now_passes(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error) as trouble:
        sqlite3.connect(tmp_path / "no folder" / "one.sqlite3")
    assert passes(trouble.value)


def test_a_statement_that_is_wrong_does_not(tmp_path: Path) -> None:
    assert not passes(of_sqlite(tmp_path, "SELECT nothing FROM nowhere"))


def test_a_row_that_may_not_be_does_not(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "two.sqlite3") as here:
        here.execute("CREATE TABLE once (only INTEGER UNIQUE)")
        with pytest.raises(sqlite3.IntegrityError) as trouble:
            here.executemany("INSERT INTO once VALUES (?)", [(1,), (1,)])
    assert not passes(trouble.value)


def test_what_came_of_something_that_passes_passes(tmp_path: Path) -> None:
    trouble = ValueError("in another's words")
    trouble.__cause__ = of_sqlite(tmp_path, "BEGIN IMMEDIATE")
    assert passes(trouble)


def test_nothing_and_other_mistakes_do_not_pass() -> None:
    assert not passes(None)
    assert not passes(KeyError("told"))


@pytest.mark.parametrize(
    ("name", "passing"),
    [
        ("DeadlockDetected", True), ("SerializationFailure", True), ("LockNotAvailable", True), ("DiskFull", True),
        ("AdminShutdown", True), ("TooManyConnections", True), ("OperationalError", True), ("InterfaceError", True),
        ("UniqueViolation", False), ("UndefinedTable", False), ("DataError", False), ("NotNullViolation", False),
    ],
)  # fmt: skip
def test_of_postgresqls_troubles(name: str, passing: bool) -> None:
    errors = pytest.importorskip("psycopg.errors")
    assert passes(getattr(errors, name)()) is passing
