"""Linkage in words: what two records have in common and what speaks against their being one. Never a score."""

from collections.abc import Mapping

SAYS: dict[str, dict[str, str]] = {
    "given": {
        "same": "same forename",
        "swapped": "forename and surname the other way round",
        "known-as": "the forename of one is among the other's names",
        "nickname": "one forename is a short or other form of the other",
        "initial": "only an initial is given, and it fits",
        "close": "forename differs by a letter or so",
        "near": "forenames are somewhat alike",
        "different": "forename differs",
        "missing": "forename",
    },
    "family": {
        "same": "same surname",
        "known-as": "a surname in common, as another name or part of a double one",
        "close": "surname differs by a letter or so",
        "near": "surnames are somewhat alike",
        "different": "surname differs",
        "missing": "surname",
    },
    "born": {
        "same": "same date of birth",
        "turned": "date of birth with day and month the other way round",
        "slip": "date of birth differs by one digit",
        "two-parts": "date of birth differs in the day, the month or the year",
        "year": "same year of birth; a day is not known",
        "different": "date of birth differs",
        "missing": "date of birth",
    },
    "sex": {"same": "same sex", "different": "sex recorded differently", "missing": "sex"},
    "postcode": {
        "same": "same postcode",
        "slip": "postcode differs by one letter or digit",
        "sector": "addresses in one neighbourhood",
        "different": "postcode differs",
        "missing": "postcode",
    },
    "line": {"same": "same street", "close": "street written a little differently", "different": "street differs",
             "missing": "street"},
    "numbers": {"same": "same house", "different": "house number differs", "missing": "house number"},
}  # fmt: skip
NUMBERS = {"nhs": "NHS number", "upn": "unique pupil number", "la": "council's child number", "uprn": "property number",
           "own": "number within the same agency"}  # fmt: skip
CONTRADICTED = "contradicted"
REASONS = {
    "": "What agrees is not enough to be sure.",
    "other-nhs": "Each has a valid NHS number of its own, and they differ.",
    "other-upn": "Each has a valid pupil number of its own, and they differ.",
    "other-house": "They are two houses, or two flats of one house.",
    "two-numbers-of-one-agency": "One agency holds them under two numbers.",
    "other-birth": "The dates of birth differ by more than a slip, and they share no number.",
    "twins": "Same birth and surname, other forename: they may be twins.",
    "siblings": "Same surname, other forename, and nothing else tells: they may be of one family.",
    "one-number-two-forenames": "They share a number, but the forenames are quite other: the number may be a mistake.",
    "one-notice": "One notice names them as two people.",
    "one-kind-of-evidence": "Only one kind of thing agrees; a name alone, or a number alone, joins nobody.",
    "rival": "Another record, which cannot be the same person, fits almost as well.",
    "refused": "Joining them would join two who must stay apart.",
    "worked-with": "People work with both, as two children: nothing joins them by itself.",
    "held-together": "People work with them as one child; what is now known says that they may be two.",
    "a-person-said-so": "A practitioner said that they are not the same.",
    CONTRADICTED: "What people said of these records, or what their numbers say, cannot all be so. Please settle it.",
}
STRONGLY, CLEARLY = 10_000, 3_000  # thousandths of a bit


def says(comparison: str, level: str) -> str:
    """One comparison in words: "same date of birth"; where it is missing, what is not known: "date of birth"."""
    if comparison in NUMBERS:
        return _says_of_number(NUMBERS[comparison], level)
    return SAYS[comparison][level]


def _says_of_number(name: str, level: str) -> str:
    return {
        "same": f"same {name}",
        "slip": f"{name} differs by one digit",
        "different": f"{name} differs",
        "missing": name,
    }[level]


def weighs(share: int) -> str:
    """How much a comparison says, in words: a share of the weight in thousandths of a bit."""
    if abs(share) < 1_000:
        return "says little either way"
    way = "for" if share > 0 else "against"
    strength = "strongly " if abs(share) >= STRONGLY else "clearly " if abs(share) >= CLEARLY else ""
    return f"speaks {strength}{way}"


def in_one_sentence(levels: Mapping[str, tuple[str, int]]) -> str:
    """What agrees, then what differs: "same date of birth, same forename; surname differs"."""
    known = {name: (level, share) for name, (level, share) in levels.items() if level != "missing"}
    agree = [says(name, level) for name, (level, share) in known.items() if share > 0]
    differ = [says(name, level) for name, (level, share) in known.items() if share <= 0]
    return "; ".join(part for part in (", ".join(agree), ", ".join(differ)) if part)
