"""Forms of retention: a proposal, a second person's word, a legal hold."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from joinedup.face.forms import offer
from joinedup.face.words import sentence
from joinedup.rights.forms.parts import ReasonForm, ReferenceField, line
from joinedup.rights.rules import Ground


class WordForm(ReasonForm):
    """A second person's word on a proposal."""


class DestroyForm(ReasonForm):
    """Why a record is to be destroyed. `over`: whether its time is."""

    field_order = ("ground", "reason")

    ground = forms.ChoiceField(
        label="Why is it to be destroyed?", widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is to be destroyed"},
    )  # fmt: skip

    def __init__(self, *args: Any, over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", [(one.name, sentence(one)) for one in Ground if over or one is not Ground.PERIOD])


class HoldForm(ReasonForm):
    """Which record is held, for whom, and why."""

    field_order = ("subject", "title", "reason")

    subject = ReferenceField(
        label="Reference of the child whose record it is", required=False, max_length=20,
        help_text="Leave it empty to hold every record, as for a statutory inquiry.",
    )  # fmt: skip
    title = line("Who needs it?", required="Say who needs it", hint="For example, an inquiry or a court. No names.")


class LiftForm(ReasonForm):
    """Which hold ends, and why."""

    field_order = ("hold", "reason")

    hold = forms.ChoiceField(label="Which hold ends?", error_messages={"required": "Choose which hold ends"})

    def __init__(self, *args: Any, holds: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "hold", [("", "Choose"), *((str(key), title) for key, title in holds)])
