"""Forms of governance: a guardian's word; what somebody declares of their own family."""

from django import forms

from joinedup.face.words import sentence
from joinedup.governance.rules import Found
from joinedup.share.forms import no_address


class ReviewForm(forms.Form):
    """What a guardian finds of one look, and why."""

    found = forms.ChoiceField(
        label="What did you find?", widget=forms.RadioSelect,
        choices=[(found.name, sentence(found)) for found in Found],
        error_messages={"required": "Choose what you found"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, validators=[no_address],
        help_text="Whom you asked, and what they said. Nothing of the child.", error_messages={"required": "Say why"},
    )  # fmt: skip


class DeclareForm(forms.Form):
    """A family name or a postcode of one's own family."""

    what = forms.ChoiceField(
        label="What do you declare?", widget=forms.RadioSelect,
        choices=[("name", "A family name of my own family"), ("postcode", "A postcode where my own family lives")],
        error_messages={"required": "Choose what you declare"},
    )  # fmt: skip
    text = forms.CharField(
        label="The name or the postcode", max_length=100,
        help_text="It is kept so that it can be compared, and can be read by nobody.",
        error_messages={"required": "Enter the name or the postcode"},
    )  # fmt: skip
