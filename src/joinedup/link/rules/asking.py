"""Asking whether a child is known: by two identifiers that are whole, and that the child's own records say.

Nothing is weighed here: whoever does not know the child well enough to name two identifiers rightly learns nothing.
"""

from collections.abc import Iterable
from typing import Any

from joinedup.link.rules.features import Features, person_features
from joinedup.link.rules.statements import CHILD

NUMBERS = ("nhs", "upn")
ASKS_A_DAY = 20  # unless the partnership sets its own ("asks_a_day")


def statement(*, given: str, family: str, born: str, numbers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What was typed, as a statement. `numbers`: (system, value), such as ("nhs-number", "999 000 0018")."""
    identifiers = [{"system": system, "value": value} for system, value in numbers if value]
    names = [{"given": given, "family": family}] if given or family else []
    return {"names": names, "born": [born] if born else [], "sex": None, "identifiers": identifiers, "addresses": []}


def asked_features(said: dict[str, Any]) -> Features:
    """A typed statement in the features of records."""
    return person_features("", said)


def identifiers(asked: Features) -> set[str]:
    """Which identifiers were given whole: both names; a full date of birth; a valid number."""
    whole = {"born": bool(asked.get("born")), "name": bool(asked.get("roots") and asked.get("family"))}
    whole |= {number: bool(asked.get(number)) for number in NUMBERS}
    return {name for name, given in whole.items() if given}


def enough(asked: Features) -> bool:
    """Whether two identifiers were given, of which at most one may be a number."""
    given = identifiers(asked)
    return len(given) >= 2 and bool(given - set(NUMBERS))


def blocks(asked: Features) -> list[str]:
    """Where records that say so are found: by number, and by a name with the date of birth."""
    numbers = [f"{CHILD}|{system}|{value}" for system in NUMBERS for value in asked.get(system, ())]
    born = asked.get("born")
    return numbers + [f"{CHILD}|rb|{root}|{born}" for root in asked.get("roots", ()) if born]


def agree(asked: Features, known: Iterable[Features]) -> bool:
    """Whether a child's records together say every identifier that was given."""
    records = list(known)
    given = identifiers(asked)
    says = {
        "born": any(asked.get("born") in record.get("borns", ()) for record in records),
        "name": any(_same_name(asked, record) for record in records),
        **{n: any(set(asked.get(n, ())) & set(record.get(n, ())) for record in records) for n in NUMBERS},
    }
    return all(says[name] for name in given)


def _same_name(asked: Features, record: Features) -> bool:
    shares_root = set(asked.get("roots", ())) & set(record.get("roots", ()))
    return bool(shares_root) and asked.get("family") in record.get("families", ())
