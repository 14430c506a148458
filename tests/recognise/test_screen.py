"""`joinedup screen`: the whole population at once says what each child's own page says."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from chronicle.desk import KEEPER, NOW, Desk
from joinedup.chronicle import queries as chronicle
from joinedup.recognise import actions, batch, queries
from joinedup.recognise.rules.manual import manual
from joinedup.recognise.rules.windows import Certainty
from joinedup.share import actions as share
from joinedup.share.models import AuditAbout, AuditRow
from joinedup.share.rules import FLOW


@pytest.fixture
def two_children(desk: Desk) -> Desk:
    share.set_clock(by=KEEPER, at=NOW)
    for child in ("Tess", "Mina"):
        desk.arrive("school", {"kind": "absence", "happened": {"from": "2026-01-12"}, "told": []}, children=(child,))
        desk.arrive("police", {"kind": "missing", "happened": {"from": "2026-03-02"}}, children=(child,))
    desk.arrive("hospital", {"kind": "attendance", "happened": {"from": "2026-02-02"}, "concerns": ["neglect"]})
    return desk


def test_screening_says_what_each_child_was_found_to_have(two_children: Desk) -> None:
    screened = {(one.subject, one.pattern) for one in batch.screen_database(at=NOW)}
    found = set()
    for child in two_children.subjects.values():
        actions.look_again(by=FLOW, at=NOW, head=child.pk, story=chronicle.story(child.pk))
        grounds = [ground for finding in queries.findings_at(child.pk) for ground in finding.grounds]
        found |= {(child.reference, ground.pattern) for ground in grounds}
    tess = two_children.subject("Tess").reference
    assert screened == found
    assert (tess, "concerns-add-up") in screened
    assert {subject for subject, _ in screened} == {tess}


def test_the_command_prints_rows_or_counts_of_patterns(two_children: Desk) -> None:
    out = StringIO()
    call_command("screen", "--json", stdout=out)
    printed = json.loads(out.getvalue())
    assert printed["form"] == "joinedup/screen/1"
    core = next(row for row in printed["rows"] if row["pattern"] == "concerns-add-up")
    assert core == {
        "subject": two_children.subject("Tess").reference,
        "pattern": "concerns-add-up",
        "since": "2026-03-02",
        "day": "2026-03-02",
        "certainty": "sure",
    }
    row = AuditRow.objects.get(act="recognise.screen")
    assert row.by.startswith("operator ")
    assert row.what["subjects"] == [two_children.subject("Tess").pk]
    assert AuditAbout.objects.get(row=row.pk).subject == two_children.subject("Tess").pk, "her page says so"
    out = StringIO()
    call_command("screen", stdout=out)
    assert AuditRow.objects.filter(act="recognise.screen").count() == 1, "counts name nobody"
    assert "       1  concerns-add-up\n" in out.getvalue()
    assert "       1  children for whom any pattern stands\n" in out.getvalue()


def test_the_command_writes_the_manual(tmp_path: Path) -> None:
    call_command("screen", "--manual", str(tmp_path / "patterns.md"))
    assert (tmp_path / "patterns.md").read_text("utf-8") == manual()


def test_what_is_not_dated_has_no_day(desk: Desk) -> None:
    one = batch.Screened("KT7", "some-pattern", None, None, Certainty.SURE)
    from joinedup.recognise.management.commands.screen import as_json

    assert (as_json(one)["since"], as_json(one)["day"]) == (None, None)
    assert as_json(batch.Screened("KT7", "p", date(2026, 1, 1), None, Certainty.MAY))["since"] == "2026-01-01"
