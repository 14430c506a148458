"""`joinedup pattern`: for whoever writes one, before it is taken up."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from joinedup.recognise.rules.reading import FOLDER
from recognise.test_adopting import OWN


def checked(*files: Path, **options: Any) -> str:
    out = StringIO()
    call_command("pattern", *files, stdout=out, **options)
    return out.getvalue()


def test_a_sound_pattern_is_said_in_words() -> None:
    said = checked(FOLDER / "several-voices.yaml")
    assert "every worked example holds" in said
    assert "At least three separate events and at least three observers within 120 days" in said


def test_what_is_wrong_in_each_file_is_said_and_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN.replace("quiet:", "silent:"))
    with pytest.raises(SystemExit) as stopped:
        checked(tmp_path / "own.yaml", tmp_path / "none.yaml")
    assert stopped.value.code == 1


def test_as_json(tmp_path: Path) -> None:
    found = json.loads(checked(FOLDER / "several-voices.yaml", json=True))
    assert found["form"] == "joinedup/pattern/1"
    assert [one["problems"] for one in found["files"]] == [[]]


def test_a_file_that_is_no_text_says_so(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "own.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SystemExit):
        call_command("pattern", tmp_path / "own.yaml")
    assert "The file cannot be read" in capsys.readouterr().out
