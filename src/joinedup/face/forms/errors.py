"""What is wrong with an answer, in GOV.UK's wording (design-system.service.gov.uk/components/error-message).

Django's own messages ("This field is required.") are replaced by ones that say what to do; a message that a form
wrote itself stands as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

CHOICES = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)
SAYS = {
    "invalid_choice": "Choose one of the answers given",
    "max_length": "{name} must be {limit_value} characters or fewer",
    "min_length": "{name} must be {limit_value} characters or more",
    "min_value": "{name} must be {limit_value} or more",
    "max_value": "{name} must be {limit_value} or fewer",
}
INVALID = (
    (forms.EmailField, "Enter an email address in the correct format, like name@example.com"),
    (forms.IntegerField, "{name} must be a whole number, like 12"),
    (forms.TimeField, "{name} must be a time, like 14:30"),
    (forms.URLField, "{name} must be a web address, like https://www.example.com"),
)


@dataclass(frozen=True)
class Error:
    """One line of the summary; `href` leads to the first box of its field, "" where no field has it."""

    text: str
    href: str


def errors_of(given: forms.BaseForm | Iterable[forms.BaseForm]) -> list[Error]:
    """Every error of one form, or of several, in the order of the fields on the page."""
    found = []
    for form in [given] if isinstance(given, forms.BaseForm) else given:
        found += [Error(str(text), "") for text in form.non_field_errors()]
        found += [Error(text, f"#{first_box(field)}") for field in form for text in said(field)]
    return found


def first_box(field: BoundField) -> str:
    """The id that the first box of a field has in the page."""
    boxes = getattr(field.field.widget, "boxes", ())
    return f"{field.auto_id}-{boxes[0]}" if boxes else str(field.auto_id)


def said(field: BoundField) -> list[str]:
    """What is wrong with one field, each in words."""
    return [text for error in field.errors.as_data() for text in (own(field, error) or error.messages)]


def own(field: BoundField, error: ValidationError) -> list[str]:
    """Our words for one of Django's errors; nothing where a form wrote its own, or where we have none."""
    if not any(error.message is words for words in django_words(field.field)):
        return []
    if error.code == "required":
        return [required(field)]
    template = SAYS.get(error.code or "") or invalid(field)
    return [template.format(name=field.label, **(error.params or {}))] if template else []


def django_words(field: forms.Field) -> Iterator[object]:
    """The very messages that Django's classes and validators bring to a field; one that a form gave is another."""
    for kind in type(field).__mro__:
        if kind.__module__.startswith("django."):
            yield from vars(kind).get("default_error_messages", {}).values()
    for validator in field.validators:
        yield getattr(type(validator), "message", None)


def required(field: BoundField) -> str:
    """ "Enter your email address", "Select the school"; a question is named as one."""
    label = str(field.label)
    if label.endswith("?"):
        return f"Answer the question: {label}"
    verb = "Select" if isinstance(field.field, CHOICES) else "Choose" if is_file(field) else "Enter"
    return f"{verb} {small(label)}"


def is_file(field: BoundField) -> bool:
    return isinstance(field.field, forms.FileField)


def small(label: str) -> str:
    """A label inside a sentence: "Date of birth" is "date of birth", "NHS number" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def invalid(field: BoundField) -> str | None:
    return next((text for kind, text in INVALID if isinstance(field.field, kind)), None)
