"""From messages to one story: entries, corrections, and what was known on an earlier day."""

from datetime import date, timedelta

import pytest

from chronicle.desk import NOW, Desk, Found
from joinedup.chronicle import actions
from joinedup.chronicle.models import HappeningJudgement, Significance
from joinedup.receive.queries import reading_of
from joinedup.share.rules import FLOW, Actor

MISSING = {"kind": "missing", "happened": {"from": "2026-03-05"}, "told": []}


def test_a_notice_about_two_children_enters_both_chronologies(desk: Desk) -> None:
    keys = desk.arrive("police", MISSING, children=("Tess", "Ada"))
    assert len(keys) == 2
    [tess], [ada] = desk.story("Tess"), desk.story("Ada")
    assert tess.key != ada.key
    assert tess.happening == ada.happening, "one event told of two siblings is one happening"
    assert tess.told == ()


def test_an_event_about_one_of_two_children_is_that_child_s_alone(desk: Desk) -> None:
    desk.arrive("police", {**MISSING, "about": [2]}, children=("Tess", "Ada"))
    assert desk.story("Tess") == []
    assert len(desk.story("Ada")) == 1


def test_not_knowing_who_was_told_is_not_the_same_as_nobody(desk: Desk) -> None:
    desk.arrive("police", {"kind": "missing", "happened": {"from": "2026-03-05"}, "told": "unknown"})
    [line] = desk.story()
    assert line.told is None
    assert line.knowing == {"police"}


def test_a_code_that_nobody_knows_is_kept_as_other_with_its_words(desk: Desk) -> None:
    desk.arrive("police", {"kind": "drone-sighting", "concerns": ["neglect", "ufo"], "happened": {"from": "2026-03"}})
    [line] = desk.story()
    assert line.kind == "other"
    assert line.concerns == {"neglect", "other"}
    assert line.unread_codes == "drone-sighting, ufo"


def test_the_same_message_twice_changes_nothing(desk: Desk) -> None:
    body = {
        "form": "joinedup/notice/1", "id": "P1", "agency": "police", "events": [{"n": 1, **MISSING}],
        "persons": [{"n": 1, "kind": "child", "role": "subject", "names": [{"given": "Tess"}]}],
    }  # fmt: skip
    first = desk.bring(desk.keep("police", body))
    before = desk.story()
    assert desk.bring(desk.keep("police", body, NOW + timedelta(days=2)), NOW + timedelta(days=2)) == first
    assert desk.story() == before


def test_a_correction_withdraws_what_it_corrects_and_the_first_is_still_shown(desk: Desk) -> None:
    later = NOW + timedelta(days=3)
    first = desk.keep("police", _notice("P1", "2026-03-05"))
    desk.bring(first)
    desk.bring(desk.keep("police", _notice("P2", "2026-03-06", corrects="P1"), later), later)
    desk.bring(first, later)
    old, new = desk.story()
    assert (old.withdrawn, old.withdrawn_why, old.period.first) == (True, "corrected", date(2026, 3, 5))
    assert not new.withdrawn
    [then] = desk.story(as_of=NOW)
    assert not then.withdrawn, "on that day nobody knew of the correction"


def test_a_correction_that_comes_first_withdraws_all_the_same(desk: Desk) -> None:
    desk.bring(desk.keep("police", _notice("P2", "2026-03-06", corrects="P1")))
    desk.bring(desk.keep("police", _notice("P1", "2026-03-05")))
    old, new = desk.story()
    assert old.withdrawn
    assert not new.withdrawn


def test_one_event_reported_by_four_agencies_is_one_happening_of_four_lines(desk: Desk) -> None:
    for agency, kind in (
        ("hospital", "attendance"),
        ("school", "concern"),
        ("police", "concern"),
        ("council", "contact"),
    ):
        desk.arrive(agency, {"kind": kind, "concerns": ["physical-injury"], "happened": {"from": "2026-03-05"}})
    assert len(desk.story()) == 4
    assert len({line.happening for line in desk.story()}) == 1


