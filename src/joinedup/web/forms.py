"""Forms of the pages that join rooms."""

from django import forms


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
