"""The same way in as link's tests, with ties drawn."""

from tests.link.conftest import key_file, look, partnership, tell, worker

__all__ = ["key_file", "look", "partnership", "tell", "worker"]
