"""A shielded value says nothing of itself, whatever it is put into."""

import copy
import json
import logging
import pickle

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from joinedup.ground.shielded import WITHHELD, Shielded, opened

HELD = "12 Canary Row, ZZ1 1ZZ"


@given(st.text())
def test_it_holds_what_was_put_into_it_and_only_that(text: str) -> None:
    assert opened(Shielded(text)) == text
    assert bool(Shielded(text)) == bool(text)
    assert Shielded(text) == Shielded(text)
    assert hash(Shielded(text)) == hash(Shielded(text))
    assert Shielded(text) != Shielded(text + ".")
    assert Shielded(text) != text


def test_text_format_and_templates_hold_the_word_withheld() -> None:
    one = Shielded(HELD)
    in_templates = [
        Environment(autoescape=True).from_string("{{ one }} {{ one | upper }} {{ [one] }}").render(one=one),
        Environment(autoescape=False).from_string("{{ one ~ '' }}").render(one=one),
        Template("{{ one }} {{ one|default:'' }}").render(Context({"one": one})),
    ]
    for text in (str(one), repr(one), f"{one}", f"{one:>20}", f"{[one]!r}", f"{one!s:.40}", *in_templates):
        assert HELD not in text
        assert WITHHELD in text.lower()


def test_no_log_line_holds_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("a house").info("somebody at %s, %r, %s", Shielded(HELD), Shielded(HELD), [Shielded(HELD)])
    assert HELD not in caplog.text


@pytest.mark.parametrize("write", [pickle.dumps, json.dumps, DjangoJSONEncoder().encode, copy.deepcopy])
def test_nothing_writes_it(write) -> None:
    with pytest.raises(TypeError):
        write(Shielded(HELD))
