"""Why two records are compared at all: blocking keys. Records that share one are scored.

Whether a name is common is known from the model file, never from live counts (law 2): two common names block only
together with a year of birth or a postcode, which loses nothing, since no pair that has neither can weigh enough.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from joinedup.link.rules.features import Features
from joinedup.link.rules.model import Model, Terms, model_for

COMMON_TOGETHER = 4e-7  # of names: a chance meeting in one pair of 2,500,000, so a handful of candidates in a million
NUMBERS = ("nhs", "upn", "la", "own")


def blocking_keys(kind: str, features: Features, model: Model | None = None) -> list[str]:
    """The blocks of a record, sorted: `kind|block|content`, at most 120 characters each.

    `model`: null means the one in force; what is common is known from it.
    """
    blocks = place_blocks(features) if kind == "place" else person_blocks(features, model or model_for(kind))
    return sorted({f"{kind}|{block}"[:120] for block in blocks})


def person_blocks(features: Features, model: Model) -> Iterator[str]:
    """By number; by birth with a forename, a surname or a postcode; by both names; by a name with a postcode."""
    yield from (f"{system}|{number}" for system in NUMBERS for number in features.get(system, ()))
    yield from (f"{system}|{features[system]}" for system in ("nhs_typed", "upn_typed") if system in features)
    roots, families = features.get("roots", []), features.get("families", [])
    born, postcodes = features.get("borns", []), features.get("postcodes", [])
    yield from _pairs("rb", roots, born)
    yield from _pairs("fb", families, born)
    yield from _pairs("pb", postcodes, born)
    yield from _pairs("rp", roots, postcodes)
    yield from _pairs("fp", families, postcodes)
    yield from _name_blocks(features, model)


def _name_blocks(features: Features, model: Model) -> Iterator[str]:
    """Both names in either order (so that a swap meets), with the year of birth where they are common."""
    year = features.get("year", "")
    for given, family in product(features.get("roots", []), features.get("families", [])):
        names = "+".join(sorted((given, family)))
        common = _how_common(given, model.terms["given"]) * _how_common(family, model.terms["family"])
        if common < COMMON_TOGETHER:
            yield f"n|{names}"
        elif year:
            yield f"ny|{names}|{year}"


def _how_common(name: str, terms: Terms) -> float:
    return terms.common.get(name, terms.least)


def place_blocks(features: Features) -> Iterator[str]:
    """By property number; by house with postcode or street."""
    if "uprn" in features:
        yield f"uprn|{features['uprn']}"
    numbers, line = features.get("numbers", ""), features.get("line", "")
    if "postcode" in features:
        yield f"hp|{numbers or line}|{features['postcode']}"
    if line:
        yield f"hl|{numbers}|{line}"


def _pairs(block: str, one: Iterable[str], two: Iterable[str]) -> Iterator[str]:
    yield from (f"{block}|{a}|{b}" for a, b in product(one, two))
