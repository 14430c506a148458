"""Draws every Django form, allauth's too, with GOV.UK's parts (setting FORM_RENDERER)."""

from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2
from django.template.loader import get_template

from joinedup.face.forms.parts import part_of


class Renderer(Jinja2):
    """`{{ form }}` draws all fields but those that another's answer reveals; `{{ form.name.as_field_group() }}` one."""

    form_template_name = "face/forms/form.html"
    formset_template_name = "face/forms/formset.html"
    field_template_name = "face/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("face/"):
            return get_template(template_name)
        return super().get_template(template_name)  # a hidden input is drawn by Django's own

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == self.field_template_name:
            macro, params = part_of(context["field"])
            context = {"macro": macro, "params": params}
        elif template_name == self.form_template_name:
            context = {**context, "fields": not_revealed(context["form"], context["fields"])}
        return str(super().render(template_name, context, request))


def not_revealed(form: BaseForm, fields: list[tuple[BoundField, Any]]) -> list[BoundField]:
    """The fields that stand for themselves: the others are drawn inside the answer that reveals them."""
    inside = {name for names in getattr(form, "reveals", {}).values() for name in names}
    return [field for field, _ in fields if field.name not in inside]
