"""One row proven to whoever holds an anchor: by its own file, without a database, and without showing another row."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from joinedup.share import actions, queries
from joinedup.share.models import AuditRow
from joinedup.share.rules.anchor import AnchorError, read_anchor
from joinedup.share.rules.proof import Proof, proven, read_proof
from share import cast, intruder
from share.cast import AT, KEEPER


def audit(*words: object) -> str:
    out = io.StringIO()
    call_command("audit", *map(str, words), stdout=out)
    return out.getvalue()


def fails(*words: object) -> tuple[int, str]:
    with pytest.raises(CommandError) as raised:
        audit(*words)
    return raised.value.returncode, str(raised.value)


@pytest.fixture
def anchor(house: cast.House, tmp_path: Path) -> Path:
    for n in range(9):
        actions.record(by=KEEPER, at=AT, act="flow.step", what={"n": n})
    audit("anchor", "--out", tmp_path / "anchor.json")
    return tmp_path / "anchor.json"


@pytest.fixture
def row(anchor: Path) -> AuditRow:
    return AuditRow.objects.get(act="flow.step", what={"n": 4})


def test_a_row_is_shown_and_proven_without_a_database(
    anchor: Path, row: AuditRow, tmp_path: Path, django_db_blocker
) -> None:
    out = tmp_path / "proof.json"
    audit("prove", "--anchor", anchor, "--lane", row.lane, "--record", row.seq, "--out", out)
    assert AuditRow.objects.latest("pk").what == {"lane": row.lane, "record": row.seq}
    with django_db_blocker.block():
        said = json.loads(audit("proven", out, "--anchor", anchor, "--json"))["row"]
        assert "act: flow.step\n" in audit("proven", out, "--anchor", anchor)
    assert (said["act"], said["what"], said["by"]) == ("flow.step", {"n": 4}, "keeper")
    assert [n for n in range(9) if f'{{\\"n\\":{n}}}' in out.read_text()] == [4]


def test_every_anchored_row_can_be_proven_and_none_in_anothers_place(anchor: Path) -> None:
    held = read_anchor(anchor.read_bytes())
    for row in AuditRow.objects.exclude(act="share.checkpoint"):
        made = queries.proof(held, lane=row.lane, record=row.seq)
        assert proven(made, held)
        assert proven(made.model_copy(update={"record": made.record + 1}), held) is None
        assert proven(made.model_copy(update={"row": made.row.replace("keeper", "nobody")}), held) is None
        assert proven(made.model_copy(update={"checkpoint": "0" * 64}), held) is None


def test_a_proof_that_proves_nothing_is_said(anchor: Path, row: AuditRow, tmp_path: Path) -> None:
    made = queries.proof(read_anchor(anchor.read_bytes()), lane=row.lane, record=row.seq)
    forged = tmp_path / "forged.json"
    forged.write_text(made.model_copy(update={"row": made.row.replace("keeper", "nobody")}).model_dump_json())
    assert fails("proven", forged, "--anchor", anchor) == (
        1,
        "the anchor does not have this row in this place: it is not proven",
    )
    forged.write_text("{}")
    assert fails("proven", forged, "--anchor", anchor)[0] == 2


@pytest.mark.parametrize("record", [0, 1000])
def test_a_row_under_no_root_of_the_anchor_cannot_be_proven(
    anchor: Path, row: AuditRow, tmp_path: Path, record: int
) -> None:
    words = ("prove", "--anchor", anchor, "--lane", row.lane, "--record", record, "--out", tmp_path / "p.json")
    status, said = fails(*words)
    assert status == 2
    assert "name the anchor made next after it" in said


@pytest.mark.parametrize("deed", ["update by", "truncate"])
def test_rows_that_the_anchor_does_not_have_are_not_proven(anchor: Path, row: AuditRow, deed: str) -> None:
    intruder.take_triggers_off()
    log = intruder.read()
    intruder.DEEDS[deed](log, row.lane, row.seq)
    intruder.write(log)
    with pytest.raises(AnchorError, match="does not agree with the rows"):
        queries.proof(read_anchor(anchor.read_bytes()), lane=row.lane, record=row.seq)


def test_a_proof_is_read_as_it_was_written(anchor: Path, row: AuditRow) -> None:
    made: Proof = queries.proof(read_anchor(anchor.read_bytes()), lane=row.lane, record=row.seq)
    assert read_proof(made.model_dump_json().encode()) == made
