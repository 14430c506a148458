"""Small rules: who knew by which word, ages, what is asked for, coverage, and the geometry of the lanes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.chronicle.rules.ages import age_at
from joinedup.chronicle.rules.covering import Source, coverage_of
from joinedup.chronicle.rules.knowing import telling_not_known, ways
from joinedup.chronicle.rules.lanes import MOST_ROWS, TARGET, draw
from joinedup.chronicle.rules.line import Line, Told
from joinedup.chronicle.rules.wanted import Wanted
from joinedup.ground.codes import codes
from joinedup.ground.periods import Period, Precision, read_period

CAME = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
KINDS = codes(date(2026, 3, 9)).kinds


def line(when: str | None = "2026-03-05", **more: Any) -> Line:
    first, _, last = (when or "").partition("/")
    period = read_period(first or None, last or None, None, bool(last) or None, None)[0]
    plain: dict[str, Any] = {
        "key": f"{when}-{sorted(map(str, more.values()))}", "subject": "KT7-3MW-9", "agency": "police",
        "agency_kind": "police", "kind": "missing", "period": period, "happening": "h", "received_at": CAME,
    }  # fmt: skip
    return Line(**plain | more)


def on(text: str) -> Period:
    return read_period(text, None, None, None, None)[0]


def test_the_five_words_are_never_merged() -> None:
    told = (Told("school", "acknowledged", on("2026-03-07")), Told("school", "sent", on("2026-03-06")))
    assert [way.state for way in ways(line(told=told), "school")] == ["sent", "acknowledged"]
    assert [way.state for way in ways(line(told=told), "police")] == ["held"]
    assert ways(line(told=told), "hospital") == ()


def test_on_a_day_an_agency_knew_only_what_had_reached_it_by_then() -> None:
    told = (Told("school", "sent", on("2026-03-06")), Told("school", "seen", on("2026-03-08")))
    assert [way.state for way in ways(line(told=told), "school", date(2026, 3, 7))] == ["sent"]
    assert ways(line(told=told), "school", date(2026, 3, 5)) == ()


def test_a_telling_without_a_day_is_not_said_to_have_come_later() -> None:
    assert len(ways(line(told=(Told("school", "sent"),)), "school", date(2026, 1, 1))) == 1


def test_not_knowing_whether_an_agency_was_told_is_said_as_such() -> None:
    assert telling_not_known(line(told=None), "school")
    assert not telling_not_known(line(told=()), "school")
    assert not telling_not_known(line(told=None), "police"), "its own record it holds"


@pytest.mark.parametrize(
    ("born", "happened", "age"),
    [
        ("2011-05-17", "2026-05-16", "14"), ("2011-05-17", "2026-05-17", "15"), ("2011-05-17", "2026-05", "14 or 15"),
        ("2011", "2026-06-01", "14 or 15"), ("2025-10-01", "2026-03-05", "5 months"),
        ("2026-06-01", "2026-03-05", "not yet born"),
        ("2011", "2026", "14 or 15"), ("2025-10-01", "2026", "under 2"), ("2012-02-29", "2026-02-28", "13"),
    ],
)  # fmt: skip
def test_age_is_said_as_surely_as_both_dates_allow(born: str, happened: str, age: str) -> None:
    assert age_at(on(born), on(happened)) == age


def test_an_age_that_nobody_can_say_is_not_said() -> None:
    assert age_at(Period.UNKNOWN, on("2026")) == age_at(on("2011"), Period.UNKNOWN) == ""


def test_a_coarse_date_is_kept_when_it_may_lie_within_what_is_asked() -> None:
    wanted = Wanted(first=date(2026, 3, 10), last=date(2026, 3, 20))
    assert wanted.takes(line("2026-03"))
    assert not wanted.takes(line("2026-03-09"))
    assert not wanted.takes(line(None)), "a line without a date is in no stretch of days"
    assert Wanted().takes(line(None))


def test_what_is_asked_as_of_a_day_holds_the_whole_of_that_day_in_london() -> None:
    assert Wanted(as_of=date(2026, 6, 1)).moment == datetime(2026, 6, 1, 22, 59, 59, 999999, tzinfo=UTC)


def test_coverage_names_the_kinds_of_agency_that_said_nothing() -> None:
    sources = [Source("police", "Ellensford Police", "police", CAME), Source("st-anne", "St Anne", "school", None)]
    school, police = coverage_of(
        [line("2024-01-03"), line("2025"), line("2020", withdrawn=True)],
        sources,
        list(codes(date(2026, 3, 9)).agency_kinds),
    )
    assert (school.kind, school.covered, school.silent, school.last_heard) == ("school", (), 1, None)
    [covered] = police.covered
    assert (covered.name, covered.entries, covered.since, covered.last_heard) == (
        "Ellensford Police",
        2,
        date(2024, 1, 3),
        CAME,
    )


def test_a_lane_joins_when_it_happened_to_when_it_came_and_says_how_long_that_took() -> None:
    drawing = draw([line("2026-03-05"), line("2026-02", agency="school"), line(None)], {"police": "Police"}, KINDS)
    assert [lane.name for lane in drawing.lanes] == ["school", "Police"]
    [coarse], [exact] = (lane.marks for lane in drawing.lanes)
    assert (coarse.bar, exact.bar) == ("coarse", "")
    assert exact.x < exact.received
    assert exact.title == "5 March 2026: Reported missing, Police. Received here 9 March 2026, 4 days later."
    assert "1 entry without a date" in drawing.sentence


def test_a_long_story_is_ruled_by_years_that_do_not_touch() -> None:
    drawing = draw([line("2006-03-05"), line("2026-03-05")], {"police": "Police"}, KINDS)
    assert [tick.label for tick in drawing.ticks] == ["2010", "2015", "2020", "2025"]


def test_a_mistyped_year_is_drawn_all_the_same() -> None:
    drawing = draw([line("2026-03-05"), line("2999-03-05")], {"police": "Police"}, KINDS)
    assert [tick.label for tick in drawing.ticks] == [str(century) for century in range(2100, 3000, 100)]


def test_a_drawing_of_nothing_says_so() -> None:
    drawing = draw([], {}, KINDS)
    assert drawing.lanes == ()
    assert drawing.sentence == "No dated entries to draw."


DAYS = st.dates(date(2024, 1, 1), date(2026, 3, 1))
LINES = st.lists(
    st.builds(
        lambda day, days, agency, n, late: line(
            None, key=f"{agency}{n}{day}", agency=agency, received_at=CAME + timedelta(days=late),
            period=Period(day, day + timedelta(days=days), Precision.DAY, None, n % 2 == 0),
        ),
        DAYS, st.integers(1, 40), st.sampled_from(["police", "school"]), st.integers(0, 999), st.integers(0, 90),
    ),
    max_size=30,
    unique_by=lambda one: one.key,
)  # fmt: skip


@given(LINES)
def test_every_dated_line_stands_within_its_lane_and_within_the_drawing(lines: list[Line]) -> None:
    drawing = draw(lines, {}, KINDS)
    marks = [(lane, mark) for lane in drawing.lanes for mark in lane.marks]
    assert sorted(mark.key for _, mark in marks) == sorted(one.key for one in lines)
    assert all(drawing.left <= mark.x <= mark.end <= drawing.width for _, mark in marks)
    assert all(lane.top + TARGET // 2 <= mark.y <= lane.top + lane.height - TARGET // 2 for lane, mark in marks)
    assert drawing.height >= max((lane.top + lane.height for lane in drawing.lanes), default=0)


@given(LINES)
def test_no_two_targets_of_a_lane_lie_on_each_other_while_it_has_room(lines: list[Line]) -> None:
    for lane in draw(lines, {}, KINDS).lanes:
        if len(lane.marks) < MOST_ROWS:
            places = sorted((mark.y, mark.x) for mark in lane.marks)
            assert all(b[1] - a[1] >= TARGET for a, b in pairwise(places) if a[0] == b[0])
