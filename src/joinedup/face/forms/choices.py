"""Choices that are known only when the form is made."""

from collections.abc import Iterable

from django import forms

from joinedup.face.forms.parts import Option


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, str | Option]]) -> None:
    """Let a form's field of choices offer these (value, label) pairs."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