def test_a_sibling_s_report_joins_the_happening_they_share(desk: Desk) -> None:
    event = {"kind": "concern", "concerns": ["domestic-abuse"], "happened": {"from": "2026-03-05"}}
    desk.arrive("school", event, children=("Ada",))
    desk.arrive("hospital", event, children=("Tess",))
    assert desk.story("Ada")[0].happening != desk.story("Tess")[0].happening
    desk.arrive("police", event, children=("Tess", "Ada"))
    lines = [*desk.story("Ada"), *desk.story("Tess")]
    assert len(lines) == 4
    assert len({line.happening for line in lines}) == 1


def test_as_of_a_day_nothing_that_came_later_joins_two_reports(desk: Desk) -> None:
    later = NOW + timedelta(days=9)
    event = {"kind": "missing", "happened": {"from": "2026-03-05"}}
    desk.arrive("police", event | {"reference": "M1"})
    desk.arrive("home", event)
    desk.arrive("police", event | {"reference": "M2"}, at=later)
    assert len({line.happening for line in desk.story(as_of=NOW)}) == 1
    assert len(desk.story(as_of=NOW)) == 2


def test_lines_stand_in_order_of_what_happened_and_undated_ones_last(desk: Desk) -> None:
    desk.arrive("school", {"kind": "concern"}, {"kind": "concern", "happened": {"from": "2026-03"}})
    desk.arrive("police", {"kind": "concern", "happened": {"from": "2026-03-01"}})
    assert [line.period.days for line in desk.story()] == [1, 31, None]


def test_a_person_s_word_on_two_entries_is_kept_and_can_be_undone(desk: Desk, officer: object) -> None:
    event = {"kind": "missing", "happened": {"from": "2026-03-05"}}
    [police], [home] = desk.arrive("police", event), desk.arrive("home", event)
    for hours, same in ((1, False), (2, True)):
        at = NOW + timedelta(hours=hours)
        actions.judge_happening(by=officer, at=at, a=home, b=police, same=same, reason="Spoke to both.")  # type: ignore[arg-type]
        actions.regroup(by=FLOW, at=at, head=desk.subject("Tess").pk)
        assert (len({line.happening for line in desk.story()}) == 1) is same


def _notice(number: str, day: str, **more: str) -> dict[str, object]:
    return {
        "form": "joinedup/notice/1", "id": number, "agency": "police", **more,
        "persons": [{"n": 1, "kind": "child", "role": "subject", "names": [{"given": "Tess"}]}],
        "events": [{"n": 1, "kind": "missing", "happened": {"from": day}}],
    }  # fmt: skip


def test_a_judgement_needs_a_person_a_reason_and_two_entries(desk: Desk, officer: Actor) -> None:
    event = {"kind": "missing", "happened": {"from": "2026-03-05"}}
    [a], [b] = desk.arrive("police", event), desk.arrive("home", event)
    for by, other, reason in ((FLOW, b, "Spoke to both."), (officer, b, "  "), (officer, a, "Spoke to both.")):
        with pytest.raises(ValueError, match="a judgement"):
            actions.judge_happening(by=by, at=NOW, a=a, b=other, same=False, reason=reason)
    with pytest.raises(ValueError, match="a judgement is a person's"):
        actions.mark_significant(by=FLOW, at=NOW, entry=a, significant=True)
    assert not HappeningJudgement.objects.exists()
    assert not Significance.objects.exists()


def test_events_that_bear_one_number_hide_none_of_each_other(desk: Desk) -> None:
    """The reader numbers what a sender did not; a notice of another reader may still say a number twice."""
    key = desk.keep("police", _notice("P1", "2026-03-05"))
    message, notice = reading_of(key)
    [one] = notice.events
    placed = {1: Found(desk.subject("Tess").pk)}
    twice = notice.model_copy(update={"events": [one, one.model_copy(update={"kind": "concern"})]})
    entered = actions.enter(by=FLOW, at=NOW, message=message, notice=twice, placed=placed)
    assert len(set(entered)) == 2
    assert {line.kind for line in desk.story()} == {"missing", "concern"}
