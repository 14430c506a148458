"""Names for matching: plain ASCII, lower case, known by their roots. The original stays with the statement."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from joinedup.ground.folding import STROKED

NICKNAMES = Path(__file__).parents[1] / "data" / "nicknames.csv"
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼ"))
NOT_A_NAME = frozenset(
    {
        "baby", "infant", "unborn", "bump", "child", "boy", "girl", "twin", "unknown", "unnamed", "anon", "anonymous",
        "none", "nk", "na", "tbc", "tbd", "male", "female", "mr", "mrs", "ms", "miss", "mx", "dr", "master", "sir",
        "lady", "rev", "reverend", "prof", "professor", "forename",
        "surname",
    }
)  # fmt: skip
SPELT = [
    (re.compile(spelt), heard)
    for spelt, heard in (
        ("ph", "f"), ("ck", "k"), ("sh", "s"), ("ch", "k"), ("c(?=[eiy])", "s"), ("[cq]", "k"), ("z", "s"),
        ("(?<=.)h", ""), ("(ie|ey|ee|y)", "i"), ("ae", "e"), (r"(.)\1+", r"\1"), ("(?<=[^i]..)e$", ""),
    )
]  # fmt: skip
PARTICLES = frozenset(
    {
        "al", "bin", "bint", "da", "de", "del", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "st", "ul",
        "van", "von",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """ASCII, lower case, words of letters and digits parted by one space: "O’Brien-Łącki" is "obrien lacki"."""
    stripped = text.translate(APOSTROPHES).translate(STROKED)
    ascii_only = unicodedata.normalize("NFKD", stripped).encode("ascii", "ignore").decode()
    return " ".join("".join(c if c.isalnum() else " " for c in ascii_only.lower()).split())


def words_of(text: str | None) -> list[str]:
    """The words of a name that say something: no titles, no placeholders such as "baby" or "unknown"."""
    return [word for word in plain(text or "").split() if word not in NOT_A_NAME and not word.isdigit()]


def family_words(text: str | None) -> list[str]:
    """The words of a surname, "Mc Donald" and "Mac Donald" read as one word."""
    words = words_of(text)
    pairs = zip(words, [*words, ""][1:], strict=True)
    joined = [a + b if a in ("mc", "mac", "o") else a for a, b in pairs]
    swallowed = {i + 1 for i, word in enumerate(words) if word in ("mc", "mac", "o")}
    return [word for i, word in enumerate(joined) if i not in swallowed]


def roots(name: str) -> tuple[str, ...]:
    """The names that a forename may stand for, itself and how it sounds among them, sorted: "bill" may be "william"."""
    return tuple(sorted({name, *nicknames().get(name, ()), *sound(name)}))


def sound(name: str) -> list[str]:
    """How a name is said whichever way it is spelt: ["~sofi"] of "sophie" and "sophy"; [] of fewer than three letters.

    Only what English spelling leaves open, so that no other name sounds so.
    """
    said = name
    for spelt, heard in SPELT:
        said = spelt.sub(heard, said)
    return [f"~{said}"] if len(said) > 2 else []


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Every variant with its roots, from data/nicknames.csv (root, then its variants parted by spaces)."""
    found: dict[str, set[str]] = {}
    with NICKNAMES.open(newline="") as lines:
        for root, variants in csv.reader(lines):
            for name in (root, *variants.split()):
                found.setdefault(name, set()).add(root)
    return {name: tuple(sorted(roots)) for name, roots in found.items()}
