"""The same way in as link's tests, with ties drawn."""

from tests.link.conftest import key_file, partnership, tell

__all__ = ["key_file", "partnership", "tell"]
