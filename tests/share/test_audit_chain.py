"""The audit: append-only by the database itself, chained, tied by checkpoints; any change is named (trust 1.3, 58)."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from joinedup.share import actions, queries, triggers
from joinedup.share.models import AuditLane, AuditRow, Checkpoint, ClockSetting
from joinedup.share.rules import chain
from share.cast import AT, KEEPER


@pytest.fixture
def busy(house):
    """Twenty more rows, a checkpoint in their midst."""
    for n in range(20):
        actions.allot_subject(by=KEEPER, at=AT, kind="child", allotted_to=str(n))
        if n == 12:
            actions.checkpoint(by=KEEPER, at=AT)
    return house


@pytest.fixture
def tamper(busy):
    """A database owner with every right: takes the triggers off, then runs any statement."""
    with connection.cursor() as cursor:
        for table in triggers.append_only_tables():
            for name in ("no_update", "no_delete") if connection.vendor == "sqlite" else ("no_row", "no_truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_{name}{on}")
    actions.record(by=KEEPER, at=AT, act="last", what={})
    lane = AuditRow.objects.latest("pk").lane

    def run(statement: str, *values) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(lane=lane), values)
        return lane

    return run


def places(report: queries.Report) -> list[tuple[int | None, int]]:
    return [(fault.lane, fault.seq) for fault in report.faults]


def test_an_untouched_audit_holds(busy) -> None:
    report = queries.verify()
    assert report.ok
    assert (report.rows, report.checkpoints) == (AuditRow.objects.count(), 1)


@pytest.mark.parametrize("table", ["share_auditrow", "share_auditabout", "share_checkpoint", "share_clocksetting"])
def test_the_database_refuses_to_change_or_remove_a_row(busy, refused_by_database, table) -> None:
    actions.set_clock(by=KEEPER, at=AT)
    actions.record(by=KEEPER, at=AT, act="answer", what={}, look=looked(busy))
    refused_by_database(f"UPDATE {table} SET id = id + 1000")
    refused_by_database(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        refused_by_database(f"TRUNCATE {table}")
    else:
        refused_by_database(f"REPLACE INTO {table} SELECT * FROM {table}")


def looked(house):
    look = house.look("mash")
    look.note(subjects=[1])
    return look


def test_every_append_only_table_is_guarded_and_a_check_says_so(house) -> None:
    assert triggers.unguarded() == []
    assert triggers.check_triggers(databases=["default"]) == []
    assert triggers.check_triggers() == []


def test_a_table_that_lost_its_triggers_is_named_and_mended_by_the_next_migrate(tamper) -> None:
    assert set(triggers.unguarded()) == set(triggers.append_only_tables())
    said = [error.msg for error in triggers.check_triggers(databases=["default"])]
    assert "share_auditrow is not append-only: 0 of its 2 triggers stand as installed" in said
    triggers.install(sender=None)
    assert triggers.unguarded() == []


ABORT = f"BEGIN SELECT RAISE(ABORT, '{triggers.REFUSAL}'); END"
HOLLOW = {  # triggers of the right name that let everything through
    "sqlite": [
        "DROP TRIGGER share_auditrow_no_update",
        f"CREATE TRIGGER share_auditrow_no_update BEFORE UPDATE ON share_auditrow WHEN 0 {ABORT}",
    ],
    "postgresql": ["ALTER TABLE share_auditrow ENABLE REPLICA TRIGGER share_auditrow_no_row"],
}


def test_a_trigger_that_only_bears_the_name_does_not_count(busy, refused_by_database) -> None:
    with connection.cursor() as cursor:
        for statement in HOLLOW[connection.vendor]:
            cursor.execute(statement)
    assert triggers.unguarded() == ["share_auditrow"]
    triggers.install(sender=None)
    assert triggers.unguarded() == []
    refused_by_database("UPDATE share_auditrow SET by = 'x'")


def test_a_function_that_refuses_nothing_any_more_does_not_count(busy, refused_by_database) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(triggers.FUNCTION.replace(triggers.BODY, " BEGIN RETURN NEW; END "))
        assert triggers.unguarded() == triggers.append_only_tables()
        triggers.install(sender=None)
    refused_by_database("UPDATE share_auditrow SET by = 'x'")


def test_an_altered_row_is_named(tamper) -> None:
    lane = tamper("UPDATE share_auditrow SET by = 'somebody else' WHERE lane = {lane} AND seq = 5")
    assert places(queries.verify()) == [(lane, 5)]
    assert "altered" in queries.verify().faults[0].says


def test_a_back_dated_row_is_named(tamper) -> None:
    lane = tamper("UPDATE share_auditrow SET at = '2020-01-01 00:00:00+00:00' WHERE lane = {lane} AND seq = 5")
    assert places(queries.verify()) == [(lane, 5)]


def test_a_removed_row_is_named(tamper) -> None:
    lane = tamper("DELETE FROM share_auditrow WHERE lane = {lane} AND seq = 5")
    assert places(queries.verify()) == [(lane, 6)]
    assert queries.verify().faults[0].says == "row 5 is missing before it"


def test_two_rows_that_changed_places_are_named(tamper) -> None:
    tamper("UPDATE share_auditrow SET seq = 1000 WHERE lane = {lane} AND seq = 5")
    tamper("UPDATE share_auditrow SET seq = 5 WHERE lane = {lane} AND seq = 6")
    lane = tamper("UPDATE share_auditrow SET seq = 6 WHERE lane = {lane} AND seq = 1000")
    assert places(queries.verify()) == [(lane, 5)]
    assert "does not follow" in queries.verify().faults[0].says


def test_a_row_slipped_in_at_the_end_is_named(tamper) -> None:
    last = AuditRow.objects.latest("pk")
    AuditRow.objects.create(
        lane=last.lane,
        seq=last.seq + 1,
        at=AT,
        act="answer",
        by="nobody",
        what={},
        previous=last.digest,
        digest="0" * 64,
    )
    assert places(queries.verify()) == [(last.lane, last.seq + 1)]


def test_a_tail_cut_off_is_named(tamper) -> None:
    last = AuditRow.objects.latest("pk").seq
    lane = tamper("DELETE FROM share_auditrow WHERE lane = {lane} AND seq = %s", last)
    assert places(queries.verify()) == [(lane, last)]


def test_a_tail_cut_off_with_its_head_is_named_by_the_checkpoint(tamper) -> None:
    lane = tamper("DELETE FROM share_auditrow WHERE lane = {lane} AND seq > 3")
    kept = AuditRow.objects.get(lane=lane, seq=3)
    AuditLane.objects.filter(lane=lane).update(seq=3, digest=kept.digest)
    assert places(queries.verify()) == [(lane, 4)]
    assert "a checkpoint saw row" in queries.verify().faults[0].says


def test_a_whole_chain_written_anew_is_named_by_the_checkpoint(tamper) -> None:
    """Somebody with the salt can make a chain that follows itself; not one that the checkpoints saw."""
    salt = bytes(queries.partnership().salt)
    lane = tamper("UPDATE share_auditrow SET by = 'somebody else' WHERE lane = {lane} AND seq = 2")
    before = chain.genesis(lane, salt)
    for row in AuditRow.objects.filter(lane=lane).order_by("seq"):
        made = chain.link(before, salt, chain.canonical({name: getattr(row, name) for name in chain.SAID}))
        AuditRow.objects.filter(pk=row.pk).update(previous=before, digest=made)
        before = made
    AuditLane.objects.filter(lane=lane).update(digest=before)
    seen = Checkpoint.objects.get().heads[str(lane)][0]
    assert places(queries.verify()) == [(lane, seen)]
    assert "rewritten" in queries.verify().faults[0].says


def test_a_changed_checkpoint_is_named(tamper) -> None:
    actions.checkpoint(by=KEEPER, at=AT)
    tamper("UPDATE share_checkpoint SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", Checkpoint.objects.first().pk)
    assert places(queries.verify()) == [(None, 1)]


def test_only_the_first_bad_record_of_a_chain_is_named(tamper) -> None:
    lane = tamper("UPDATE share_auditrow SET by = 'somebody else' WHERE lane = {lane} AND seq > 3")
    assert places(queries.verify()) == [(lane, 4)]


def command(*words: str) -> str:
    out = io.StringIO()
    call_command("audit", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_that_it_holds(busy) -> None:
    assert "The audit holds" in command("verify")
    assert json.loads(command("verify", "--json")) == {
        "form": "joinedup/audit-verify/1",
        "ok": True,
        "rows": AuditRow.objects.count(),
        "checkpoints": 1,
        "anchors": 0,
        "faults": [],
    }


def test_the_command_names_the_first_bad_record_and_fails(tamper) -> None:
    lane = tamper("UPDATE share_auditrow SET by = 'somebody else' WHERE lane = {lane} AND seq = 5")
    tamper("UPDATE share_checkpoint SET digest = 'x'")
    out = io.StringIO()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("audit", "verify", stdout=out)
    assert f"chain {lane}, record 5: its content" in out.getvalue()
    assert "checkpoints, record 1" in out.getvalue()


def test_the_command_makes_a_checkpoint_to_be_held_by_others(busy) -> None:
    assert json.loads(command("checkpoint", "--json"))["digest"] == Checkpoint.objects.latest("pk").digest
    in_words = command("checkpoint")
    assert Checkpoint.objects.latest("pk").digest in in_words


def test_the_clock_cannot_be_unset(busy, refused_by_database) -> None:
    actions.set_clock(by=KEEPER, at=AT)
    assert ClockSetting.objects.count() == 1
    refused_by_database("DELETE FROM share_clocksetting")


def test_postgresql_is_guarded_against_truncate_as_well() -> None:
    """Whichever database this run is on: the statements for the other one are made by the same list of tables."""
    said = list(triggers.statements("postgresql", ["share_auditrow"]))
    assert "append-only" in said[0]
    assert "BEFORE UPDATE OR DELETE ON share_auditrow" in said[1]
    assert "BEFORE TRUNCATE ON share_auditrow" in said[2]
    assert "BEFORE update ON share_auditrow" in next(triggers.statements("sqlite", ["share_auditrow"]))
