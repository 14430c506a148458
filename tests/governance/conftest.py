"""The town of respond's tests."""

from web.conftest import client_of, town

__all__ = ["client_of", "town"]
