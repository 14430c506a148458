"""What the owner of a statement allows to be done with it: its handling code travels with it wherever it goes.

Source: the handling codes of police intelligence reports (P, lawful sharing permitted; C, lawful sharing permitted with
conditions), the information-sharing guidance of Greater Manchester (no onward sharing without the data holder), and
the young person's privacy that the extension of CP-IS left contested (an agency-held pointer instead of content).
"""

from enum import StrEnum


class HandlingCode(StrEnum):
    """How a statement may travel. One that is not known is read as the owner's conditions."""

    OPEN = "open"  # as far as the agreements go
    OWNER = "owner-consents"  # to the front door and whoever is responsible; not passed on without the owner's word
    ASK = "ask-me"  # that something is held, and whom to ask; what it says stays with its owner


POINTER = "holds-record"  # the kind of entry that others read instead of one whose owner says: ask me


def handling_code(text: str) -> HandlingCode:
    """The code as sent; an unknown one as the owner's conditions, which is safer than open."""
    return HandlingCode(text) if text in set(HandlingCode) else HandlingCode.OWNER
