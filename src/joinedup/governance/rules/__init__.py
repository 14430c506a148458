"""What catches the eye, and what a guardian may find."""

from joinedup.governance.rules.naming import PART, compared, family_parts, surnames, to_keep
from joinedup.governance.rules.watching import Found, Glance, Signal, Watch, signals, watch_on

__all__ = [
    "PART",
    "Found",
    "Glance",
    "Signal",
    "Watch",
    "compared",
    "family_parts",
    "signals",
    "surnames",
    "to_keep",
    "watch_on",
]
