"""How a worker learns that something is waiting, without a queue of its own and without being told by another room.

SQLite: `PRAGMA data_version` changes when another connection commits; asking costs microseconds.
PostgreSQL: a trigger on unread messages and stirred subjects notifies a channel that the worker listens on.
"""

import threading
import time
from typing import Protocol

from django.db import connection

CHANNEL = "joinedup_flow"
PAUSE = 0.001  # seconds between two looks at SQLite's version
LONGEST = 1.0  # seconds after which a worker looks anyway: claims that ran out wake nobody


class Waker(Protocol):
    def wait(self, stop: threading.Event) -> None:
        """Return when something may be waiting, after LONGEST, or when told to stop."""


class SqliteWaker:
    def __init__(self) -> None:
        self.version = self.look()

    def look(self) -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, stop: threading.Event) -> None:
        until = time.monotonic() + LONGEST
        while not stop.is_set() and time.monotonic() < until:
            version = self.look()
            if version != self.version:
                self.version = version
                return
            time.sleep(PAUSE)


class PostgresWaker:
    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self, stop: threading.Event) -> None:  # noqa: ARG002 - the longest wait is short enough to stop by
        assert connection.connection is not None
        for _ in connection.connection.notifies(timeout=LONGEST, stop_after=1):
            return


def waker() -> Waker:
    """The waker for this database."""
    return PostgresWaker() if connection.vendor == "postgresql" else SqliteWaker()
