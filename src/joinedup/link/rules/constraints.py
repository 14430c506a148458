"""What keeps two records apart whatever their weight: constraints on a pair, each with its name (law 2).

Hard: two valid identifiers, or two houses, that differ. Softer, for a person may overrule them: one agency's two
numbers, two births, twins. Sources: the twin rule after the Ministry of Justice's matcher.
"""

from collections.abc import Callable

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from joinedup.link.rules.features import Features
from joinedup.link.rules.model import NEAR, TWIN_NAMES_DIFFER_BELOW, Model
from joinedup.link.rules.names import nicknames

TWINS, SIBLINGS = "twins", "siblings"
ONE_NUMBER, OTHER_BIRTH = "one-number-two-forenames", "other-birth"
OTHER_FORENAME = {TWINS, SIBLINGS, ONE_NUMBER}
SLIPS: dict[str, Callable[[str, str], bool]] = {
    "letter": lambda x, y: DamerauLevenshtein.distance(x, y, score_cutoff=1) <= 1,
    "turned": lambda x, y: x == f"{y[:4]}-{y[8:]}-{y[5:7]}",
    "one-part": lambda x, y: (x[:4] == y[:4]) + (x[5:7] == y[5:7]) + (x[8:] == y[8:]) >= 2,
}


def two_slips(one: str, other: str) -> bool:
    """At most two letters of the date are other ones, or turned."""
    return DamerauLevenshtein.distance(one, other, score_cutoff=2) <= 2


def identifiers_differ(a: Features, b: Features) -> str:
    """Two valid NHS numbers or pupil numbers, none in common, that no typing slip explains."""
    for system in ("nhs", "upn"):
        if a.get(system) and b.get(system) and not _shares(a, b, system):
            slips = (DamerauLevenshtein.distance(x, y, score_cutoff=1) <= 1 for x in a[system] for y in b[system])
            if not any(slips):
                return f"other-{system}"
    return ""


def house_differs(a: Features, b: Features) -> str:
    """Two houses of one street, or two flats of one house."""
    return "other-house" if a.get("numbers", "") != b.get("numbers", "") and not _equal(a, b, "uprn") else ""


def softer_rule(a: Features, b: Features) -> str:
    """One agency's two numbers, two births, or twins."""
    if _shares(a, b, "own_systems") and not _shares(a, b, "own"):
        return "two-numbers-of-one-agency"
    return OTHER_BIRTH if births_differ(a, b) else twins(a, b) or siblings(a, b)


def births_differ(a: Features, b: Features) -> bool:
    """Two whole dates of birth that no slip explains, and no number in common: brothers may bear one name."""
    if not (a.get("borns") and b.get("borns")) or _share_a_number(a, b):
        return False
    return not any(SLIPS[slip](x, y) for slip in SLIPS for x in a["borns"] for y in b["borns"])


def twins(a: Features, b: Features) -> str:
    """Same date of birth and surname, but another forename, no nickname of it, no swap: two children of one birth.

    A number in common does not make them one when the forenames are quite other: it may be shared by mistake.
    """
    if not _shares(a, b, "borns") or not surnames_alike(a, b) or one_forename(a, b):
        return ""
    alike = JaroWinkler.similarity(a["given"], b["given"])
    if _share_a_number(a, b):
        return ONE_NUMBER if alike < NEAR else ""
    return TWINS if alike < TWIN_NAMES_DIFFER_BELOW else ""


def siblings(a: Features, b: Features) -> str:
    """One surname and quite another forename, and nothing of their own in common: two of a family.

    Their own would be a number, a whole date of birth, or a further thing that somebody maps (`link.rules.mapping`).
    """
    alike = _share_a_number(a, b) or _shares(a, b, "borns") or _shares(a, b, "further") or one_forename(a, b)
    if alike or not surnames_alike(a, b):
        return ""
    return SIBLINGS if JaroWinkler.similarity(a["given"], b["given"]) < NEAR else ""


