"""Forms of the pages that join rooms."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.face.forms import UntilForm, offer
from joinedup.face.words import sentence
from joinedup.share import queries as share
from joinedup.share.forms import no_address
from joinedup.share.rules import INVITED_AS, WORKS_AS, LockReason


class FindForm(forms.Form):
    """One box, as people search, and why: the reason is kept with the search and with the child opened from it."""

    text = forms.CharField(
        label="Name, or any number",
        help_text="A name, NHS number, UPN, case number or joinedup reference. A date of birth helps.",
        max_length=200,
        error_messages={"required": "Enter a name or a number"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Why are you looking?",
        help_text="One sentence. It is kept, and the child's page shows who looked and why.",
        max_length=300,
        error_messages={"required": "Say why you are looking"},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class LockForm(forms.Form):
    """Lock a case, on one of the grounds that the procedure knows, in a sentence."""

    why = forms.ChoiceField(
        label="Why is the case locked?",
        choices=[(one.name, sentence(one)) for one in LockReason],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the case is locked"},
    )
    reason = forms.CharField(
        label="Say more",
        help_text="Who ordered it, and until what is settled. Those directly involved can read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_address],
        error_messages={"required": "Say who ordered it, and until what is settled"},
    )


class UnlockForm(forms.Form):
    reason = forms.CharField(
        label="Why can the lock be taken off?",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_address],
        error_messages={"required": "Say why the lock can be taken off"},
    )


class StaffForm(forms.Form):
    """Names a member of staff, by the address with which they sign in; `email` cleans to the practitioner."""

    email = forms.EmailField(
        label="Work e-mail address of the member of staff",
        error_messages={"required": "Enter the address with which they sign in"},
    )

    def clean_email(self) -> Any:
        found = share.practitioner_of(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError("Nobody signs in with this address. Check it, or ask your administrator")
        return found


class InviteForm(StaffForm, UntilForm):
    """Let somebody in, as what, and until when."""

    UNTIL_HINT = "A meeting or a review has an end. Leave it empty for somebody named in the plan."
    field_order = ("email", "works_as", "until")

    works_as = forms.ChoiceField(
        label="As what?",
        choices=[(one, sentence(WORKS_AS[one])) for one in INVITED_AS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what they are let in"},
    )


class EndForm(forms.Form):
    """Whose part ends now. `workers`: those directly involved."""

    worker = forms.ChoiceField(label="Whose part ends now?", error_messages={"required": "Choose whose part ends"})

    def __init__(self, *args: Any, workers: Iterable[share.Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "worker", [("", "Choose"), *((one.key, f"{one.name}, {one.works_as}") for one in workers)])


class ConflictForm(StaffForm):
    """Close the child to a practitioner who is related to it, or otherwise a party."""

    reason = forms.CharField(
        label="How are they related?",
        help_text="For example: an uncle; a neighbour; declared by themselves.",
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_address],
        error_messages={"required": "Say how they are related"},
    )
