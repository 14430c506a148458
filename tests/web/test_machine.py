"""What is wrong with the machine is said in one line, with what to do; never as a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).parent / "joinedup")


def refused(*words: str, where: Path, **env: str) -> str:
    """What the program says, in a folder of its own, when it does not do what was asked."""
    away = {name: value for name, value in os.environ.items() if not name.startswith(("JOINEDUP_", "DJANGO_"))}
    done = subprocess.run(
        [PROGRAM, *words], cwd=where, env={**away, **env}, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "words", [["flow", "--once"], ["keep", "partnership", "Ellensford"], ["tick"], ["audit", "verify"]]
)
def test_a_database_without_tables_is_told_how_to_get_them(tmp_path: Path, words: list[str]) -> None:
    assert "joinedup migrate" in refused(*words, where=tmp_path)


def test_an_unknown_database_is_told_which_are_known(tmp_path: Path) -> None:
    said = refused("flow", "--once", where=tmp_path, JOINEDUP_DATABASE="oracle://somewhere/else")
    assert "use sqlite:///path or postgres://" in said


def test_a_home_that_is_a_file_is_told_to_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    assert "JOINEDUP_HOME" in refused("flow", "--once", where=tmp_path)
    assert "JOINEDUP_HOME" in refused("demo", "--no-serve", where=tmp_path)