def one_forename(a: Features, b: Features) -> bool:
    """Nothing says that the forenames are two: one is not known, or they are a nickname, a swap or a short form."""
    if "given" not in a or "given" not in b:
        return True
    known_as = a["given"] in b["givens"] or b["given"] in a["givens"] or a["given"] == b.get("family")
    return known_as or _shares(a, b, "roots") or short_for(a["given"], b["given"])


def yields(why: str, a: Features, b: Features, model: Model) -> bool:
    """Whether the model knows such people as so rare, and such slips as so frequent, that the rule need not speak."""
    if why == OTHER_BIRTH:
        return not model.namesakes_apart or (model.two_slips_are_one and twice_slipped(a, b))
    if why == SIBLINGS and not model.siblings_apart:
        return True
    if why not in OTHER_FORENAME:
        return False
    alike = JaroWinkler.similarity(a["given"], b["given"])
    return (why != SIBLINGS and alike >= model.twins_below) or mistyped(a["given"], b["given"], model)


def bridges(record: Features, a: Features, b: Features, model: Model) -> bool:
    """The record says that one person bears both forenames; or it spells the one, which is also known as the other.

    A short form that both may have ("Sam" of Samuel and Samantha, an initial) says nothing of the kind.
    """
    if "given" not in record:
        return False
    if {a["given"], b["given"]} <= set(record["givens"]):
        return True
    spelt = [spells(record, one, model) for one in (a, b)]
    return any(spelt) and all(one or _shares(record, other, "roots") for one, other in zip(spelt, (a, b), strict=True))


def spells(a: Features, b: Features, model: Model) -> bool:
    """One forename, spelt or typed in two ways."""
    close = JaroWinkler.similarity(a["given"], b["given"]) >= TWIN_NAMES_DIFFER_BELOW
    return close or mistyped(a["given"], b["given"], model)


def twice_slipped(a: Features, b: Features) -> bool:
    """Of one forename and surname, and two letters of their births are other ones."""
    named = _shares(a, b, "roots") and _shares(a, b, "families")
    return named and any(two_slips(x, y) for x in a["borns"] for y in b["borns"])


def mistyped(one: str, other: str, model: Model) -> bool:
    """One letter of one of them makes it the other, and it is not a name that anybody is known to bear."""
    slipped = len(one) > 2 < len(other) and DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1
    return slipped and not (is_name(one, model) and is_name(other, model))


def is_name(forename: str, model: Model) -> bool:
    """Whether it is a name: of the model's people, or of the table of nicknames."""
    return model.known(forename) or forename in nicknames()


def confirms(why: str, one: Features, other: Features) -> bool:
    """Whether another record says the forename, or the birth, that the rule speaks of, of the same person."""
    named = _shares(one, other, "roots") and surnames_alike(one, other)
    same = one["given"] == other.get("given") if why != OTHER_BIRTH else one["born"] == other.get("born")
    return same and named and _shares(one, other, "borns")


def short_for(one: str, other: str) -> bool:
    """An initial, or a name that begins or ends the other: "J" of "Jo", "Sam" of "Samantha", "Seun" of "Oluwaseun"."""
    short, long = sorted((one, other), key=len)
    return (long.startswith(short) and len(short) != 2) or (long.endswith(short) and len(short) > 3)


def surnames_alike(a: Features, b: Features) -> bool:
    if _shares(a, b, "families"):
        return True
    return (
        "family" in a and "family" in b and JaroWinkler.similarity(a["family"], b["family"]) >= TWIN_NAMES_DIFFER_BELOW
    )


def _share_a_number(a: Features, b: Features) -> bool:
    return any(_shares(a, b, system) for system in ("nhs", "upn", "la", "own"))


def _shares(a: Features, b: Features, column: str) -> bool:
    left, right = a.get(column), b.get(column)
    return left is not None and right is not None and not set(left).isdisjoint(right)


def _equal(a: Features, b: Features, column: str) -> bool:
    return column in a and a[column] == b.get(column)
