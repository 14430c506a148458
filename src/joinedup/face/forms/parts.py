"""Turns a bound field into the parameters of a GOV.UK macro.

What a widget's `attrs` may hold for face, beside ordinary attributes: `heading` (the label is the page's heading),
`width` (2, 3, 4, 5, 10 or 20 characters), `inline` (radios beside each other), `small` (choices of a filter),
`quiet` (label not bold).
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from joinedup.face.forms.dates import DateBoxes, boxes_of
from joinedup.face.forms.errors import said

Params = dict[str, Any]
OURS = ("heading", "width", "inline", "small", "quiet", "rows", "cols", "autocomplete", "inputmode", "spellcheck")
AGAINST = ("maxlength", "placeholder")  # one cuts what is pasted, the other vanishes and is too faint to read
BOX_WIDTHS = {"day": 2, "month": 2, "year": 4}


class Option(str):
    """The words of a choice, with a hint below it, or with "or" above it: Option("I do not know", divider=True)."""

    hint: str
    divider: bool

    def __new__(cls, words: str, *, hint: str = "", divider: bool = False) -> "Option":
        made = super().__new__(cls, words)
        made.hint, made.divider = hint, divider
        return made


def part_of(field: BoundField) -> tuple[str, Params]:
    """Which macro draws the field, and with what."""
    for widget, macro, build in PARTS:
        if isinstance(field.field.widget, widget):
            return macro, {**common(field), **build(field)}
    raise TypeError(f"face draws no {type(field.field.widget).__name__} ({field.name})")


def common(field: BoundField) -> Params:
    attrs = field.field.widget.attrs
    params: Params = {"id": field.auto_id, "name": field.html_name, "attributes": attributes(field)}
    size = "l" if attrs.get("heading") else "s"
    look = "" if attrs.get("quiet") else f"govuk-label--{size}"
    params["label"] = {"text": field.label, "classes": look, "isPageHeading": attrs.get("heading", False)}
    if field.help_text:
        params["hint"] = hint(field.help_text)
    if errors := said(field):
        params["errorMessage"] = {"text": ". ".join(errors)}
    return params


def hint(text: Any) -> Params:
    """Plain words, or the list that Django's password rules bring as marked-up text."""
    return {"html": text} if hasattr(text, "__html__") else {"text": text}


def attributes(field: BoundField) -> Params:
    """The widget's ordinary attributes, without those that GOV.UK advises against."""
    return {name: value for name, value in field.field.widget.attrs.items() if name not in (*OURS, *AGAINST)}


def told(field: BoundField) -> Params:
    """Attributes that GOV.UK's macros take by name."""
    attrs = field.field.widget.attrs
    named = {name: attrs[name] for name in ("autocomplete", "inputmode", "spellcheck") if name in attrs}
    return named | ({"classes": f"govuk-input--width-{attrs['width']}"} if "width" in attrs else {})


def shown(field: BoundField) -> str:
    value = field.field.widget.format_value(field.value())
    return "" if value is None else str(value)


def text_box(field: BoundField) -> Params:
    kind = getattr(field.field.widget, "input_type", "text")
    number = {"type": "text", "inputmode": "numeric"} if kind == "number" else {"type": kind}
    return {**number, "value": shown(field), **told(field)}


def long_text(field: BoundField) -> Params:
    limit = getattr(field.field, "max_length", None)
    counted = {"maxlength": limit, "threshold": 75} if limit else {}
    return {"value": shown(field), "rows": field.field.widget.attrs.get("rows", 5), **counted, **told(field)}


def fieldset(field: BoundField) -> Params:
    attrs = field.field.widget.attrs
    size = "l" if attrs.get("heading") else "s"
    legend = {"text": field.label, "isPageHeading": attrs.get("heading", False)}
    return {"legend": legend if attrs.get("quiet") else {**legend, "classes": f"govuk-fieldset__legend--{size}"}}


def choices(field: BoundField) -> Params:
    items: list[Params] = []
    for option in field.subwidgets:
        label = option.data["label"]
        if getattr(label, "divider", False):
            items.append({"divider": "or"})
        items.append(choice(field, option.data))
    kind = "radios" if isinstance(field.field.widget, forms.RadioSelect) else "checkboxes"
    classes = [f"govuk-{kind}--{style}" for style in ("inline", "small") if field.field.widget.attrs.get(style)]
    return {"fieldset": fieldset(field), "idPrefix": field.auto_id, "items": items, "classes": " ".join(classes)}


def choice(field: BoundField, data: Params) -> Params:
    """One radio or checkbox, with what it reveals (the form's `reveals`: {(field, value): (fields)})."""
    item: Params = {"value": data["value"], "text": str(data["label"]), "checked": data["selected"]}
    if below := getattr(data["label"], "hint", ""):
        item["hint"] = {"text": below}
    if revealed := getattr(field.form, "reveals", {}).get((field.name, str(data["value"])), ()):
        item["conditional"] = {"html": "".join(field.form[name].as_field_group() for name in revealed)}
    return item


def one_tick(field: BoundField) -> Params:
    """A single yes: a checkbox of its own, without a legend."""
    item: Params = {"value": "on", "text": field.label, "checked": bool(field.value()), "id": field.auto_id}
    if field.help_text:
        item["hint"] = hint(field.help_text)
    return {"idPrefix": field.auto_id, "items": [item], "hint": None}


def drop_down(field: BoundField) -> Params:
    options = [option.data for option in field.subwidgets]
    return {"items": [{"value": o["value"], "text": str(o["label"]), "selected": o["selected"]} for o in options]}


def date_boxes(field: BoundField) -> Params:
    values = boxes_of(field.value())
    wrong = " govuk-input--error" if field.errors else ""
    items = [
        {"name": box, "value": values[box], "classes": f"govuk-input--width-{width}{wrong}"}
        for box, width in BOX_WIDTHS.items()
    ]
    return {"fieldset": fieldset(field), "namePrefix": field.html_name, "items": items}


def nothing_more(field: BoundField) -> Params:
    return told(field)


PARTS: tuple[tuple[type[forms.Widget], str, Callable[[BoundField], Params]], ...] = (
    (DateBoxes, "date_input", date_boxes),
    (forms.CheckboxInput, "checkboxes", one_tick),
    (forms.CheckboxSelectMultiple, "checkboxes", choices),
    (forms.RadioSelect, "radios", choices),
    (forms.Select, "select", drop_down),
    (forms.Textarea, "textarea", long_text),
    (forms.PasswordInput, "password", nothing_more),
    (forms.FileInput, "file", nothing_more),
    (forms.widgets.Input, "text", text_box),
)
