"""Family names and postcodes as they are compared: however they are cased, accented, hyphenated, spaced or spelt."""

import re

from joinedup.ground.folding import folded
from joinedup.ground.keys import digest
from joinedup.link.rules.names import NOT_A_NAME, PARTICLES, family_words

NAME = "name"
PART = "part"  # of a declared name of several words
WORD = re.compile(r"[^\W_]+")


def surnames(name: str) -> frozenset[str]:
    """The family name within a person's whole name: all but a title and the first word, or what is before a comma.

    It errs towards asking: of "Lee Arden Hale" both words count. Nothing of a blank name.
    """
    before, comma, _ = name.partition(",")
    words = before.split()
    titled = len(words) > 1 and words[0].casefold().rstrip(".") in NOT_A_NAME
    words = words[1:] if titled else words
    return family_parts(" ".join(words if comma else words[1:] or words))


def family_parts(text: str) -> frozenset[str]:
    """The words of a family name, and all of it as one: "Árden-Hale" is arden, hale and ardenhale.

    A particle ("van", "de") or a letter says nothing unless it is all there is.
    """
    words = family_words(text) or WORD.findall(folded(text).text)
    telling = [word for word in words if len(word) > 1 and word not in PARTICLES]
    return frozenset({*(telling or words), "".join(words)} - {""})


def to_keep(salt: bytes, what: str, text: str) -> list[tuple[str, str]]:
    """What is kept of a declaration, as (what, digest): the whole first, then the parts of a name.

    Empty where it says nothing that could be compared.
    """
    whole = _closed_up(text)
    parts = sorted(family_parts(text) - {whole}) if what == NAME else []
    said = [(what, whole), *((PART, part) for part in parts)] if whole else []
    return [(kind, _declared(salt, what, form)) for kind, form in said]


def compared(salt: bytes, what: str, text: str) -> frozenset[str]:
    """The digests of declarations that would meet this name or postcode of a child."""
    before = "".join(text.casefold().split())  # as digests were made that nobody can make again
    forms = {_closed_up(text), before} | (family_parts(text) if what == NAME else frozenset())
    return frozenset(_declared(salt, what, form) for form in forms)


def _closed_up(text: str) -> str:
    return "".join(WORD.findall(folded(text).text))


def _declared(salt: bytes, what: str, form: str) -> str:
    return digest(salt, "declared", what, form)
