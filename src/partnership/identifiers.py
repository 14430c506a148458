"""Numbers that look right and belong to nobody: every one is in a range that is never issued."""

from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_LA_NUMBER = 990  # no local authority has it
STORY_NUMBERS = 1_000  # the first of every range are kept for written stories


@lru_cache(maxsize=1)
def nhs_bodies() -> npt.NDArray[np.int32]:
    """Every six digits that, after 999, have a check digit: 909,091 of a million.

    999 000 0000 to 999 999 9999 are never issued (NHS Data Dictionary; mod 11, weights 10 to 2, 10 is no digit).
    """
    body = np.arange(1_000_000, dtype=np.int32)
    total = 9 * (10 + 9 + 8) + sum((body // 10 ** (5 - place) % 10) * (7 - place) for place in range(6))
    return cast("npt.NDArray[np.int32]", body[(11 - total % 11) % 11 != 10])


def nhs_number(place: int) -> str:
    """The valid 999 number at a place (from 0) in their order."""
    nine = f"999{int(nhs_bodies()[place]):06d}"
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    return nine + str((11 - total % 11) % 11)


def upn(place: int, school: int = 1, year: int = 20) -> str:
    """A unique pupil number with its check letter, of an authority that does not exist.

    Three digits of authority, four of school, two of year, three of serial; beyond 999 the school number moves on.
    """
    rest = f"{_LA_NUMBER}{(4000 + school + place // 1000 * 7) % 10_000:04d}{year % 100:02d}{place % 1000:03d}"
    return _UPN_LETTERS[sum(int(digit) * weight for digit, weight in zip(rest, range(2, 14), strict=True)) % 23] + rest


def hospital_number(place: int) -> str:
    return f"EG{place + 310_000:07d}"


def la_child_id(place: int) -> str:
    return f"EL{place + 100_000:07d}"


def provider_reference(prefix: str, place: int) -> str:
    return f"{prefix}-{place:06d}"
