"""A pattern of the partnership's own, as its owner writes it."""

from django import forms

from joinedup.ground.editions import EditionError
from joinedup.recognise.rules.examples import sound_pattern
from joinedup.recognise.rules.language import Pattern


class OwnPatternForm(forms.Form):
    """The pattern file as text; sound only if every worked example in it says what stands beside it."""

    text = forms.CharField(
        label="The pattern, as text",
        help_text="The words are those of the pattern manual. Give it an edition name and a first day of its own.",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
        max_length=50_000,
        strip=False,
        error_messages={"required": "Write the pattern, or begin from one in the box"},
    )
    pattern: Pattern | None = None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.pattern = sound_pattern(text)
        except EditionError as error:
            raise forms.ValidationError(error.problems) from error
        return text
