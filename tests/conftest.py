"""What every test shares: closed sockets (but for loopback), and the engine that this run is about."""

import socket
from typing import Any

import pytest
from django.db import connection

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


@pytest.fixture
def engine_name() -> str:
    """sqlite or postgresql: the database this run tests on."""
    return str(connection.vendor)
