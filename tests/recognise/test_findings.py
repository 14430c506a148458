"""Findings as they are derived from a child's story: evidence only, the same however often one looks."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.desk import NOW, Desk
from joinedup.chronicle import queries as chronicle
from joinedup.recognise import actions, queries
from joinedup.recognise.models import Finding, Ground
from joinedup.recognise.queries import FindingView
from joinedup.recognise.rules.feeds import Feeds
from joinedup.share import actions as share
from joinedup.share.rules import FLOW

ABSENCE = {"kind": "absence", "happened": {"from": "2026-01-12"}, "told": []}
INJURY = {"kind": "attendance", "happened": {"from": "2026-02-02"}, "concerns": ["injury-cause-not-known"], "told": []}
MISSING = {"kind": "missing", "happened": {"from": "2026-03-02"}, "told": [{"agency": "council"}]}


def days_ago(n: int) -> datetime:
    return NOW - timedelta(days=n)


def look_again(desk: Desk, at: datetime = NOW, name: str = "Tess") -> dict[str, FindingView]:
    head = desk.subject(name).pk
    actions.look_again(by=FLOW, at=at, head=head, story=chronicle.story(head))
    return {finding.theme: finding for finding in queries.findings_at(head)}


def arrives(desk: Desk, agency: str, event: dict[str, Any], ago: int = 0, **more: Any) -> None:
    desk.arrive(agency, event | more, at=days_ago(ago))


@pytest.fixture
def three_concerns(desk: Desk) -> Desk:
    arrives(desk, "school", ABSENCE, 60)
    arrives(desk, "hospital", INJURY, 40)
    arrives(desk, "police", MISSING, 15)
    return desk


def test_three_agencies_each_with_a_piece_become_one_finding(three_concerns: Desk) -> None:
    finding = look_again(three_concerns)["adding-up"]
    core = next(ground for ground in finding.grounds if ground.pattern == "concerns-add-up")
    assert core.sentence == (
        "Three concerns of three kinds from three agencies in 50 days: "
        "absence from school; injury, cause not known; and reported missing."
    )
    assert core.edition == "2026-1"
    assert core.true_from == date(2026, 3, 2)
    assert core.shown_at == days_ago(15)
    assert len(core.entries) == 3
    assert set(core.knowing) == {"council", "hospital", "police", "school"}
    assert core.unknown == (
        "The cause of the injury is not known: The hospital, 2 February 2026.",
        "Nothing has been received from The council.",
    )
    assert [found for _, found in core.steps] == [
        "three separate events, three agencies, three kinds of agency and three kinds of concern"
    ]


def test_a_finding_is_one_for_each_theme_as_urgent_as_its_most_urgent_ground(three_concerns: Desk) -> None:
    found = look_again(three_concerns)
    assert found["adding-up"].tier == "today"
    assert {ground.pattern for ground in found["adding-up"].grounds} == {"concerns-add-up", "several-voices"}
    assert (found["injury"].tier, found["injury"].grounds[0].pattern) == ("know", "injury-told-to-nobody")
    assert found["injury"].grounds[0].not_told == ("council", "police", "school")


def test_looking_again_writes_nothing_when_nothing_changed(three_concerns: Desk) -> None:
    before = look_again(three_concerns)
    with CaptureQueriesContext(connection) as queries_made:
        assert look_again(three_concerns) == before
    tables = ("recognise_finding", "recognise_ground", "recognise_question", "recognise_expectation")
    written = [one["sql"] for one in queries_made if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not [sql for sql in written if any(table in sql for table in tables)]


def test_what_is_no_longer_true_is_removed(three_concerns: Desk) -> None:
    assert "adding-up" in look_again(three_concerns)
    three_concerns.arrive("police", ABSENCE | {"kind": "good-news"}, corrects="police-3", at=days_ago(1))
    three_concerns.flow(at=days_ago(1))
    assert "adding-up" not in look_again(three_concerns)
    assert not Ground.objects.filter(pattern="concerns-add-up").exists()


def test_a_finding_stands_since_enough_was_received_however_late_that_was(desk: Desk) -> None:
    arrives(desk, "hospital", INJURY, 40)
    arrives(desk, "police", MISSING, 15)
    arrives(desk, "school", ABSENCE, 2)
    finding = look_again(desk)["adding-up"]
    assert finding.since == days_ago(2)
    assert finding.grounds[0].true_from == date(2026, 3, 2)


def test_a_subject_that_is_nobody_any_more_has_no_findings(three_concerns: Desk) -> None:
    look_again(three_concerns)
    other = three_concerns.subject("Tess again")
    share.set_heads(by=FLOW, at=NOW, heads={three_concerns.subject("Tess").pk: other.pk})
    assert look_again(three_concerns) == {}
    assert {row.subject_id for row in Finding.objects.all()} == set()
    assert "adding-up" in look_again(three_concerns, name="Tess again")


def test_an_adult_has_no_findings(desk: Desk) -> None:
    adult = share.allot_subject(by=FLOW, at=NOW, kind="adult", allotted_to="an adult")
    desk.subjects["Jay"] = adult
    arrives(desk, "school", ABSENCE)
    desk.arrive("hospital", INJURY, children=("Jay",))
    assert look_again(desk, name="Jay") == {}


# Silence: a question first, then a finding, and days on which to look again.

ATTENDANCE = {"kind": "attendance", "happened": {"from": "2026-03-10"}, "told": "unknown"}


@pytest.fixture
def attendance(desk: Desk) -> Desk:
    arrives(desk, "school", ABSENCE, 60)
    arrives(desk, "hospital", ATTENDANCE, 10)
    return desk


def test_the_named_nurse_is_asked_before_anything_is_found(attendance: Desk) -> None:
    assert "injury" not in look_again(attendance, at=days_ago(10))
    head = attendance.subject("Tess").pk
    (asked,) = queries.questions_at(head)
    assert (asked.role, asked.agency, asked.due) == ("named-nurse", "hospital", date(2026, 3, 13))
    assert asked.sentence.startswith("What was the reason of this attendance?")
    assert queries.questions_by_key([asked.key]) == {asked.key: asked}
    assert queries.next_due() == date(2026, 3, 14)
    assert queries.heads_due(on=date(2026, 3, 13)) == []
    assert queries.heads_due(on=date(2026, 3, 14)) == [head]


def test_no_answer_becomes_a_finding_once_the_hospital_was_heard_again(attendance: Desk) -> None:
    at = datetime(2026, 3, 14, 8, tzinfo=NOW.tzinfo)
    assert "injury" not in look_again(attendance, at=at)  # the hospital was last heard before the answer was due
    assert queries.heads_due(on=date(2026, 3, 15)) == [attendance.subject("Tess").pk]
    attendance.arrive("hospital", ABSENCE | {"kind": "good-news"}, children=("Mina",), at=at)
    finding = look_again(attendance, at=at)["injury"]
    assert finding.grounds[0].sentence.startswith("At hospital, 10 March 2026; the reason was asked for")
    assert finding.since == datetime(2026, 3, 14, tzinfo=NOW.tzinfo)
    assert queries.questions_at(attendance.subject("Tess").pk) == []


def test_an_answer_ends_question_and_finding(attendance: Desk) -> None:
    attendance.arrive("hospital", {"kind": "other", "happened": {"from": "2026-03-11"}, "words": "An ear infection."})
    assert "injury" not in look_again(attendance)
    assert queries.questions_at(attendance.subject("Tess").pk) == []


def test_findings_are_found_by_key(three_concerns: Desk) -> None:
    finding = look_again(three_concerns)["adding-up"]
    assert queries.findings_by_key([finding.key, "gone"]) == {finding.key: finding}


def test_agencies_are_asked_when_last_heard_only_once_a_silence_is_at_stake(three_concerns: Desk) -> None:
    feeds: Feeds = queries.feeds(at=NOW)
    assert feeds.name_of("police") == "The police"
    assert feeds.heard("police") == days_ago(15).date().toordinal()
    assert feeds.heard("home") == 0
