"""Doing what a form asks for."""

from collections.abc import Callable

from django import forms


def done(form: forms.BaseForm, do: Callable[[], object]) -> bool:
    """Whether it was done; if it was not for this person to do, or not now, the form says so."""
    try:
        do()
    except ValueError as wrong:
        form.add_error(None, str(wrong)[0].upper() + str(wrong)[1:])
        return False
    return True
