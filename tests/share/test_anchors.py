"""Anchors: written by a command, held by a partner, held to; bad files say what to do, and whatever stands is read."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from joinedup.share import actions, queries
from joinedup.share.models import AuditRow, Checkpoint, Partnership
from joinedup.share.rules.anchor import LANES, MARKS, AnchorError, read_anchor, run_length, written
from share import cast, intruder
from share.cast import AT, KEEPER


@pytest.fixture
def busy(house: cast.House) -> cast.House:
    """Acts, looks at a child, and a checkpoint in their midst."""
    for n in range(12):
        actions.record(by=KEEPER, at=AT, act="flow.step", what={"n": n})
        look = house.look("mash", reason=f"call {n}")
        look.note(subjects=[n + 1, n + 2])
        actions.record(by=look.actor, at=AT, act="answer", what={"status": 200}, look=look)
        if n == 5:
            actions.checkpoint(by=KEEPER, at=AT)
    return house


def audit(*words: str | Path) -> str:
    out = io.StringIO()
    call_command("audit", *map(str, words), stdout=out)
    return out.getvalue()


def fails(*words: str | Path) -> tuple[int, str]:
    """The exit status of a command that fails, and everything it said."""
    out = io.StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("audit", *map(str, words), stdout=out)
    return raised.value.returncode, f"{out.getvalue()}{raised.value}"


@pytest.fixture
def anchor(busy: cast.House, tmp_path: Path) -> Path:
    audit("anchor", "--out", tmp_path / "anchor.json")
    return tmp_path / "anchor.json"


def lane() -> int:
    return AuditRow.objects.latest("pk").lane


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_anchor_is_made_of_a_fresh_checkpoint_and_held_to(busy: cast.House, tmp_path: Path) -> None:
    said = json.loads(audit("anchor", "--out", tmp_path / "a.json", "--json"))
    latest = Checkpoint.objects.latest("pk")
    assert (said["form"], said["digest"], said["checkpoints"]) == ("joinedup/audit-anchored/1", latest.digest, 2)
    assert said["rows"] == AuditRow.objects.count() - 1  # all but the checkpoint's own
    assert "as 1 anchors hold them" in audit("verify", "--anchor", tmp_path / "a.json")
    assert json.loads(audit("verify", "--anchor", tmp_path / "a.json", "--json"))["anchors"] == 1


def test_an_anchor_tells_nothing_but_digests_counts_and_times(anchor: Path) -> None:
    text, salt = anchor.read_text(), bytes(Partnership.objects.get().salt)
    kept = AuditRow.objects.values_list("by", "agency", "reason", "act", "purpose")
    assert not {one for row in kept for one in row if one and one in text}
    assert salt.hex() not in text
    assert len(text) < 200 * AuditRow.objects.count() + 20_000


def test_a_later_anchor_holds_only_what_came_after(anchor: Path, busy: cast.House, tmp_path: Path) -> None:
    actions.record(by=KEEPER, at=AT, act="flow.step", what={"later": True})
    said = json.loads(audit("anchor", "--since", anchor, "--out", tmp_path / "b.json", "--json"))
    assert (said["checkpoints"], said["rows"]) == (1, 2)
    first, second = (read_anchor(path.read_bytes()) for path in (anchor, tmp_path / "b.json"))
    assert second.checkpoints[0].previous == first.checkpoints[-1].digest  # seen by its holder without the database
    assert "as 2 anchors hold them" in audit("verify", "--anchor", anchor, "--anchor", tmp_path / "b.json")


def test_each_of_several_anchors_is_held_to(anchor: Path, tmp_path: Path) -> None:
    actions.record(by=KEEPER, at=AT, act="flow.step", what={"later": True})
    audit("anchor", "--since", anchor, "--out", tmp_path / "b.json")
    intruder.take_triggers_off()
    log, where = intruder.read(), lane()
    first = read_anchor(anchor.read_bytes()).checkpoints[-1].lanes[where].seq
    intruder.altered("by", "somebody else")(log, where, first + 1)
    log.mend(where, first + 1, intruder.EVERYTHING)
    intruder.write(log)
    assert queries.verify([read_anchor(anchor.read_bytes())]).ok  # it is older than what was done
    status, said = fails("verify", "--anchor", anchor, "--anchor", tmp_path / "b.json")
    assert status == 1
    assert f"chain {where}, record {first + 2}: is not the row that the anchor of 20" in said
    assert "anchor 2 of 20" in said


def test_a_later_anchor_knows_that_what_came_before_it_was_changed(anchor: Path, tmp_path: Path) -> None:
    """It has no root over those rows, but the head that follows from them."""
    audit("anchor", "--since", anchor, "--out", tmp_path / "b.json")
    intruder.take_triggers_off()
    log, where = intruder.read(), lane()
    intruder.back_dated(log, where, 3)
    log.mend(where, 3, intruder.EVERYTHING)
    intruder.write(log)
    later = read_anchor((tmp_path / "b.json").read_bytes())
    faults = [fault for fault in queries.verify([later]).faults if fault.lane == where]
    assert [fault.seq for fault in faults] == [later.checkpoints[0].lanes[where].seq]
    assert "the chain was rewritten, here or before" in faults[0].says


def test_nothing_is_anchored_that_does_not_hold(busy: cast.House, tmp_path: Path) -> None:
    intruder.take_triggers_off()
    run("UPDATE share_auditrow SET by = 'somebody else' WHERE lane = %s AND seq = 5", lane())
    status, said = fails("anchor", "--out", tmp_path / "a.json")
    assert (status, (tmp_path / "a.json").exists()) == (1, False)
    assert f"nothing is anchored:\nchain {lane()}, record 5" in said


def test_an_anchor_is_never_written_over_another_file(anchor: Path) -> None:
    before = Checkpoint.objects.count()
    assert fails("anchor", "--out", anchor) == (2, f"{anchor} is there already: name a new file")
    assert Checkpoint.objects.count() == before


def test_a_place_that_cannot_be_written_is_said(busy: cast.House, tmp_path: Path) -> None:
    status, said = fails("anchor", "--out", tmp_path / "nowhere" / "a.json")
    assert status == 2
    assert "No such file or directory): name a new file in a folder that you may write to" in said


def changed(text: str, **parts: object) -> str:
    return json.dumps(json.loads(text) | parts)


BAD_FILES = {
    "not there": (lambda text: None, "cannot be read (No such file or directory): name a file that is there"),
    "empty": (lambda text: "", "is no JSON file: ask whoever holds it for their copy again"),
    "cut off": (lambda text: text[:500], "is no JSON file"),
    "a list": (lambda text: "[]", "is not what was expected here"),
    "too deep": (lambda text: "[" * 100_000, "is no JSON file"),
    "another form": (lambda text: '{"form": "joinedup/notice/1"}', "name what `joinedup audit anchor` wrote"),
    "a checkpoint": (lambda text: '{"form": "joinedup/audit-checkpoint/1"}', "its form is 'joinedup/audit-check"),
    "changed": (lambda text: changed(text, log="0" * 64), "was changed since it was written, or is not whole"),
    "without its seal": (lambda text: changed(text, seal=None), "was changed since it was written"),
    "without checkpoints": (lambda text: sealed(changed(text, checkpoints=[])), "says what no anchor says (checkpoint"),
    "with more in it": (lambda text: sealed(changed(text, name="x")), "says what no anchor says (name: Extra"),
}


def sealed(text: str) -> str:
    """Sealed again, by somebody who knows how."""
    from joinedup.share.rules.anchor import _seal

    said = json.loads(text)
    said.pop("seal")
    return json.dumps(said | {"seal": _seal(said)})


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_says_what_to_do(anchor: Path, tmp_path: Path, kind: str) -> None:
    make, says = BAD_FILES[kind]
    bad = tmp_path / "bad.json"
    if (text := make(anchor.read_text())) is not None:
        bad.write_text(text)
    for words in (["verify", "--anchor", bad], ["anchor", "--since", bad, "--out", tmp_path / "b.json"]):
        status, said = fails(*words)
        assert status == 2
        assert f"{bad} " in said
        assert says in said


def test_bytes_that_are_no_text_are_no_anchor(tmp_path: Path) -> None:
    with pytest.raises(AnchorError, match="no JSON"):
        read_anchor(b"\xff\xfe\x00{")


def test_marks_that_are_not_those_of_its_rows_are_refused(anchor: Path) -> None:
    said = json.loads(anchor.read_text())
    said["checkpoints"][0]["lanes"][lane()]["marks"] += "00000000"
    with pytest.raises(AnchorError, match="its marks are not those of its rows"):
        read_anchor(sealed(json.dumps(said)).encode())


def test_an_anchor_whose_checkpoint_says_otherwise_than_its_digest_is_named(anchor: Path) -> None:
    said = json.loads(anchor.read_text())
    said["checkpoints"][1]["at"] = "2020-01-01T00:00:00Z"
    bad = anchor.with_name("bad.json")
    bad.write_text(sealed(json.dumps(said)))
    assert "record 2: the checkpoint is not what its digest was made from" in fails("verify", "--anchor", bad)[1]


def test_a_roots_say_outweighs_its_marks(anchor: Path) -> None:
    """Marks are a few digits and only locate: rows that fit them by chance are found by the root all the same."""
    said = json.loads(anchor.read_text())
    said["checkpoints"][0]["lanes"][lane()]["root"] = "0" * 64
    held = read_anchor(sealed(json.dumps(said)).encode())
    fault = queries.verify([held]).faults[0]
    assert fault.seq == 1
    assert f"from here to record {held.checkpoints[0].lanes[lane()].seq}" in fault.says


def test_an_anchor_of_another_partnership_is_named(anchor: Path) -> None:
    intruder.take_triggers_off()
    Partnership.objects.update(salt=bytes(32))
    assert "is of another log, or the salt of this one was replaced" in fails("verify", "--anchor", anchor)[1]


def test_an_anchor_is_read_as_it_was_written(anchor: Path) -> None:
    held = read_anchor(anchor.read_bytes())
    assert written(held) == anchor.read_text()
    assert read_anchor(written(held).encode()) == held


def test_without_a_partnership_nothing_is_proven(db: None, tmp_path: Path) -> None:
    assert fails("verify") == (2, str(queries.NotFounded()))


def test_without_a_new_checkpoint_there_is_nothing_to_anchor(anchor: Path) -> None:
    held = read_anchor(anchor.read_bytes())
    with pytest.raises(AnchorError, match="no checkpoint to anchor"):
        queries.anchored(since=held)
    strange = held.model_copy(update={"checkpoints": (held.checkpoints[0].model_copy(update={"digest": "0" * 64}),)})
    with pytest.raises(AnchorError, match="does not have"):
        queries.anchored(since=strange)


@pytest.mark.parametrize(("rows", "run"), [(0, 1), (1, 1), (MARKS - LANES, 1), (MARKS - LANES + 1, 2), (10**6, 123)])
def test_one_mark_stands_for_as_many_rows_as_keep_an_anchor_small(rows: int, run: int) -> None:
    assert run_length(rows) == run
    assert -(-rows // run) + LANES <= MARKS
