"""Whether two ways to write a name may be of one person: a bar holds however the recipient's name is typed."""

from itertools import product

from joinedup.link.rules.names import family_words, roots


def may_be_same(one: str, other: str) -> bool:
    """Whether everything that the shorter name says, the longer may say too: "Ms D. Arden" and "Árden-Hale, Dana".

    It errs towards yes: a paper withholds too much before it tells somebody what they must not learn.
    """
    fewer, more = sorted((_words(one), _words(other)), key=len)
    return bool(fewer) and all(any(_may_be(a, b) for b in more) for a in fewer)


def _words(name: str) -> list[str]:
    """Without titles; of a script that is not read here, as it stands."""
    return family_words(name) or name.casefold().split()


def _may_be(one: str, other: str) -> bool:
    """The same word, an initial of it, or another form of the same forename."""
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return any(a == b for a, b in product(roots(one), roots(other)))
