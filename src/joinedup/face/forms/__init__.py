"""Django forms drawn with GOV.UK's parts: fields of our own, wording of errors, and the renderer (FORM_RENDERER)."""

from joinedup.face.forms.choices import offer
from joinedup.face.forms.dates import ApproximateDateField, DateBoxes, DayField
from joinedup.face.forms.errors import Error, errors_of
from joinedup.face.forms.parts import Option
from joinedup.face.forms.renderer import Renderer
from joinedup.face.forms.until import UntilForm

__all__ = [
    "ApproximateDateField",
    "DateBoxes",
    "DayField",
    "Error",
    "Option",
    "Renderer",
    "UntilForm",
    "errors_of",
    "offer",
]
