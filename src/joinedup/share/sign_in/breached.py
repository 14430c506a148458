"""Passwords found in breaches of other services, looked up on this machine: nothing leaves it.

The file is that of Have I Been Pwned's downloader: one line `<SHA-1 in upper-case hex>:<times seen>`, sorted by hash
(haveibeenpwned.com/Passwords). It is some 40 GB and never read whole: a look-up bisects it on disk, in
about 36 seeks.
"""

import hashlib
import io
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

SHORT = "This password has appeared in a breach of another service, so it is guessed early. Choose another one"
NO_LIST = "New passwords cannot be checked at the moment, so none can be set. Tell your system administrator"


class NotBreached:
    """A password validator (OWASP ASVS 6.2.12). Without a file named in JOINEDUP_BREACHED it does nothing."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's
        """Raises ValidationError for a password in the list, and where the list named is not to be read."""
        place = settings.JOINEDUP_BREACHED
        try:
            found = bool(place) and is_breached(password, Path(place))
        except OSError as trouble:
            raise ValidationError(NO_LIST, code="breached_list_missing") from trouble
        if found:
            raise ValidationError(SHORT, code="breached")

    def get_help_text(self) -> str:
        return "Your password must not have appeared in a breach of another service."


def is_breached(password: str, place: Path) -> bool:
    """Whether the sorted file of hashes at `place` holds this password. Raises OSError if it cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with place.open("rb") as file:
        return holds(file, wanted)


def holds(file: BinaryIO, wanted: bytes) -> bool:
    """Bisect the lines of a sorted file: does one begin with `wanted`?"""
    low, high = 0, file.seek(0, io.SEEK_END)  # of the lines that begin in [low, high)
    while low < high:
        middle = (low + high) // 2
        begin, line = line_from(file, middle)
        if begin >= high or not line:
            high = middle
        elif hash_of(line) == wanted:
            return True
        elif hash_of(line) < wanted:
            low = begin + len(line)
        else:
            high = middle
    return False


def line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at `place` or after it, and where; no bytes at the end of the file."""
    file.seek(max(place - 1, 0))
    skipped = file.readline() if place else b""
    return (place - 1 + len(skipped) if place else 0), file.readline()


def hash_of(line: bytes) -> bytes:
    return line.split(b":", 1)[0].strip().upper()
