"""Forms of complaints."""

from datetime import date
from typing import Any

from django import forms

from joinedup.face.forms import DayField
from joinedup.face.words import sentence
from joinedup.rights.forms.parts import ReasonForm, ReferenceField, line, text
from joinedup.rights.rules.complaints import Dealt


class ComplaintForm(forms.Form):
    """Who complains, of what, since when. `today`: the civil day of the look."""

    name = line("Who complains?", required="Enter the name of whoever complains")
    subject = ReferenceField(
        label="Reference of the child it is about", required=False, max_length=20,
        help_text="Leave it empty if it is about no one child.",
    )  # fmt: skip
    says = text(
        "What is it about?", required="Write down what it is about",
        hint="How their data were handled. What happened to a child belongs in the child's record.",
    )  # fmt: skip
    received = DayField(label="When did they complain?", error_messages={"required": "Enter the day of the complaint"})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received(self) -> date:
        day: date = self.cleaned_data["received"]
        if day > self.today:
            raise forms.ValidationError("That day is yet to come. Enter today or an earlier day")
        return day


class DealForm(ReasonForm):
    """What they were told."""

    field_order = ("what", "reason")

    what = forms.ChoiceField(
        label="What happens with it?", widget=forms.RadioSelect, choices=[(one.name, sentence(one)) for one in Dealt],
        error_messages={"required": "Choose what happens with it"},
    )  # fmt: skip
