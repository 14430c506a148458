"""Forms of the pages that join rooms."""

from django import forms


class FindForm(forms.Form):
    """One box, as people search: a name, or any number."""

    text = forms.CharField(
        label="Name, or any number",
        help_text="A name, NHS number, UPN, case number or joinedup reference. A date of birth helps but is not needed.",
        max_length=200,
        error_messages={"required": "Enter a name or a number"},
    )
