"""Forms of what police and courts ask for, and of an owner's word."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.face.forms import offer
from joinedup.face.words import sentence
from joinedup.rights.forms.parts import ReasonForm, line, text
from joinedup.rights.rules.victims import Demander, Turn

STEPS = (Turn.MORE, Turn.REASON, Turn.NOTICE, Turn.NO_NOTICE, Turn.CHOOSE, Turn.REFUSE, Turn.WITHDRAW)


class DemandForm(forms.Form):
    """Who asks for a victim's information, for what, and why."""

    demander = forms.ChoiceField(
        label="Who asks?", widget=forms.RadioSelect, choices=[(one.name, sentence(one)) for one in Demander],
        error_messages={"required": "Choose who asks"},
    )  # fmt: skip
    office = line("Which office, and their number", required="Enter who of them asks")
    wants = text("What do they want?", required="Say what they want", hint="What exactly, and of which time.")
    why = text("Why do they need it?", hint="As they put it. Leave it empty if they did not say: they are asked.")


class TurnForm(ReasonForm):
    """What happens next. `lines`: (key, words) of entries that can be chosen."""

    field_order = ("what", "entries", "reason")

    what = forms.ChoiceField(
        label="What happens next?", widget=forms.RadioSelect, choices=[(one.name, sentence(one)) for one in STEPS],
        error_messages={"required": "Choose what happens next"},
    )  # fmt: skip
    entries = forms.MultipleChoiceField(
        label="Entries that may go to them", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Only with “Entries were chosen”. As few as answer the question; their agencies are asked.",
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "entries", lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") == Turn.CHOOSE.name and not cleaned.get("entries"):
            self.add_error("entries", "Choose at least one entry, or refuse the request")
        return cleaned


class OwnerForm(ReasonForm):
    """An agency's word on its own entries."""

    field_order = ("given", "reason")

    given = forms.ChoiceField(
        label="May these go to them?", widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Choose whether they may"},
    )  # fmt: skip
