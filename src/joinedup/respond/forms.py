"""The decision in three fields: what, why, who does what by when. Nothing is pre-selected."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from joinedup.face.forms import DayField, Option, offer
from joinedup.face.words import when
from joinedup.ground.clock import LONDON, start_of
from joinedup.ground.keys import digest
from joinedup.ground.workdays import CLOSE
from joinedup.respond.actions import Step
from joinedup.respond.queries import Open
from joinedup.respond.rules.choices import CHOICES
from joinedup.share.forms import no_address

STEPS = (1, 2, 3)  # rows of "who does what by when" that work without JavaScript
PARTS = ("what", "agency", "owner", "due")
KINDS = {"contact": "Report", "referral": "Referral", "finding": "What adds up"}
MARK = 16  # characters of a digest that tell one ground from another
NEW_MEANWHILE = (
    "Something changed while you were deciding: a colleague decided, or something new came in. "
    "Read it, and choose again what you answer"
)


class DecideForm(forms.Form):
    """`items`: what stands open about the child; `agencies`: (code, name) of those who may be given an action."""

    reveals: ClassVar = {("what", "not-now"): ("until",), ("what", "wrong"): ("wrong_part",)}

    answers = forms.MultipleChoiceField(
        label="What does this answer?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what this decision answers", "invalid_choice": NEW_MEANWHILE},
    )
    what = forms.ChoiceField(
        label="What happens next?", widget=forms.RadioSelect, error_messages={"required": "Choose what happens next"}
    )
    until = DayField(label="Until when can it wait?", required=False)
    wrong_part = forms.CharField(
        label="Which part is wrong?",
        help_text="For example: a different man, the wrong date",
        required=False,
        validators=[no_address],
    )
    why = forms.CharField(
        label="Why?",
        help_text="In words the family could read. What you saw is recorded with it.",
        validators=[no_address],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a sentence the family could read"},
    )
    feedback = forms.CharField(
        label="Words for the agency that reported",
        help_text="They see the outcome, and this. Leave out what they may not know.",
        validators=[no_address],
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self, *args: Any, items: Sequence[Open], agencies: Iterable[tuple[str, str]], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {f"{item.key}.{mark_of(item)}": item for item in items}
        offer(self, "answers", [(key, in_words(item, at)) for key, item in self.items.items()])
        kinds = {kind_of(item) for item in items}
        fitting = [choice for choice in CHOICES.values() if kinds & choice.answers]
        offer(self, "what", [(choice.code, Option(choice.label, hint=choice.hint)) for choice in fitting])
        self.add_steps([("", "Choose an agency"), *agencies])

    def add_steps(self, agencies: list[tuple[str, str]]) -> None:
        for n in STEPS:
            self.fields[f"step_{n}_what"] = forms.CharField(
                label="What is to be done?", required=False, validators=[no_address]
            )
            self.fields[f"step_{n}_agency"] = forms.ChoiceField(
                label="By which agency?", required=False, choices=agencies
            )
            self.fields[f"step_{n}_owner"] = forms.CharField(
                label="By whom there?", required=False, max_length=200, widget=forms.TextInput({"width": 20})
            )
            self.fields[f"step_{n}_due"] = DayField(label="By when?", required=False)

    def chosen(self) -> list[Open]:
        """The open items that this decision answers."""
        return [self.items[key] for key in self.cleaned_data["answers"]]

    def decision(self) -> dict[str, Any]:
        """What `actions.decide` is to be given, beside by whom, when and about whom."""
        chosen, said = self.chosen(), self.cleaned_data
        return {
            "what": said["what"],
            "why": said["why"],
            "saw": frozenset().union(*(item.entries for item in chosen)),
            "answers": [item.ref for item in chosen if item.kind != "finding"],
            "themes": [item.theme for item in chosen if item.kind == "finding"],
            "until": start_of(said["until"]) if said.get("until") else None,
            "wrong_part": said["wrong_part"],
            "feedback": said["feedback"],
            "steps": self.steps(),
        }

    def steps(self) -> list[Step]:
        """Every row that says what is to be done."""
        rows = [{part: self.cleaned_data.get(f"step_{n}_{part}") for part in PARTS} for n in STEPS]
        return [
            Step(
                agency=row["agency"],
                owner=row["owner"] or "duty",
                what=row["what"],
                due=datetime.combine(row["due"], CLOSE, LONDON) if row["due"] else None,
            )
            for row in rows
            if row["what"] and row["agency"]
        ]

    def begun(self, n: int) -> bool:
        """True if anything was filled in of a step's row, so that it must stand open."""
        return any(self[f"step_{n}_{part}"].errors or self.data.get(f"step_{n}_{part}") for part in PARTS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in STEPS:
            if cleaned.get(f"step_{n}_what") and not cleaned.get(f"step_{n}_agency"):
                self.add_error(f"step_{n}_agency", "Choose the agency that does this")
            if cleaned.get(f"step_{n}_agency") and not cleaned.get(f"step_{n}_what"):
                self.add_error(f"step_{n}_what", "Say what this agency is to do")
        return cleaned


def mark_of(item: Open) -> str:
    """A short digest of what an item stands on: the answer to it is another one once something new came in."""
    return digest(*sorted(item.entries))[:MARK]


def kind_of(item: Open) -> str:
    """As choices have it: a referral is answered as a report is."""
    return "finding" if item.kind == "finding" else "contact"


def in_words(item: Open, at: datetime) -> Option:
    """An open item as an answer to "what does this answer?"."""
    source = f" from {item.source}" if item.kind == "contact" else ""
    return Option(f"{KINDS[item.kind]}{source}, {when(item.since, at)}", hint=" ".join(item.says))
