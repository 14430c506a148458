"""Classes of what is shielded in a paper: the same for a letter, a plan and a chronology.

Source: penalties and reprimands of the Information Commissioner for addresses of adopters, foster carers and families
in hiding that stood in letters, court bundles and placement records (Halton 2012; Telford and Wrekin 2012; Jackson
Quinn 2013; Wakefield 2023). There, a system printed by default; here, nothing shielded is printed unless released.
"""

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    """What must not reach a person by mistake."""

    HOME = "where somebody lives"
    PLACEMENT = "where the child is placed, and with whom"
    SCHOOL = "which school"
    CONTACT = "how to reach somebody"
    REPORTER = "who reported"


OF_ADDRESSES = {"placement": Class.PLACEMENT, "school": Class.SCHOOL}
OF_AGENCIES = {
    "school": Class.SCHOOL,
    "childrens-home": Class.PLACEMENT,
    "fostering": Class.PLACEMENT,
    "supported-accommodation": Class.PLACEMENT,
    "family": Class.REPORTER,
}


@dataclass(frozen=True)
class Shield:
    """One text that is shielded about a child, as it might be typed into a letter."""

    what: Class
    text: str


def class_of_address(kind: str) -> Class:
    """The class of an address by its kind in a notice (home, placement, school, other)."""
    return OF_ADDRESSES.get(kind, Class.HOME)


def class_of_agency(kind: str) -> Class | None:
    """The class of an agency's name by its kind; None where the name tells nothing of where a child is."""
    return OF_AGENCIES.get(kind)
