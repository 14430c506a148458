"""How a worker learns that something is waiting, without a queue of its own and without being told by another room.

SQLite: `PRAGMA data_version` changes when another connection commits; asking costs microseconds.
PostgreSQL: triggers on unread messages and stirred subjects notify a channel that the worker listens on.
"""

import threading
import time
from typing import Protocol

from django.db import connection

from joinedup.flow.triggers import CHANNEL

PAUSE = 0.001  # seconds between two looks at SQLite's version
LONGEST = 1.0  # seconds after which a worker looks anyway: claims that ran out wake nobody


class Waker(Protocol):
    def wait(self, stop: threading.Event) -> bool:
        """Return True when something may be waiting; False after LONGEST, or when told to stop."""


class SqliteWaker:
    def __init__(self) -> None:
        self.version = self.look()

    def look(self) -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, stop: threading.Event) -> bool:
        until = time.monotonic() + LONGEST
        while not stop.is_set() and time.monotonic() < until:
            version = self.look()
            if version != self.version:
                self.version = version
                return True
            time.sleep(PAUSE)
        return False


class PostgresWaker:
    """Listens from the moment it is made, so that nothing which comes between two waits is missed."""

    def __init__(self) -> None:
        self.listening: object = None  # the connection on which it does
        self.listen()

    def listen(self) -> bool:
        """Whether it had to begin (again): after a lost connection, whatever came meanwhile woke nobody."""
        connection.ensure_connection()
        if self.listening is connection.connection:
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self.listening = connection.connection
        return True

    def wait(self, stop: threading.Event) -> bool:  # noqa: ARG002 - the longest wait is short enough to stop by
        if self.listen():
            return True
        assert connection.connection is not None
        return any(True for _ in connection.connection.notifies(timeout=LONGEST, stop_after=1))


def waker() -> Waker:
    """The waker for this database."""
    return PostgresWaker() if connection.vendor == "postgresql" else SqliteWaker()
