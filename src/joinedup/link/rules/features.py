"""From a statement as it was said to features that can be compared. What is not known is left out, never empty.

Every feature is ASCII text or a list of it, so that Splink on DuckDB (which counts bytes) and the online scorer
(which counts characters) see the same thing. A feature set is plain JSON: a missing key means *not known*.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from joinedup.ground.identifiers import read_identifier, read_postcode
from joinedup.link.rules.births import read_birth
from joinedup.link.rules.names import PARTICLES, family_words, plain, roots, words_of

Features = Mapping[str, Any]
CHECKED_SYSTEMS = {"nhs-number": "nhs", "upn": "upn", "former-upn": "upn", "la-child-id": "la"}
STREETS = {"rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
           "ct": "court", "gdns": "gardens", "pl": "place", "sq": "square", "cres": "crescent", "apt": "flat",
           "apartment": "flat", "terr": "terrace", "gr": "grove", "pk": "park"}  # fmt: skip

INNER = frozenset({"flat", "apartment", "apt", "unit", "room", "floor", "a", "b", "c", "d"})


def features(kind: str, agency: str, statement: Mapping[str, Any]) -> dict[str, Any]:
    """The features of a person's or a place's statement by an agency; see `person_columns` and `place_columns`."""
    return place_features(statement) if kind == "place" else person_features(agency, statement)


def person_features(agency: str, statement: Mapping[str, Any]) -> dict[str, Any]:
    """given, givens, roots, family, families, born, borns, year, sex, postcode, postcodes, sector, nhs, upn, la, ..."""
    found = {
        **name_features(statement["names"]),
        **birth_features(statement["born"]),
        **postcode_features(a.get("postcode") for a in statement["addresses"]),
        **identifier_features(agency, statement["identifiers"]),
        "sex": statement["sex"],
    }
    return {name: value for name, value in found.items() if value}


def name_features(names: list[Mapping[str, str]]) -> dict[str, Any]:
    """`given`, `family`: of the usual name. `givens`, `families`, `roots`: of every name ever used."""
    usual_first = sorted(names, key=lambda name: name.get("kind", "usual") != "usual")
    givens = [words_of(name.get("given")) for name in usual_first]
    families = [family_words(name.get("family")) for name in usual_first]
    parts = [word for words in families if len(words) > 1 for word in words if len(word) > 2 and word not in PARTICLES]
    first_names = [words[0] for words in givens if words]
    return {
        "given": next(iter(first_names), None),
        "givens": _sorted(word for words in givens for word in words),
        "roots": _sorted(root for name in first_names for root in roots(name)),
        "family": next((" ".join(words) for words in families if words), None),
        "families": _sorted([*(" ".join(words) for words in families if words), *parts]),
    }


def birth_features(born: Iterable[str]) -> dict[str, Any]:
    """`born`: the first whole date; `borns`: every one; `year`: the year even when that is all."""
    births = [read_birth(text) for text in born]
    days = [birth.day for birth in births if birth.day]
    years = [birth.year for birth in births if birth.year]
    return {
        "born": next(iter(days), None),
        "borns": _sorted(days),
        "year": days[0][:4] if days else next(iter(years), None),
    }


def postcode_features(postcodes: Iterable[str | None]) -> dict[str, Any]:
    """`postcodes`: those that place somebody; `sector`: "KT7 3" of the first."""
    known = _sorted(code.value for text in postcodes if (code := read_postcode(text or "")).valid)
    return {"postcode": next(iter(known), None), "postcodes": known, "sector": known[0][:-2] if known else None}


def identifier_features(agency: str, identifiers: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """`nhs`, `upn`, `la`: valid numbers only. `nhs_typed`, `upn_typed`: the first as typed, valid or not.

    `own`: an agency's own numbers, as agency, system and value; `own_systems`: without the value.
    """
    valid: dict[str, list[str]] = {"nhs": [], "upn": [], "la": []}
    typed: dict[str, str] = {}
    own: list[tuple[str, str]] = []
    for said in identifiers:
        system, number = CHECKED_SYSTEMS.get(said["system"]), read_identifier(said["system"], said["value"])
        if system is None and number.value:
            own.append((f"{agency}|{said['system']}", plain(number.value)))
        elif system is not None and number.value:
            typed.setdefault(system, plain(number.value))
            valid[system] += [plain(number.value)] if number.valid else []
    return {
        **{system: _sorted(numbers) for system, numbers in valid.items()},
        "nhs_typed": typed.get("nhs"),
        "upn_typed": typed.get("upn"),
        "own": _sorted(f"{system}|{value}" for system, value in own),
        "own_systems": _sorted(system for system, _ in own),
    }


def place_features(statement: Mapping[str, Any]) -> dict[str, Any]:
    """`line`: the words without numbers; `numbers`: house and flat, in order; `postcode`; `uprn`."""
    words = [STREETS.get(word, word) for word in street_words(statement.get("lines") or "")]
    postcode = read_postcode(statement.get("postcode") or "")
    numbers = [word for word in words if re.match(r"\d", word)]
    found = {
        "line": " ".join(word for word in words if not re.match(r"\d", word)),
        "numbers": " ".join(numbers),
        "postcode": postcode.value if postcode.valid else None,
        "uprn": plain(statement.get("uprn") or "").lstrip("0"),
    }
    return {name: value for name, value in found.items() if value}


def street_words(lines: str) -> list[str]:
    """The words down to the street or house name: towns are said by one agency and left out by the next."""
    kept: list[str] = []
    for part in re.split(r"[,\n;]", lines):
        kept += plain(part).split()
        if any(word.isalpha() and word not in INNER for word in kept):
            break
    return kept


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(set(values))
