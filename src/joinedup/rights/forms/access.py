"""Forms of access: who asks; whether a line is in or out; what happens next."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from joinedup.face.forms import DayField, Option, offer
from joinedup.face.words import sentence
from joinedup.papers.forms import CLASSES
from joinedup.papers.rules import Class
from joinedup.rights.forms.parts import ReasonForm, line, text
from joinedup.rights.rules.access import Asker, Doing, Exemption

IN = "in"
STEPS = (Doing.PROPOSE, Doing.CLARIFY, Doing.CLARIFIED, Doing.EXTEND, Doing.REFUSE, Doing.WITHDRAW)


class AccessForm(forms.Form):
    """Who asks to read a record, and how it was checked that they may. `today`: the civil day of the look."""

    asker = forms.ChoiceField(
        label="Who asks?", widget=forms.RadioSelect, choices=[(one.name, sentence(one)) for one in Asker],
        error_messages={"required": "Choose who asks"},
    )  # fmt: skip
    name = line("Their name", required="Enter the name of whoever asks", hint="As the letter will address them.")
    identity = text(
        "How was it checked who they are, and that they may ask?", rows=2, required="Say how it was checked",
        hint="What you saw: a passport, a letter of authority, that a parent has responsibility. A child who "
        "understands asks for themselves.",
    )  # fmt: skip
    wants = text("What do they want to read?", rows=2, hint="Leave it empty for everything.")
    received = DayField(label="When did they ask?", error_messages={"required": "Enter the day on which they asked"})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received(self) -> date:
        day: date = self.cleaned_data["received"]
        if day > self.today:
            raise forms.ValidationError("That day is yet to come. Enter today or an earlier day")
        return day


class LineForm(ReasonForm):
    """One line: in, or out by what, and why. `offered`: what may be held against whoever asks."""

    field_order = ("choice", "reason")

    choice = forms.ChoiceField(
        label="Is it in?", widget=forms.RadioSelect, error_messages={"required": "Choose whether it is in"}
    )

    def __init__(self, *args: Any, offered: Iterable[Exemption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out = [(one.id, Option(f"Out: {one.name}", hint=one.prompt)) for one in offered]
        offer(self, "choice", [(IN, Option("It is in", hint="They read it as it stands.")), *out])

    @property
    def exemption(self) -> str:
        """Id of what it is left out by; empty: it is in."""
        chosen: str = self.cleaned_data["choice"]
        return "" if chosen == IN else chosen


class StepForm(ReasonForm):
    """What happens next. `releasable`: what is shielded in the bundle."""

    field_order = ("what", "classes", "reason")

    what = forms.ChoiceField(
        label="What happens next?", widget=forms.RadioSelect, error_messages={"required": "Choose what happens next"},
        choices=[(one.name, sentence(one)) for one in STEPS],
    )  # fmt: skip
    classes = forms.MultipleChoiceField(
        label="Show, although it is shielded", widget=forms.CheckboxSelectMultiple, required=False, choices=CLASSES,
        help_text="Only with what is put to a second person, who decides.",
    )  # fmt: skip

    def __init__(self, *args: Any, releasable: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = set(releasable)
        if may:
            offer(self, "classes", [one for one in CLASSES if Class[one[0]] in may])
        else:
            del self.fields["classes"]

    @property
    def said(self) -> dict[str, Any]:
        """What `actions.do_access` is to be given, beside by whom, when and of which request."""
        given = self.cleaned_data
        classes = [Class[name] for name in given.get("classes", ())]
        return {"what": Doing[given["what"]], "reason": given["reason"], "classes": classes}
