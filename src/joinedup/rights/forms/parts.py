"""Parts that the forms of rights share."""

from typing import Any

from django import forms

from joinedup.ground.reference import is_reference, normalise
from joinedup.share.forms import no_address
from joinedup.share.queries import Subject, by_reference


class ReasonForm(forms.Form):
    """Why, for whatever button is pressed."""

    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, validators=[no_address],
        error_messages={"required": "Say why"},
    )  # fmt: skip


class ReferenceField(forms.CharField):
    """A child's reference, as somebody speaks it; its `Subject`, or None where it is left empty."""

    def clean(self, value: Any) -> Subject | None:
        text = super().clean(value)
        if not text:
            return None
        found = by_reference(normalise(text)) if is_reference(normalise(text)) else None
        if found is None or found.kind != "child":
            raise forms.ValidationError("No child here has this reference. Check it, letter by letter")
        return found


def text(label: str, *, rows: int = 3, required: str = "", hint: str = "") -> forms.CharField:
    """A box for free text that others will read. `required`: what to say where it is empty; none: it may be."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=5000, validators=[no_address],
        help_text=hint, required=bool(required), error_messages={"required": required} if required else {},
    )  # fmt: skip


def line(label: str, *, required: str = "", hint: str = "") -> forms.CharField:
    """A line of free text, as `text`."""
    return forms.CharField(
        label=label, max_length=200, validators=[no_address], help_text=hint, required=bool(required),
        error_messages={"required": required} if required else {},
    )  # fmt: skip
