"""A text as it is compared: without case, accents and what cannot be seen, each letter still knowing where it stood."""

import unicodedata
from dataclasses import dataclass

# Letters that Unicode does not decompose, as people type them where a keyboard lacks them.
STROKED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe", "þ": "th",
     "Þ": "Th", "ð": "d", "ı": "i", "ŋ": "ng", "ħ": "h", "Œ": "OE"}
)  # fmt: skip
UNSEEN = ("Mn", "Me", "Cf")  # marks and format characters: a soft hyphen, a zero-width space


@dataclass(frozen=True)
class Folded:
    """`text`: the folded text. `at`: for each of its letters the place in the original, and the original's length."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a half-open stretch of the folded text stands in the original; what cannot be seen goes with it."""
        return self.at[start], max(self.at[end], self.at[end - 1] + 1)


def folded(text: str) -> Folded:
    """Full-width "９", "É" and a soft hyphen are "9", "e" and nothing. Source: Unicode Annex 15, form KD."""
    pairs = [(letter, at) for at, one in enumerate(text) for letter in _letter(one)]
    return Folded("".join(letter for letter, _ in pairs), (*(at for _, at in pairs), len(text)))


def _letter(one: str) -> str:
    if one.isascii():
        return one.casefold()
    if one.isdecimal():
        return str(unicodedata.decimal(one))
    apart = unicodedata.normalize("NFKD", one.translate(STROKED))
    return "".join(c for c in apart if unicodedata.category(c) not in UNSEEN).casefold()
