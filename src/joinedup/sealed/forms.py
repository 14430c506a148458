"""Forms of the named officers. Nothing is pre-selected, and everything asks why."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.face.forms import offer
from joinedup.face.words import sentence
from joinedup.ground.reference import is_reference, normalise
from joinedup.link.rules.asking import statement
from joinedup.sealed.rules import Kind
from joinedup.share.forms import no_address
from joinedup.share.queries import Subject, by_reference

WHY = {"required": "Say why"}


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


class SealForm(forms.Form):
    """Whose identity, and why: by the reference it has here, or as it is named, or both."""

    kind = forms.ChoiceField(
        label="Why is it sealed?", widget=forms.RadioSelect, error_messages={"required": "Choose why it is sealed"}
    )
    old = ReferenceField(
        label="Reference of the old identity, if it is known here", required=False, max_length=20,
        help_text="Everything under it closes to everybody but the officers.",
    )  # fmt: skip
    given = forms.CharField(label="First name before", required=False, max_length=100)
    family = forms.CharField(label="Family name before", required=False, max_length=100)
    born = forms.DateField(label="Date of birth", required=False, help_text="For example, 17/05/2011")
    nhs = forms.CharField(label="NHS number before", required=False, max_length=20)
    now = ReferenceField(
        label="Reference of the child as they are known now", required=False, max_length=20,
        help_text="What speaks of them as they are now is never stopped. Leave it empty if they are not known here.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Who asked for it, and on what ground?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        validators=[no_address], help_text="Kept in the vault; only named officers read it.", error_messages=WHY,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.name, sentence(kind)) for kind in Kind])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("old") or self.statement):
            self.add_error("old", "Enter the old identity's reference, or both names with a date of birth or a number")
        return cleaned

    @property
    def statement(self) -> dict[str, Any] | None:
        """The old identity as it was typed; None where it says too little to tell anybody apart."""
        said = {name: self.cleaned_data.get(name) or "" for name in ("given", "family", "nhs")}
        born = self.cleaned_data.get("born")
        if not (said["nhs"] or (said["given"] and said["family"] and born)):
            return None
        return statement(
            given=said["given"], family=said["family"], born=born.isoformat() if born else "",
            numbers=[("nhs-number", said["nhs"])],
        )  # fmt: skip


class WordForm(forms.Form):
    """Why, for whatever button is pressed."""

    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, validators=[no_address],
        error_messages=WHY,
    )  # fmt: skip


class AnswerForm(WordForm):
    """What became of a message, as its sender reads it; or that it is about somebody else."""

    outcome = forms.ChoiceField(label="What the sender is told", required=False)
    feedback = forms.CharField(
        label="In your words, for the sender", widget=forms.Textarea(attrs={"rows": 2}), required=False,
        max_length=1000, validators=[no_address],
        help_text="Write as to any other report. Say nothing of a seal.",
    )  # fmt: skip
    field_order = ("outcome", "feedback", "reason")

    def __init__(self, *args: Any, outcomes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", "Choose"), *outcomes]  # type: ignore[attr-defined]


class SummaryForm(forms.Form):
    """What may be known of the needs, for a child named by reference."""

    about = ReferenceField(
        label="Reference of the child it is for", max_length=20,
        error_messages={"required": "Enter the reference of the child it is for"},
    )  # fmt: skip
    text = forms.CharField(
        label="What may be known", widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, validators=[no_address],
        help_text="Needs and what helps. No name, number, place or date of the life before; a second officer reads it.",
        error_messages={"required": "Write what may be known"},
    )  # fmt: skip
    concerns = forms.MultipleChoiceField(
        label="What worries", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="With any of these it comes to the front door's desk. Without, it is kept as background.",
    )  # fmt: skip

    def __init__(self, *args: Any, concerns: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "concerns", concerns)
