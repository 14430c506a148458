"""The embedded database: whoever waits to write holds up nobody but themselves."""

import gc
import sqlite3
import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from flow.test_worker import PATIENCE, ended, hold_everything, in_threads
from joinedup.web.sqlite import base

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def embedded(engine_name: str) -> None:
    if engine_name != "sqlite":
        pytest.skip("of the embedded database")


class Waiting:
    """A writer who waits, and has left behind a half-read cursor in a knot that only garbage collection unties."""

    def __init__(self) -> None:
        self.begins, self.written = threading.Event(), threading.Event()
        self.threads, self.failures = in_threads(self.write)
        assert self.begins.wait(PATIENCE)
        time.sleep(0.2)  # into the wait, most likely; were it not, the test would still be right

    def write(self) -> None:
        knot: list[object] = [half_read()]
        knot.append(knot)
        del knot
        self.begins.set()
        with transaction.atomic():
            self.written.set()


def half_read() -> object:
    cursor = connection.cursor()
    cursor.execute("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 99) SELECT i FROM n")
    cursor.fetchone()
    return cursor


def test_garbage_of_a_waiting_writer_is_collected_while_it_waits() -> None:
    holding, let_go = threading.Event(), threading.Event()
    threads, failures = in_threads(lambda: hold_everything(holding, let_go))
    assert holding.wait(PATIENCE)
    gc.disable()
    try:
        waiting = Waiting()
        gc.collect()
        assert not waiting.written.is_set()
    finally:
        gc.enable()
        let_go.set()
    assert ended([*threads, *waiting.threads])
    assert waiting.failures == failures == []  # inside SQLite, the wait would have run out first
    assert waiting.written.is_set()


def test_a_writer_whose_patience_runs_out_is_told_that_the_database_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    holding, let_go = threading.Event(), threading.Event()
    threads, _ = in_threads(lambda: hold_everything(holding, let_go))
    assert holding.wait(PATIENCE)
    monkeypatch.setattr(base, "PATIENCE", 0.0)
    with pytest.raises(OperationalError) as locked, transaction.atomic():
        pass
    let_go.set()
    assert ended(threads)
    assert isinstance(locked.value.__cause__, sqlite3.OperationalError)
    assert locked.value.__cause__.sqlite_errorcode == sqlite3.SQLITE_BUSY


def test_what_is_wrong_is_not_tried_again() -> None:
    with pytest.raises(OperationalError, match="no such table"), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")
