"""A person's word on two records, and why; asking whether a child is known. Nothing is pre-selected."""

from typing import Any

from django import forms

from joinedup.face.forms import DayField
from joinedup.link.rules.asking import asked_features, enough, statement

SAME, NOT_SAME = "same", "not-same"


class WordForm(forms.Form):
    """`same` is the button pressed."""

    reason = forms.CharField(
        label="How do you know?",
        help_text="Whom you asked, or what you saw. It is kept with your name, and can be taken back later.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": "Say how you know that they are, or are not, the same"},
    )
    word = forms.ChoiceField(
        choices=[(SAME, "The same"), (NOT_SAME, "Not the same")],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose whether they are the same"},
    )


class AskForm(forms.Form):
    """Two identifiers and a reason. `cleaned_data["said"]` is what was typed, as a statement."""

    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Last name", required=False, max_length=100)
    born = DayField(label="Date of birth", required=False)
    nhs = forms.CharField(label="NHS number", help_text="If you know it.", required=False, max_length=20)
    reason = forms.CharField(
        label="Why are you asking?",
        help_text="One sentence. The duty line sees who asked about whom, and why.",
        max_length=300,
        error_messages={"required": "Say why you are asking"},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born = cleaned.get("born")
        said = statement(
            given=cleaned.get("given", ""), family=cleaned.get("family", ""),
            born=born.isoformat() if born else "", numbers=[("nhs-number", cleaned.get("nhs", ""))],
        )  # fmt: skip
        if not self.errors and not enough(asked_features(said)):
            raise forms.ValidationError(
                "Give two things that you know of the child: both names and the date of birth, or the NHS number and "
                "one of these. Check the NHS number if you gave it"
            )
        return cleaned | {"said": said}
