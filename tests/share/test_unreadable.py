"""Verifying reads whatever somebody with every right made of the tables, and names it; it never ends in an error."""

from collections.abc import Callable

import pytest
from django.db import connection

from joinedup.share import actions, queries
from joinedup.share.models import AuditAbout, AuditLane, AuditRow, Checkpoint
from joinedup.share.rules.chain import canonical, genesis, link
from joinedup.share.rules.walk import Stored, Walk
from share import cast, intruder
from share.cast import AT, KEEPER


@pytest.fixture
def log(house: cast.House) -> None:
    """Acts, looks at children and two checkpoints, with the triggers off."""
    for n in range(12):
        actions.record(by=KEEPER, at=AT, act="flow.step", what={"n": n})
        look = house.look("mash", reason=f"call {n}")
        look.note(subjects=[n + 1, n + 2])
        actions.record(by=look.actor, at=AT, act="answer", what={"status": 200}, look=look)
        if n % 6 == 5:
            actions.checkpoint(by=KEEPER, at=AT)
    intruder.take_triggers_off()


def lane() -> int:
    return AuditRow.objects.latest("pk").lane


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unchecked(statement: str) -> None:
    """Run a statement whatever constraints say, which SQLite allows everybody."""
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = ON")
    run(statement)
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = OFF")


UNREADABLE = {
    "sqlite": {
        "at": ["'garbage'", "'2026-03-05T09:00:00'", "'2026-13-05 09:00:00'", "x'00'"],
        "by": ["x'ff00'", "cast(x'ff' as text)"],
        "what": ["'no json'", '\'{"n":1,"n":1}\'', f"'{'[' * 20000}'"],
    },
    "postgresql": {"at": ["'infinity'", "'0044-03-15 BC'"], "by": ["''"], "what": ["'[]'", "'null'"]},
}


@pytest.mark.parametrize("column", ["at", "by", "what"])
def test_what_cannot_be_read_is_named_as_any_other_change(log: None, column: str) -> None:
    where = lane()
    for value in UNREADABLE[connection.vendor][column]:
        unchecked(f"UPDATE share_auditrow SET {column} = {value} WHERE lane = {where} AND seq = 5")
        places = [(fault.lane, fault.seq) for fault in queries.verify().faults]
        assert (where, 5) in places


@pytest.mark.parametrize("heads", ["{}", "[]", '{"0": 1}', "null"])
def test_a_checkpoint_that_cannot_be_read_is_named(log: None, heads: str) -> None:
    run("UPDATE share_checkpoint SET heads = %s WHERE id = %s", heads, Checkpoint.objects.latest("pk").pk)
    assert [(fault.lane, fault.seq) for fault in queries.verify().faults] == [(None, 2)]


def test_a_head_that_is_gone_is_named(log: None) -> None:
    rows = AuditRow.objects.filter(lane=lane()).count()
    AuditLane.objects.filter(lane=lane()).delete()
    assert [(fault.lane, fault.seq) for fault in queries.verify().faults] == [(lane(), rows + 1)]


@pytest.mark.parametrize("number", ["'x'", "x'00'"])
def test_a_row_without_a_number_is_named(log: None, number: str) -> None:
    where = lane()
    if connection.vendor == "sqlite":  # the other one takes nothing but numbers
        run(f"UPDATE share_auditrow SET seq = {number} WHERE lane = {where} AND seq = 5")
    else:
        run(f"UPDATE share_auditrow SET seq = 100000 WHERE lane = {where} AND seq = 5")
    assert {(fault.lane, fault.seq) for fault in queries.verify().faults} == {(where, 6)}


@pytest.mark.parametrize(
    "deed",
    [
        lambda about: about.delete(),
        lambda about: AuditAbout.objects.filter(pk=about.pk).update(subject=4711),
        lambda about: AuditAbout.objects.filter(pk=about.pk).update(row=about.row + 1),
        lambda about: AuditAbout.objects.create(row=about.row, subject=4711),
        lambda about: AuditAbout.objects.create(row=10**9, subject=1),
    ],
)
def test_whoever_changes_who_looked_at_a_child_is_found(log: None, deed: Callable[[AuditAbout], object]) -> None:
    """The child's page reads another table than the chained one: both must say the same."""
    deed(AuditAbout.objects.earliest("pk"))
    (fault,) = queries.verify().faults
    assert fault.place.startswith("answers by id, record ")
    assert "who looked at whom" in fault.says


def test_a_look_that_points_at_no_row_is_named(log: None) -> None:
    first = AuditAbout.objects.earliest("pk").pk
    nowhere = "x'00'" if connection.vendor == "sqlite" else "0"
    run(f"UPDATE share_auditabout SET row = {nowhere} WHERE id = {first}")
    assert "answers by id" in {fault.where for fault in queries.verify().faults}


def test_an_answer_whose_subjects_cannot_be_read_is_named(log: None) -> None:
    row = AuditRow.objects.filter(act="answer").earliest("pk")
    run("UPDATE share_auditrow SET what = '[]' WHERE id = %s", row.pk)
    assert {fault.place for fault in queries.verify().faults} == {
        f"chain {row.lane}, record {row.seq}",
        f"answers by id, record {row.pk}",
    }


@pytest.mark.parametrize("column", ["seq", "digest"])
def test_a_head_that_cannot_be_read_is_named(log: None, column: str) -> None:
    rows = AuditRow.objects.filter(lane=lane()).count()
    garbage = {"sqlite": "x'ff'", "postgresql": "'0'"}[connection.vendor]
    unchecked(f"UPDATE share_auditlane SET {column} = {garbage} WHERE lane = {lane()}")
    (fault,) = queries.verify().faults
    assert fault.lane == lane()
    assert fault.seq in (rows, rows + 1)  # the last row, or that there should be another


def test_a_salt_that_is_none_fits_nothing(log: None) -> None:
    run("UPDATE share_partnership SET salt = ''")  # in SQLite not even bytes
    assert queries.verify().faults[0].place == "checkpoints, record 1"


def test_a_lane_that_changes_places_with_another_is_named(log: None) -> None:
    where, other = lane(), (lane() + 1) % 8
    AuditRow.objects.filter(lane=where).update(lane=other)
    assert {(fault.lane, fault.seq) for fault in queries.verify().faults} == {(where, 1), (other, 1)}


def stored(seq: int | None, before: str) -> Stored:
    said = canonical({"lane": 0, "seq": seq, "at": AT} | dict.fromkeys(("act", "by", "agency", "purpose"), "") | REST)
    return Stored(seq, said, before, link(before, b"salt", said))


REST = {"reason": "", "what": {}}


@pytest.mark.parametrize(
    ("seq", "says"),
    [
        (1, "stands there more than once: inserted"),
        (3, "row 2 is missing before it"),
        (None, "stands where row 2 should, and has no number"),
    ],
)
def test_a_row_with_another_number_is_named(seq: int | None, says: str) -> None:
    """Two rows of one number need a table without its constraint."""
    walk, first = Walk(0, b"salt"), stored(1, genesis(0, b"salt"))
    walk.step(first)
    walk.step(stored(seq, first.digest))
    walk.step(stored(2, first.digest))
    assert walk.fault is not None
    assert (walk.fault.seq, walk.fault.says, walk.rows) == (seq or 2, says, 3)
