"""A person's word on two records: same or not, and why. Nothing is pre-selected."""

from django import forms

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
