"""Forms of rights. Nothing is pre-selected, and everything asks why."""

from joinedup.rights.forms.access import AccessForm, LineForm, StepForm
from joinedup.rights.forms.retention import DestroyForm, HoldForm, LiftForm, WordForm
from joinedup.rights.forms.saying import AccountForm, AnswerForm, WrongForm

__all__ = [
    "AccessForm",
    "AccountForm",
    "AnswerForm",
    "DestroyForm",
    "HoldForm",
    "LiftForm",
    "LineForm",
    "StepForm",
    "WordForm",
    "WrongForm",
]
