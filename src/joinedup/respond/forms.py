"""The decision in three fields: what, why, who does what by when. Nothing is pre-selected."""

from collections.abc import Iterable
from datetime import datetime, time

from django import forms

from joinedup.face.forms import DayField
from joinedup.ground.clock import LONDON
from joinedup.respond.actions import Step
from joinedup.respond.queries import Open
from joinedup.respond.rules.choices import CHOICES

STEPS = 3  # rows of "who does what by when" that work without JavaScript
END_OF_DAY = time(17, 0)


class DecideForm(forms.Form):
    """`items`: what stands open about the child; `agencies`: (code, name) of those who may be given an action."""

    answers = forms.MultipleChoiceField(
        label="What does this answer?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what this decision answers"},
    )
    what = forms.ChoiceField(
        label="What happens next?", widget=forms.RadioSelect, error_messages={"required": "Choose what happens next"}
    )
    until = DayField(label="If it can wait: until when?", required=False)
    wrong_part = forms.CharField(label="If something is wrong: which part?", required=False)
    why = forms.CharField(
        label="Why?",
        help_text="In words the family could read. What you saw is recorded with it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a sentence the family could read"},
    )
    feedback = forms.CharField(
        label="Words for the agency that reported",
        help_text="They see the outcome, and this. Leave out what they may not know.",
        required=False,
    )

    def __init__(self, *args: object, items: Iterable[Open], agencies: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.items = {item.key: item for item in items}
        self.fields["answers"].choices = [(key, "; ".join(item.says)) for key, item in self.items.items()]  # type: ignore[attr-defined]
        self.fields["what"].choices = [(choice.code, choice.label) for choice in CHOICES.values()]  # type: ignore[attr-defined]
        given = [("", "Choose an agency"), *agencies]
        for n in range(1, STEPS + 1):
            self.fields[f"step_{n}_what"] = forms.CharField(label="What is to be done?", required=False)
            self.fields[f"step_{n}_agency"] = forms.ChoiceField(label="By which agency?", required=False, choices=given)
            self.fields[f"step_{n}_owner"] = forms.CharField(label="Who there?", required=False)
            self.fields[f"step_{n}_due"] = DayField(label="By when?", required=False)

    def chosen(self) -> list[Open]:
        """The open items that this decision answers."""
        return [self.items[key] for key in self.cleaned_data["answers"]]

    def contacts(self) -> list[str]:
        return [item.ref for item in self.chosen() if item.kind != "finding"]

    def themes(self) -> list[str]:
        return [item.theme for item in self.chosen() if item.kind == "finding"]

    def until_when(self) -> datetime | None:
        """The start of the day it can wait until, as an instant."""
        day = self.cleaned_data.get("until")
        return datetime.combine(day, time.min, LONDON) if day else None

    def steps(self) -> list[Step]:
        """Every row that says what is to be done."""
        rows = [{part: self.cleaned_data.get(f"step_{n}_{part}") for part in ("what", "agency", "owner", "due")} for n in range(1, STEPS + 1)]
        return [
            Step(
                agency=row["agency"],
                owner=row["owner"] or "duty",
                what=row["what"],
                due=datetime.combine(row["due"], END_OF_DAY, LONDON) if row["due"] else None,
            )
            for row in rows
            if row["what"] and row["agency"]
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        for n in range(1, STEPS + 1):
            if cleaned.get(f"step_{n}_what") and not cleaned.get(f"step_{n}_agency"):
                self.add_error(f"step_{n}_agency", "Choose the agency that does this")
        self.refuse_mismatch(cleaned)
        return cleaned

    def refuse_mismatch(self, cleaned: dict[str, object]) -> None:
        """An answer must fit what it answers: a report that expresses concern is never put off."""
        choice = CHOICES.get(str(cleaned.get("what", "")))
        answers = cleaned.get("answers") or []
        kinds = {"finding" if self.items[key].kind == "finding" else "contact" for key in answers}  # type: ignore[attr-defined]
        if choice and not kinds <= choice.answers:
            fits = "a report" if "contact" in kinds else "a finding"
            self.add_error("what", f"“{choice.label}” cannot answer {fits}: choose another, or answer them one by one")
