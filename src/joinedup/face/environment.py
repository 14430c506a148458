"""The Jinja2 environment of every page: GOV.UK's macros beside the rooms' templates, and words for dates and numbers.

Built once by Django's Jinja2 backend (setting TEMPLATES), which asks for autoescape.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from joinedup.face import words
from joinedup.face.forms import errors_of
from joinedup.face.frames import frame_of

GOVUK = "govuk_frontend_jinja"


class Missing(Undefined):
    """A name that was not given may be asked about but never printed, so that a misspelt one fails in the first test.

    What a mapping does not hold prints as nothing: GOV.UK's macros leave most of their parameters out.
    """

    def __str__(self) -> str:
        if self._undefined_name is None or isinstance(self._undefined_obj, Mapping):
            return ""
        raise self._undefined_exception(self._undefined_message)


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Built by Django's Jinja2 backend, which brings the rooms' folders as `loader`."""
    both = ChoiceLoader([loader, PrefixLoader({GOVUK: PackageLoader(GOVUK)})])
    made = Environment(**{**options, "undefined": Missing}, loader=both, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django's backend always asks for autoescape
    made.globals.update(static=static, url=reverse, frame_of=frame_of, messages_of=get_messages, errors_of=errors_of)
    made.filters.update(words.FILTERS, json_script=json_script)
    return made
