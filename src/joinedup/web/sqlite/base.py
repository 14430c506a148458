"""SQLite as Django has it, but for one thing: a writer waits for another one here, never inside SQLite.

SQLite waits with the connection's mutex held. If the garbage collection of another thread then meets a cursor of that
connection, it wants the mutex while it holds Python's lock; and if that thread is the one that writes, nothing in the
process moves until the wait has run out. So SQLite is told not to wait (`busy_timeout=0` in `ground.home`).
"""

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

PATIENCE = 20.0  # seconds that a writer waits for others
PAUSE = 0.001  # seconds between two tries
IN_THE_WAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY}  # not SNAPSHOT: trying again would not help


class Cursor(base.SQLiteCursorWrapper):
    def execute(self, query: str, params: Any = None) -> Any:
        """As Django's; a statement that another writer is in the way of has done nothing, and is tried again."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as trouble:
                if trouble.sqlite_errorcode not in IN_THE_WAY or time.monotonic() > until:
                    raise
            time.sleep(PAUSE)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - Django's
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made
