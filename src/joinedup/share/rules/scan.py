"""Shielded strings in free text: an address typed into a note defeats every flag on the address itself.

Source: a council's notes field held the new address, and the letter went to the old one (Information Commissioner,
reprimand of November 2023).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from joinedup.ground.folding import folded


class Kind(StrEnum):
    """What was found."""

    POSTCODE = "a postcode"
    STREET = "a street address"
    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    KNOWN = "something shielded about this child"


@dataclass(frozen=True, order=True)
class Found:
    """Where in the text it stands (half-open), and what it is."""

    start: int
    end: int
    kind: Kind

    def overlaps(self, other: "Found") -> bool:
        """Whether they have a letter in common."""
        return self.start < other.end and other.start < self.end


# Shapes: postcodes after the Royal Mail's Postcode Address File formats, closed up, parted or letter by letter; phones
# after Ofcom's numbering plan. All are looked for in the folded text (lower case, no accents, nothing unseen).
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
INWARD = "[abd-hjlnp-uw-z]"
POSTCODE = re.compile(rf"{BEFORE}(?:gir[\s_.-]*0aa|[a-z]{{1,2}}\d[a-z\d]?[\s_.-]*\d{INWARD}{{2}}){AFTER}(?!-[^\W_])")
SPELT = re.compile(rf"{BEFORE}[a-z](?: [a-z])? \d(?: [a-z\d])? +\d {INWARD} {INWARD}{AFTER}")
# A house number, one or two words and a word for a street; "court", "drive", "place", "close" say other things too.
NOT_A_NAME = r"(?!(?:a|across|along|and|at|by|down|from|in|into|of|off|on|over|the|to|up)\b)"
WAYS = "avenue|ave|crescent|gardens|grove|lane|ln|road|rd|street|terrace"
STREET = re.compile(rf"{BEFORE}\d{{1,4}}[a-z]?[\s,]+(?:{NOT_A_NAME}[^\W\d_]+[\s.]+){{1,2}}(?:{WAYS}){AFTER}")
A_DATE = r"\d\d[-.]\d\d[-.]\d{4}"
PHONE = re.compile(rf"(?<![\d-])(?!{A_DATE})(?:(?:\+|00\s?)44\s?\(?0?\)?|\(?0)(?:[\s()._-]*\d){{9,10}}(?!\d)")
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
SHAPES = (
    (Kind.POSTCODE, POSTCODE),
    (Kind.POSTCODE, SPELT),
    (Kind.STREET, STREET),
    (Kind.PHONE, PHONE),
    (Kind.EMAIL, EMAIL),
)
SHORTEST = 5  # of known strings, in letters and digits: a shorter one ("1 A") would be found everywhere
# How streets are shortened on an envelope, each group standing for one word.
STREETS = (
    ("avenue", "ave", "av"), ("close", "cl"), ("court", "ct"), ("crescent", "cres"), ("drive", "dr"),
    ("gardens", "gdns"), ("grove", "gr"), ("lane", "ln"), ("place", "pl"), ("road", "rd"), ("square", "sq"),
    ("street", "saint", "st"), ("terrace", "terr"),
)  # fmt: skip


def scan(text: str, known: Iterable[str] = ()) -> list[Found]:
    """Everything shielded in a text, in order, what overlaps joined. `known`: strings shielded about this child.

    Known strings are found however they are spaced, cased, accented, punctuated and shortened ("12 Mill Lane," and
    "12, M i l l  LN"). It helps whoever reads before a release; it cannot know what is told in other words.
    """
    return without_overlap(sorted([*shapes_in(text), *known_in(text, known)]))


def shapes_in(text: str) -> list[Found]:
    """What looks like an address or a way to reach somebody, whoever's it is."""
    plain = folded(text)
    return [Found(*plain.span(*hit.span()), kind) for kind, shape in SHAPES for hit in shape.finditer(plain.text)]


def known_in(text: str, known: Iterable[str]) -> list[Found]:
    """Where these strings stand, however they are written."""
    plain = folded(text)
    shapes = map(_loosely, _with_first_lines(known))
    return [Found(*plain.span(*hit.span()), Kind.KNOWN) for shape in shapes for hit in shape.finditer(plain.text)]


def redacted(text: str, known: Iterable[str] = (), put: str = "[withheld]") -> str:
    """The text with everything shielded taken out, and said so in its place."""
    for one in reversed(scan(text, known)):
        text = text[: one.start] + put + text[one.end :]
    return text


def without(text: str, strings: Iterable[str], put: str = "[withheld]") -> str:
    """The text without these strings alone, however they are written."""
    for one in reversed(without_overlap(sorted(known_in(text, strings)))):
        text = text[: one.start] + put + text[one.end :]
    return text


def _with_first_lines(known: Iterable[str]) -> set[str]:
    """Each known string, and of an address its first line alone: "9 Foster Lane" of "9 Foster Lane, Eastleigh"."""
    every = set(known)
    firsts = {one.partition(",")[0] for one in every}
    return every | {first for first in firsts if any(c.isdigit() for c in first)}


@lru_cache(maxsize=4096)  # a page scans many lines for the same strings
def _loosely(text: str) -> re.Pattern[str]:
    words = re.findall(r"[^\W_]+", folded(text).text)
    if sum(map(len, words)) < SHORTEST:
        return re.compile(r"(?!)")  # found nowhere
    return re.compile(BEFORE + r"[\W_]*".join(map(_word, words)) + AFTER)


def _word(word: str) -> str:
    """The word, or another way to write it on an envelope, its letters perhaps apart."""
    same = next((group for group in STREETS if word in group), (word,))
    return "(?:" + "|".join(r"[\W_]*".join(map(re.escape, one)) for one in same) + ")"


def without_overlap(found: Iterable[Found]) -> list[Found]:
    """Spans in order, those that overlap made one."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and one.start < last.end:
            kind = Kind.KNOWN if Kind.KNOWN in (last.kind, one.kind) else last.kind
            joined[-1] = Found(last.start, max(last.end, one.end), kind)
        else:
            joined.append(one)
    return joined
