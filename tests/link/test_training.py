"""A model is trained from a file of statements, or from the records kept here; a bad file says what it lacks."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.link.conftest import Tell, child

from joinedup.engine import Engine
from joinedup.link.rules.model import read_model

NAMES = [("Tess", "Arden"), ("Robin", "Fell"), ("Amy", "Thornley"), ("Max", "Shaw"), ("Ria", "Brookes"), ("Jo", "Hale")]
BORN = ["2011-05-17", "2013-02-09", "2010-11-30", "2014-07-04"]


def people() -> list[dict[str, Any]]:
    """So many children, each in the words of two agencies."""
    return [
        {"kind": "child", "agency": agency, "statement": {
            "names": [{"given": given, "family": family}], "born": [born], "sex": "f", "identifiers": [],
            "addresses": [{"postcode": f"EL{n % 9 + 1} 2AB"}]}}
        for n, ((given, family), born) in enumerate((name, born) for name in NAMES for born in BORN)
        for agency in ("hospital", "school")
    ]  # fmt: skip


def trained(capsys: Any, into: Path, *more: str) -> Any:
    call_command("link", "train", "--kind", "child", "--note", "a test", "--into", str(into), *more)
    assert "changes nothing until" in capsys.readouterr().out
    [file] = into.glob("child_*.json")
    return read_model(file)


def test_of_a_file_it_keeps_the_shapes_prior_unless_it_is_of_the_place(tmp_path: Path, capsys: Any) -> None:
    lines, table = tmp_path / "said.jsonl", tmp_path / "said.parquet"
    lines.write_text("\n".join(map(json.dumps, people())))
    with Engine() as engine:
        rows = [(one["kind"], one["agency"], json.dumps(one["statement"])) for one in people()]
        engine.relation("said", {"kind": "VARCHAR", "agency": "VARCHAR", "statement": "VARCHAR"}, rows)
        engine.write("select * from said", table)
    folders = [tmp_path / name for name in ("elsewhere", "here")]
    for folder in folders:
        folder.mkdir()
    elsewhere = trained(capsys, folders[0], "--records", str(lines))
    here = trained(capsys, folders[1], "--records", str(table), "--here")
    assert (elsewhere.prior, elsewhere.names_alone) == (1e-5, None)
    assert here.prior > 0.01
    assert here.names_alone == 2_000
    assert here.comparisons == elsewhere.comparisons


def test_of_the_records_kept_here(tell: Tell, tmp_path: Path, capsys: Any) -> None:
    for one in people():
        said = one["statement"]
        name, [place] = said["names"][0], said["addresses"]
        tell(one["agency"], child(name["given"], name["family"], said["born"][0], postcode=place["postcode"]))
    assert trained(capsys, tmp_path).names_alone == 2_000


@pytest.mark.parametrize(
    ("text", "why"),
    [("{", "line 1: not one JSON object"), ('{"kind": "child"}', "row 1: needs kind, agency and statement")],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text(text)
    with pytest.raises(CommandError, match=why):
        call_command("link", "train", "--kind", "child", "--note", "x", "--into", ".", "--records", str(file))
    with pytest.raises(CommandError, match="no such file"):
        call_command("link", "train", "--kind", "child", "--note", "x", "--into", ".", "--records", "nowhere.jsonl")
