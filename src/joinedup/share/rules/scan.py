"""Shielded strings in free text: an address typed into a note defeats every flag on the address itself.

Source: a council's notes field held the new address, and the letter went to the old one (Information Commissioner,
reprimand of November 2023).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    POSTCODE = "a postcode"
    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    KNOWN = "something shielded about this child"


@dataclass(frozen=True, order=True)
class Found:
    """Where in the text it stands (half-open), and what it is."""

    start: int
    end: int
    kind: Kind


# Shapes: postcodes after the Royal Mail's Postcode Address File formats; phones after Ofcom's numbering plan.
POSTCODE = re.compile(r"\b(?:GIR\s*0AA|[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d-])(?:\+44\s?\(?0?\)?|\(?0)(?:[\s().-]*\d){9,10}(?!\d)")
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
SHAPES = ((Kind.POSTCODE, POSTCODE), (Kind.PHONE, PHONE), (Kind.EMAIL, EMAIL))
SHORTEST = 5  # of known strings, in letters and digits: a shorter one ("1 A") would be found everywhere


def scan(text: str, known: Iterable[str] = ()) -> list[Found]:
    """Everything shielded in a text, in order, what overlaps joined. `known`: strings shielded about this child.

    Known strings are found however they are spaced, cased and punctuated ("12 Mill Lane," and "12, MILL  LANE").
    """
    shaped = [Found(*hit.span(), kind) for kind, shape in SHAPES for hit in shape.finditer(text)]
    named = [Found(*hit.span(), Kind.KNOWN) for one in _with_first_lines(known) for hit in _loosely(one).finditer(text)]
    return _joined(sorted([*shaped, *named]))


def redacted(text: str, known: Iterable[str] = (), put: str = "[withheld]") -> str:
    """The text with everything shielded taken out, and said so in its place."""
    for one in reversed(scan(text, known)):
        text = text[: one.start] + put + text[one.end :]
    return text


def _with_first_lines(known: Iterable[str]) -> set[str]:
    """Each known string, and of an address its first line alone: "9 Foster Lane" of "9 Foster Lane, Eastleigh"."""
    every = set(known)
    firsts = {one.partition(",")[0] for one in every}
    return every | {first for first in firsts if any(c.isdigit() for c in first)}


def _loosely(text: str) -> re.Pattern[str]:
    words = re.findall(r"[^\W_]+", text)
    if sum(map(len, words)) < SHORTEST:
        return re.compile(r"(?!)")  # found nowhere
    loose = r"[^\w]*".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)


def _joined(found: Iterable[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and one.start < last.end:
            joined[-1] = Found(last.start, max(last.end, one.end), last.kind)
        else:
            joined.append(one)
    return joined
