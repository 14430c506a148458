"""Forms of rights. Nothing is pre-selected, and everything asks why."""

from joinedup.rights.forms.access import AccessForm, LineForm, StepForm
from joinedup.rights.forms.complaints import ComplaintForm, DealForm
from joinedup.rights.forms.retention import DestroyForm, HoldForm, LiftForm, WordForm
from joinedup.rights.forms.saying import AccountForm, AnswerForm, WrongForm
from joinedup.rights.forms.victims import DemandForm, OwnerForm, TurnForm

__all__ = [
    "AccessForm",
    "AccountForm",
    "AnswerForm",
    "ComplaintForm",
    "DealForm",
    "DemandForm",
    "DestroyForm",
    "HoldForm",
    "LiftForm",
    "LineForm",
    "OwnerForm",
    "StepForm",
    "TurnForm",
    "WordForm",
    "WrongForm",
]
