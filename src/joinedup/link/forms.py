"""A person's word on two records, and why; asking whether a child is known. Nothing is pre-selected."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.face.forms import DayField
from joinedup.ground.reference import is_reference, normalise
from joinedup.link.queries import RecordRow
from joinedup.link.rules.asking import asked_features, enough, statement
from joinedup.share.forms import no_address

SAME, NOT_SAME, CANNOT_TELL = "same", "not-same", "cannot-tell"
WORDS: dict[str, bool | None] = {SAME: True, NOT_SAME: False, CANNOT_TELL: None}


class ReasonForm(forms.Form):
    """How somebody knows."""

    reason = forms.CharField(
        label="How do you know?",
        help_text="Whom you asked, or what you saw. It is kept with your name, and can be taken back later.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_address],
        max_length=2_000,
        error_messages={"required": "Say how you know that they are, or are not, the same"},
    )


class PartForm(ReasonForm):
    """Which of a child's records speak of somebody else. `rows`: the child's records."""

    records = forms.MultipleChoiceField(
        label="Which of these records are about somebody else?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the records that are about somebody else"},
    )
    field_order = ("records", "reason")

    def __init__(self, *args: Any, rows: Sequence[RecordRow], **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = [row.key for row in rows]
        self.fields["records"].choices = [(key, key) for key in self.keys]  # type: ignore[attr-defined]

    def clean_records(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["records"]
        if len(chosen) == len(self.keys):
            raise forms.ValidationError("Leave at least one record with this child")
        return chosen

    @property
    def sides(self) -> dict[str, list[str]]:
        """What `actions.part` is given: {others, rest}."""
        others = self.cleaned_data["records"]
        return {"others": others, "rest": [key for key in self.keys if key not in others]}


class OtherForm(forms.Form):
    """The reference of another child, who may be the same."""

    other = forms.CharField(
        label="The other child's reference",
        max_length=20,
        error_messages={"required": "Give the other child's reference"},
    )

    def clean_other(self) -> str:
        other = normalise(self.cleaned_data["other"])
        if not is_reference(other):
            raise forms.ValidationError("No child has this reference: check each letter and figure")
        return other


ACCEPT, REFUSE = "accept", "refuse"


class EditionForm(forms.Form):
    """A named person's decision on an edition; `word` is the button pressed."""

    reason = forms.CharField(
        label="Why?",
        help_text="What you looked at, and with whom. It is kept with your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_address],
        max_length=500,
        error_messages={"required": "Say why it should, or should not, come into force"},
    )
    word = forms.ChoiceField(
        choices=[(ACCEPT, "Bring it into force"), (REFUSE, "Leave it out")],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose whether it comes into force"},
    )


class WordForm(ReasonForm):
    """`word` is the button pressed."""

    word = forms.ChoiceField(
        choices=[(SAME, "The same"), (NOT_SAME, "Not the same"), (CANNOT_TELL, "Nobody can tell")],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose whether they are the same"},
    )


class AskForm(forms.Form):
    """Two identifiers and a reason. `cleaned_data["said"]` is what was typed, as a statement."""

    LACKING = (
        "Give two things that you know of the child: both names and the date of birth, or the NHS number and "
        "one of these. Check the NHS number if you gave it"
    )

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
        if not self.errors and not self.enough(cleaned | {"said": said}):
            raise forms.ValidationError(self.LACKING)
        return cleaned | {"said": said}

    def enough(self, cleaned: dict[str, Any]) -> bool:
        """Whether what was typed can mean one child."""
        return enough(asked_features(cleaned["said"]))


class EmergencyForm(AskForm):
    """Which child, by its reference or by two identifiers, and what the emergency is."""

    LACKING = (
        "Give the child's reference, or two things that you know: both names and the date of birth, or the NHS number "
        "and one of these"
    )

    reference = forms.CharField(
        label="The child's reference", help_text="If you have it. Else fill in what you know below.",
        required=False, max_length=20,
    )  # fmt: skip
    reason = forms.CharField(
        label="What is the emergency?",
        help_text="Whose child it is reads this at once, and somebody else reviews it by the next working day.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_address],
        max_length=500,
        error_messages={"required": "Say what the emergency is"},
    )
    field_order = ("reference", "given", "family", "born", "nhs", "reason")

    def enough(self, cleaned: dict[str, Any]) -> bool:
        return is_reference(normalise(cleaned.get("reference", ""))) or super().enough(cleaned)

    @property
    def whom(self) -> dict[str, Any]:
        """The child meant: {reference, said}."""
        return {name: self.cleaned_data[name] for name in ("reference", "said")}
