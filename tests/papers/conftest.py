"""The town of respond's tests, and somebody's browser without a screen."""

from web.conftest import client_of, town

__all__ = ["client_of", "town"]
