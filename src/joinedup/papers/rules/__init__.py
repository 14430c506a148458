"""Plain rules of papers: who they are for, what is shielded in them, and what is left out for whom."""

from joinedup.papers.rules.naming import may_be_same
from joinedup.papers.rules.redaction import OVER, Part, Redaction, Shown, redact
from joinedup.papers.rules.shields import Class, Shield, class_of_address, class_of_agency

__all__ = [
    "OVER",
    "Class",
    "Part",
    "Redaction",
    "Shield",
    "Shown",
    "class_of_address",
    "class_of_agency",
    "may_be_same",
    "redact",
]
