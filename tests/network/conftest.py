"""The same way in as link's tests, with ties drawn."""

from tests.link.conftest import look, partnership, tell, worker

__all__ = ["look", "partnership", "tell", "worker"]
