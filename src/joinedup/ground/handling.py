"""How each stored field must be handled: every model field names its class (a law test counts them).

The classes say what a field may do to a person if it leaks, not what type it has.
Source of the rule: OWASP ASVS 5.0, 14.1.1 and 14.1.2 (every field classified).
"""

from enum import StrEnum


class Handling(StrEnum):
    """What a stored field is, for access, redaction, export and retention."""

    KEY = "key"  # opaque keys and spoken references: tell nothing by themselves
    SYSTEM = "system"  # times, states, versions
    IDENTITY = "identity"  # who somebody is: names, dates of birth, identifiers
    SHIELDED = "shielded"  # where somebody is, how to reach them, who reported
    CASE = "case"  # what happened, what worries, what goes well
    DECISION = "decision"  # what a practitioner decided and why
    STAFF = "staff"  # practitioners and agencies
    SECRET = "secret"  # noqa: S105 - a class of field, not a password


def classify(**fields_by_class: str) -> dict[str, Handling]:
    """Read `classify(key="id", case="kind words")` as {"id": KEY, "kind": CASE, "words": CASE}.

    Raises ValueError for an unknown class or a field named twice.
    """
    pairs = [(field, Handling(name)) for name, fields in fields_by_class.items() for field in fields.split()]
    if len(dict(pairs)) != len(pairs):
        raise ValueError(f"a field stands in two handling classes: {pairs}")
    return dict(pairs)
