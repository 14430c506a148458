"""A day until whose end something holds, which must not be over."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from joinedup.face.forms.dates import DayField
from joinedup.ground.clock import start_of

DAY = timedelta(days=1)


class UntilForm(forms.Form):
    """`today`: the civil day of the look. Its other fields come from the form that is made of it."""

    UNTIL_HINT: ClassVar[str] = ""

    until = DayField(label="Until the end of which day?", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].help_text = self.UNTIL_HINT

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise forms.ValidationError("That day is over. Enter today or a later day")
        return until

    def clean(self) -> dict[str, Any]:
        """With `ends`: the first instant (UTC) after that day; None where no day was given."""
        cleaned = super().clean() or {}
        until: date | None = cleaned.get("until")
        return cleaned | {"ends": start_of(until + DAY) if until else None}
