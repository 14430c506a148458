"""The Jinja2 environment of every page: GOV.UK's macros beside the rooms' templates, and words for dates and numbers."""

from typing import Any, NoReturn

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from joinedup.face import words
from joinedup.face.frames import frame_of

GOVUK = "govuk_frontend_jinja"


class Missing(Undefined):
    """May be asked about (GOV.UK's macros do), but never printed: a misspelt name fails instead of leaving a gap."""

    def __str__(self) -> NoReturn:
        self._fail_with_undefined_error()


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Built by Django's Jinja2 backend, which brings the rooms' folders as `loader`."""
    both = ChoiceLoader([loader, PrefixLoader({GOVUK: PackageLoader(GOVUK)})])
    made = Environment(**{**options, "undefined": Missing}, loader=both, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django's backend always asks for autoescape
    made.globals.update(static=static, url=reverse, frame_of=frame_of, messages_of=get_messages)
    made.filters.update(words.FILTERS)
    return made
