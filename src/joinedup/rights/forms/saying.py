"""Forms of what people say of their record."""

from django import forms

from joinedup.face.words import sentence
from joinedup.rights.forms.parts import ReasonForm, text
from joinedup.rights.rules import Teller


class WrongForm(forms.Form):
    """Who says that an entry is wrong, and how it was."""

    teller = forms.ChoiceField(
        label="Who says that it is wrong?", widget=forms.RadioSelect,
        choices=[(one.name, sentence(one)) for one in Teller], error_messages={"required": "Choose who says so"},
    )  # fmt: skip
    says = text(
        "What is wrong, and how was it?", required="Write down what they say",
        hint="In their words. The entry stays as it is; this stands beside it, and its agency is told.",
    )  # fmt: skip


class AccountForm(forms.Form):
    """The child's own account."""

    words = text("In the child’s own words", rows=5, required="Write down what the child says",
                 hint="As they said it. Read it back to them before you save it.")  # fmt: skip


class AnswerForm(ReasonForm):
    """The agency's word on its own entry."""

    field_order = ("agreed", "reason")

    agreed = forms.ChoiceField(
        label="What does your agency say?", widget=forms.RadioSelect,
        choices=[("yes", "It is wrong: we send a correction"), ("no", "We stand by it")],
        error_messages={"required": "Choose what your agency says"},
    )  # fmt: skip
