"""Forms of papers: for whom and what; what to release; who must not learn what. Nothing is pre-selected."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.face.forms import UntilForm, offer
from joinedup.papers.rules import Class
from joinedup.share import queries as share
from joinedup.share.forms import no_address

RELATIONS = ("the child", "mother", "father", "parent", "carer", "foster carer", "grandparent", "other family",
             "practitioner", "court", "solicitor", "somebody else")  # fmt: skip
CLASSES = [(one.name, one[0].upper() + one[1:]) for one in Class]
WHY = {"required": "Say why"}


class PaperForm(forms.Form):
    """A paper for one recipient. `lines`: (key, words) of entries that may be quoted."""

    name = forms.CharField(
        label="Who is it for?", help_text="One person, by name.", max_length=200,
        validators=[no_address],
        error_messages={"required": "Enter the name of the person it is for"},
    )  # fmt: skip
    relation = forms.ChoiceField(
        label="Who are they to the child?", choices=[("", "Choose"), *((one, one) for one in RELATIONS)],
        error_messages={"required": "Choose who they are to the child"},
    )  # fmt: skip
    email = forms.EmailField(
        label="Work e-mail address, if they sign in here",
        help_text="Then the paper holds what their own role shows them.", required=False,
    )  # fmt: skip
    purpose = forms.CharField(
        label="What is it for?", max_length=200, validators=[no_address],
        error_messages={"required": "Say what it is for"},
    )  # fmt: skip
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    text = forms.CharField(
        label="What you write", widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What is shielded is found in it and withheld; you see it before anything leaves.",
        error_messages={"required": "Write something"},
    )  # fmt: skip
    excerpts = forms.MultipleChoiceField(
        label="Entries to quote", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Each says which agency said it. What its owner keeps needs their word.",
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "excerpts", lines)

    def clean_email(self) -> Any:
        email = self.cleaned_data["email"]
        found = share.practitioner_of(email) if email else None
        if email and found is None:
            raise forms.ValidationError("Nobody signs in with this address. Leave it empty, or check it")
        return found

    @property
    def said(self) -> dict[str, Any]:
        """What `actions.prepare` is to be given, beside by whom, when and about whom."""
        said = dict(self.cleaned_data)
        return {"practitioner": said.pop("email"), **said}


class ReleaseForm(forms.Form):
    """Send it as it stands, or ask a second person to release some of what is withheld, or do not share it."""

    classes = forms.MultipleChoiceField(
        label="Release, although it is shielded", widget=forms.CheckboxSelectMultiple, required=False, choices=CLASSES,
        help_text="A second person sees the same page, and decides. Leave it empty to send the paper as it stands.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=2000,
        validators=[no_address],
        help_text="Needed to release what is shielded, and to decide not to share.",
    )  # fmt: skip

    def __init__(self, *args: Any, releasable: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = set(releasable)
        if may:
            offer(self, "classes", [one for one in CLASSES if Class[one[0]] in may])
        else:
            del self.fields["classes"]

    @property
    def chosen(self) -> list[Class]:
        return [Class[name] for name in self.cleaned_data.get("classes", ())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuses = self.data.get("do") in ("refuse", "ask")
        if (refuses or cleaned.get("classes")) and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why")
        return cleaned


class WordForm(forms.Form):
    """An agency's word on its own material."""

    given = forms.ChoiceField(
        label="May this go to them?", widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Choose whether it may"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), error_messages=WHY, validators=[no_address]
    )


class BarForm(UntilForm):
    """That a person must not learn something about this child."""

    UNTIL_HINT = "Empty: until somebody says so."
    field_order = ("name", "what", "until", "reason")

    name = forms.CharField(
        label="Who must not learn it?", help_text="As a letter would address them.", max_length=200,
        error_messages={"required": "Enter their name"},
    )  # fmt: skip
    what = forms.MultipleChoiceField(
        label="What must they not learn?", widget=forms.CheckboxSelectMultiple, choices=CLASSES,
        error_messages={"required": "Choose what they must not learn"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), error_messages=WHY, validators=[no_address]
    )


class UnbarForm(forms.Form):
    """That somebody may learn it again."""

    name = forms.ChoiceField(label="Who may learn it again?", error_messages={"required": "Choose who"})
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 2}), error_messages=WHY, validators=[no_address]
    )

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "name", [("", "Choose"), *((name, name) for name in names)])
