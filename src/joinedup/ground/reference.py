"""The spoken reference of a subject, such as KT7-3MW-9: easy to say, and it finds its own slips.

Twenty-three characters, so that sums can be taken modulo a prime: no vowels (no accidental words) and nothing that
looks like something else. The last character makes the sum of position times character divisible by 23. Every
position has a weight of its own, so any one wrong character and any two characters swapped are found.
"""

from collections.abc import Callable

ALPHABET = "23456789CDFHJKMNPRTVWXY"
LOOKS_LIKE = str.maketrans("BGSZ", "8652")  # never allotted: whoever writes them read or heard the digit
LENGTH = 7
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def allot(random: Callable[[int], int]) -> str:
    """A new reference; `random(n)` gives a whole number from 0 to n-1. Whether it is taken is for the caller to see."""
    payload = [random(len(ALPHABET)) for _ in range(LENGTH - 1)]
    return _spoken("".join(ALPHABET[value] for value in [*payload, _check(payload)]))


def _check(payload: list[int]) -> int:
    total = sum(weight * value for weight, value in enumerate(payload, start=1))
    return -total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)


def _spoken(bare: str) -> str:
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}"


def _bare(text: str) -> str:
    return "".join(text.upper().translate(LOOKS_LIKE).replace("-", " ").split())


def is_reference(text: str) -> bool:
    """Whether the text, however spaced or cased, is a reference whose check character is right."""
    bare = _bare(text)
    if len(bare) != LENGTH or not set(bare) <= set(ALPHABET):
        return False
    return sum(weight * _VALUE[character] for weight, character in enumerate(bare, start=1)) % len(ALPHABET) == 0


def normalise(text: str) -> str:
    """The reference as it is written here ("kt7 3mw 9" gives "KT7-3MW-9"); other text only upper-cased, closed up."""
    bare = _bare(text)
    return _spoken(bare) if len(bare) == LENGTH else bare
