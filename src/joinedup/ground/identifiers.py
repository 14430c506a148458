"""Identifiers as they come: tidied, checked where they can be, and never thrown away for being wrong.

A number that fails its check is a typing slip, not another child: it is kept with `valid=False`, and only a valid
one may veto or prove anything.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from nhs_number.validate import calculate_checksum, is_valid


@dataclass(frozen=True)
class Identifier:
    """`value`: tidied text, empty for nothing or a placeholder. `valid`: it passes every check that can be made."""

    value: str
    valid: bool


NOTHING = Identifier("", False)
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}(\d|[A-HJ-NP-RT-Z])")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O, S
_UPN_UNKNOWN = re.compile(r"UN[1-9]")  # DfE codes for why there is no number
_POSTCODE = re.compile(r"(GIR|[A-PR-UWYZ](\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?))(\d[ABD-HJLNP-UW-Z]{2})")
_POSTCODE_PLACEHOLDER = re.compile(r"(NF|ZZ)\d\d?[A-Z]?\d[A-Z]{2}")  # no fixed address, not known
_LA_CHILD_ID = re.compile(r"[A-Z0-9]{1,20}")
_WORDS_FOR_NOTHING = {"", "UNKNOWN", "NOTKNOWN", "NONE", "NA", "NK", "TBC", "NULL", "NOTPROVIDED", "NFA"}


def _closed_up(text: str) -> str:
    bare = re.sub(r"[\s\-./]", "", text).upper()
    return "" if bare in _WORDS_FOR_NOTHING or set(bare) <= {"0"} or set(bare) == {"X"} else bare


def read_nhs_number(text: str) -> Identifier:
    """Ten digits, modulus 11 (NHS Data Dictionary). 999 numbers, never issued to anybody, are valid: tests use them."""
    bare = _closed_up(text)
    if not bare or (len(set(bare)) == 1 and bare.isdigit()):
        return NOTHING
    return Identifier(bare, bool(re.fullmatch(r"\d{10}", bare, re.ASCII)) and is_valid(bare))


def synthetic_nhs_number(n: int) -> str:
    """The n-th of 100,000 valid numbers in the 999 range, which is never issued to anybody: for fictional children.

    Raises ValueError for n outside 0 to 99,999.
    """
    if not 0 <= n < 100_000:
        raise ValueError(f"there are no more than 100,000 of these numbers: {n}")
    numbers = (f"{stem}{calculate_checksum(stem)}" for stem in (f"999{n:05}0", f"999{n:05}1"))
    return next(number for number in numbers if is_valid(number))  # a stem whose check is 10 has no number


def read_upn(text: str) -> Identifier:
    """Unique pupil number: a check letter and twelve digits, a temporary one ending in a letter (DfE UPN guide).

    The letter is the sum of digit times position (2 to 13) modulo 23; a last letter counts as its place in the list.
    """
    bare = _closed_up(text)
    if not bare or _UPN_UNKNOWN.fullmatch(bare):
        return NOTHING
    return Identifier(bare, bool(_UPN.fullmatch(bare)) and _upn_letter(bare[1:]) == bare[0])


def _upn_letter(rest: str) -> str:
    values = [int(c) if c.isdigit() else _UPN_LETTERS.index(c) for c in rest]
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(_UPN_LETTERS)]


def read_postcode(text: str) -> Identifier:
    """A UK postcode with its one space. Placeholders (NF1 1NF, ZZ99 3VZ) place nobody and read as nothing."""
    bare = _closed_up(text)
    if not bare or _POSTCODE_PLACEHOLDER.fullmatch(bare):
        return NOTHING
    if not _POSTCODE.fullmatch(bare):
        return Identifier(" ".join(text.upper().split()), False)
    return Identifier(f"{bare[:-3]} {bare[-3:]}", True)


def read_la_child_id(text: str) -> Identifier:
    """A local authority's own number for a child: at most twenty letters and digits (CIN census rules 1570, 1580)."""
    bare = _closed_up(text)
    return Identifier(bare, bool(_LA_CHILD_ID.fullmatch(bare))) if bare else NOTHING


def read_own_number(text: str) -> Identifier:
    """Any agency's own number (hospital, police, provider): spaces closed up; there is nothing to check it against."""
    bare = _closed_up(text)
    return Identifier(bare, True) if bare else NOTHING


_READERS: dict[str, Callable[[str], Identifier]] = {
    "nhs-number": read_nhs_number,
    "upn": read_upn,
    "former-upn": read_upn,
    "la-child-id": read_la_child_id,
    "ssd-person-id": read_la_child_id,  # the standard safeguarding dataset keeps to the same twenty (PERS001A)
}


def read_identifier(system: str, text: str) -> Identifier:
    """Read an identifier by the name of its system as notices name it; unknown systems are an agency's own number."""
    return _READERS.get(system, read_own_number)(text)
