"""A scratch database for replays: a simulated one, in a folder that goes away, so that no real database is touched."""

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from joinedup.ground.home import sqlite
from joinedup.share import actions as share
from joinedup.share.rules import FLOW


@contextlib.contextmanager
def scratch_partnership(name: str, *, born_at: datetime) -> Iterator[None]:
    """Run the block on a new simulated partnership in its own SQLite file; the database before is left as it was."""
    with tempfile.TemporaryDirectory(prefix="joinedup-replay-") as folder:
        path = Path(folder) / "scratch.sqlite3"
        path.write_bytes(empty())
        with default_database(path):
            share.found_partnership(by=FLOW, name=name, simulated=True, at=born_at)
            yield


@cache
def empty() -> bytes:
    """A database file with every table and no row, made once in a process: each replay after the first is quicker."""
    with tempfile.TemporaryDirectory(prefix="joinedup-empty-") as folder:
        path = Path(folder) / "empty.sqlite3"
        with default_database(path):
            call_command("migrate", verbosity=0, interactive=False)
        return path.read_bytes()


@contextlib.contextmanager
def default_database(path: Path) -> Iterator[None]:
    """Let Django's default connection be this SQLite file within the block."""
    wrapper, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = connections.configure_settings({"default": sqlite(path)})["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = settings, wrapper
