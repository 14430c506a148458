"""The form that asks why somebody opens a child outside their own work."""

from typing import Any

from django import forms

OTHER = "Something else"
WHY = (
    "It is on my desk: a new notice or a finding",
    "Somebody rang or wrote about this child",
    "A child I work with is a brother, sister or friend",
    "A meeting about this child",
    "A review that names this child",
    OTHER,
)


class ReasonForm(forms.Form):
    """Which of the usual reasons, and a few words; the words are needed where the reason alone says too little."""

    why = forms.ChoiceField(
        label="Why do you need to open this child?",
        choices=[(why, why) for why in WHY],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to open this child"},
    )
    more = forms.CharField(
        label="Say more", help_text="Needed for a review or something else.", max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") in (OTHER, WHY[4]) and not cleaned.get("more", "").strip():
            self.add_error("more", "Say which review it is, or what the reason is")
        return cleaned

    @property
    def reason(self) -> str:
        """The reason in one line, as the audit keeps it."""
        return ": ".join(part for part in (self.cleaned_data["why"], self.cleaned_data["more"].strip()) if part)
