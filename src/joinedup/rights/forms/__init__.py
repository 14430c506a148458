"""Forms of rights. Nothing is pre-selected, and everything asks why."""

from joinedup.rights.forms.retention import DestroyForm, HoldForm, LiftForm, WordForm

__all__ = ["DestroyForm", "HoldForm", "LiftForm", "WordForm"]
