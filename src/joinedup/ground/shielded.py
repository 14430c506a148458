"""A value that says nothing of itself: where somebody is, how to reach them, who reported.

The commonest harm of systems like this one is an address in the wrong letter. So a shielded value is no text: a
template, a log line, JSON, a search index or an e-mail that it slips into holds the word *withheld*, and pickling it
raises TypeError. `share.release` alone opens one, for somebody who may have it (a law test counts who calls `opened`).
Source: seven reprimands of the Information Commissioner in fourteen months of 2022 and 2023, four for safe addresses.
"""

from typing import NoReturn

WITHHELD = "withheld"


class Shielded:
    """Text that only `opened` gives back. Equal and hashed by what it holds; true if it holds anything."""

    __slots__ = ("_shielded",)

    def __init__(self, held: str) -> None:
        self._shielded = held

    def __str__(self) -> str:
        return WITHHELD

    def __repr__(self) -> str:
        return f"<{WITHHELD}>"

    def __format__(self, spec: str) -> str:
        return format(WITHHELD, spec)

    def __html__(self) -> str:
        return WITHHELD

    def __bool__(self) -> bool:
        return bool(self._shielded)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shielded) and self._shielded == other._shielded

    def __hash__(self) -> int:
        return hash((Shielded, self._shielded))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a shielded value is not written anywhere: share.release opens it for somebody who may have it")


def opened(value: Shielded) -> str:
    """What it holds: for `share.release` alone."""
    return value._shielded  # noqa: SLF001 - its own module
