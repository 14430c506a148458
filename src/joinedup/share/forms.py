"""Forms of share: why somebody opens a child outside their own work; what a review of an emergency found."""

from typing import Any

from django import forms

from joinedup.face.forms import offer
from joinedup.face.words import sentence
from joinedup.share.rules import GlassFound, Purpose, scan

OTHER = "Something else"
WHY = (
    "Somebody rang or wrote about this child",
    "A child I work with is a brother, sister or friend",
    "A meeting about this child",
    OTHER,
)
FOR_A_REVIEW = ("A review that names this child", OTHER)


def no_address(text: str) -> None:
    """A validator of free text that others will read: refuses a postcode, a phone number, an e-mail address.

    Raises ValidationError, which says what was found and what to do.
    """
    if found := scan(text):
        what = " and ".join(dict.fromkeys(one.kind for one in found))
        raise forms.ValidationError(
            f"Take out {what}: whoever may read this would read it. Where somebody is and how to reach them belongs "
            "in a report, where it is shielded"
        )


class ReasonForm(forms.Form):
    """Which of the usual reasons, and a few words; the words are needed where the reason alone says too little."""

    why = forms.ChoiceField(
        label="Why do you need to open this child?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to open this child"},
    )
    more = forms.CharField(
        label="Say more",
        help_text="Needed for a review or something else.",
        max_length=300,
        required=False,
        validators=[no_address],
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "why", [(one, one) for one in (FOR_A_REVIEW if purpose is Purpose.REVIEW else WHY)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") in (OTHER, *FOR_A_REVIEW) and not cleaned.get("more", "").strip():
            self.add_error("more", "Say which review it is, or what the reason is")
        return cleaned

    @property
    def reason(self) -> str:
        """The reason in one line, as the audit keeps it."""
        return ": ".join(part for part in (self.cleaned_data["why"], self.cleaned_data["more"].strip()) if part)


class GlassReviewForm(forms.Form):
    """What the review of one opening in an emergency found, and why. Nothing is pre-selected."""

    found = forms.ChoiceField(
        label="What did you find?",
        choices=[(one.name, sentence(one)) for one in GlassFound],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )
    reason = forms.CharField(
        label="How do you know?",
        help_text="Whom you asked, and what they said.",
        validators=[no_address],
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": "Say how you know"},
    )
