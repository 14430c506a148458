"""What is typed twice, encoded twice or broken over lines stays what it is; scripts of ours take no words as code."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.utils.html import escape

from joinedup.chronicle.models import Entry
from respond import town as towns

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[2] / "src" / "joinedup" / "face" / "static" / "face"
ENCODED = "&lt;b&gt; &amp;lt;script&amp;gt; %3Cscript%3E %253Cscript%253E \\u003cscript\\u003e"


def test_what_was_encoded_twice_is_kept_and_shown_as_it_was_told(
    town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    town.tell("hospital", "Tess", "concern", words=ENCODED)
    town.involve("Tess", allocated="worker")
    assert Entry.objects.get().words == ENCODED
    page = client_of("worker").get(f"/child/{town.child('Tess').reference}/chronology/").content.decode()
    assert str(escape(ENCODED)) in page
    assert "<script>" not in page.replace("<script>document", "")


def test_data_for_a_script_cannot_end_it() -> None:
    jinja: Any = engines["jinja2"]
    made = jinja.from_string("{{ data | json_script('d') }}").render({"data": {"words": "</script><img src=x>&"}})
    assert "</script><img" not in made
    assert json.loads(made.partition(">")[2].removesuffix("</script>")) == {"words": "</script><img src=x>&"}


def test_a_parameter_given_twice_counts_once_the_last_and_an_address_signs_nobody_in(town: towns.Town) -> None:
    client, nurse, worker = Client(), town.people["nurse"], town.people["worker"]
    both = f"login={worker.email}&login={nurse.email}&password=wrong&password={towns.PASSWORD.replace(' ', '+')}"
    client.post("/sign-in/", both, content_type="application/x-www-form-urlencoded")
    assert client.session["_auth_user_id"] == str(nurse.pk)
    other = Client()
    other.post(f"/sign-in/?login={nurse.email}&password={towns.PASSWORD.replace(' ', '+')}")
    assert "_auth_user_id" not in other.session


def test_a_line_break_in_an_address_forges_no_line_of_the_log(town: towns.Town, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().get("/nowhere/x%0A2026-03-05 ERROR joinedup: all is well%0D%0A/")
    said = [record.getMessage() for record in caplog.records]
    assert said
    assert not any("\n" in one or "\r" in one for one in said)


@pytest.mark.parametrize("name", ["begin.js", "face.js"])
def test_our_scripts_take_no_words_as_code_and_no_key_as_a_name(name: str) -> None:
    text = (STATIC / name).read_text()
    for what in ("eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "__proto__",
                 "JSON.parse", "Object.assign", "setTimeout(\"", "location.hash"):  # fmt: skip
        assert what not in text, f"{name} uses {what}"
