"""What catches the eye, and what a guardian may find."""

from joinedup.governance.rules.watching import Found, Glance, Signal, Watch, declared, signals, watch_on

__all__ = ["Found", "Glance", "Signal", "Watch", "declared", "signals", "watch_on"]
