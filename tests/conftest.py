"""What every test shares: closed sockets (but for loopback), and the engine that this run is about."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings as hypothesis_settings

from joinedup.share.triggers import append_only_tables

hypothesis_settings.register_profile("untimed", deadline=None)  # no test is about how busy the machine is
hypothesis_settings.load_profile("untimed")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """A test that reaches for the outside world fails: joinedup works offline."""
    plain = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        plain(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = plain  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Any:
    """Tests that commit are cleaned up by emptying every table. Append-only ones refuse, so their triggers are taken
    off first; Django's flush ends with post_migrate, which puts them back."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: BaseDatabaseOperations, statements: Any) -> None:
        with self.connection.cursor() as cursor:
            for table in append_only_tables():
                for name in ("no_update", "no_delete", "no_row", "no_truncate"):
                    on = f" ON {table}" if self.connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
        plain(self, statements)

    BaseDatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = plain  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The one Chromium of the run (of each worker): Playwright bears no second beside it."""
    from pages.harness import chromium

    with chromium() as one:
        yield one


@pytest.fixture
def engine_name() -> str:
    """sqlite or postgresql: the database this run tests on."""
    return str(connection.vendor)
