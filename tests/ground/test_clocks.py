"""Clocks are data with a source; they fall due as the field counts them, and say how they were counted."""

from datetime import UTC, date, datetime

import pytest

from joinedup.ground.clock import LONDON, civil_day
from joinedup.ground.clocks import Clock, Unit, clocks, counted, due
from joinedup.ground.workdays import TRIGGER_IS_DAY_0

NOW = clocks(date(2026, 11, 24))
ROWS = [
    *(f"C{n:02}" for n in (*range(1, 16), *range(20, 28), 30, 31, 32, 35, 36, 37, *range(40, 44), *range(50, 55))),
    "look-by-now",
    "look-by-today",
]
BASE = {
    "id": "local",
    "edition": "1",
    "since": "2026-01-01",
    "source": "a partnership's own",
    "grade": "P",
    "name": "Local",
    "trigger": "something",
    "must": "act",
    "who": "somebody",
    "stops": "a note",
    "force": "local protocol",
}


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LONDON).replace(hour=12).astimezone(UTC)


def local(**more: object) -> Clock:
    return Clock.model_validate(BASE | more)


@pytest.mark.parametrize("row", ROWS)
def test_every_clock_of_the_field_is_here_with_who_what_and_where_it_is_written(row: str) -> None:
    clock = NOW[row]
    assert clock.name
    assert clock.who
    assert clock.stops
    assert len(clock.source) > 10
    assert clock.grade in "PSU"


@pytest.mark.parametrize(
    ("clock", "trigger", "day"),
    [
        ("C08", "2026-03-25", "2026-04-17"),
        ("C08", "2025-12-15", "2026-01-08"),
        ("C01", "2026-05-23", "2026-05-26"),
        ("C01", "2026-04-02", "2026-04-07"),
        ("C06", "2026-03-02", "2026-05-07"),
        ("C51", "2026-12-22", "2026-12-31"),
        ("C52", "2026-04-30", "2026-05-22"),
        ("C11", "2026-05-20", "2026-06-04"),
        # other units
        ("C13", "2026-11-30", "2027-02-28"),
        ("C14", "2026-08-31", "2027-02-28"),
        ("C32", "2026-05-20", "2026-05-27"),
        ("C32a", "2026-05-20", "2026-07-01"),
        ("C35", "2026-05-20", "2026-04-08"),
        ("C40", "2026-05-20", "2026-05-25"),
        ("C10", "2026-05-20", "2026-05-20"),
        ("C42", "2026-06-01", "2026-06-12"),
    ],
)
def test_a_clock_that_counts_days_runs_to_the_end_of_the_due_day_in_london(clock: str, trigger: str, day: str) -> None:
    until = due(clock, noon(trigger))
    assert str(civil_day(until)) == day
    assert until.astimezone(LONDON).strftime("%H:%M:%S") == "23:59:59"
    assert until.tzinfo is UTC


def test_a_return_conversation_is_due_after_72_hours_whatever_the_weekend() -> None:
    assert due("C22", datetime(2026, 5, 23, 2, 15, tzinfo=UTC)) == datetime(2026, 5, 26, 2, 15, tzinfo=UTC)


def test_hours_are_hours_also_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 23, tzinfo=LONDON)
    assert (due("C22", before) - before.astimezone(UTC)).total_seconds() == 72 * 3600


def test_a_trigger_late_in_the_evening_counts_from_its_london_day() -> None:
    assert civil_day(due("C01", datetime(2026, 6, 16, 23, 30, tzinfo=UTC))) == date(2026, 6, 18)


def test_tier_now_is_looked_at_in_two_hours_and_today_by_the_close_of_the_working_day() -> None:
    saturday = datetime(2026, 5, 23, 9, tzinfo=UTC)
    assert due("look-by-now", saturday) == datetime(2026, 5, 23, 11, tzinfo=UTC)
    assert due("look-by-today", saturday) == datetime(2026, 5, 26, 16, tzinfo=UTC)


def test_a_clock_without_a_number_has_no_due_time_and_says_so() -> None:
    assert not NOW["C27"].has_number
    assert counted(NOW["C27"]) == "The rule gives no number."
    with pytest.raises(ValueError, match="C27"):
        due("C27", noon("2026-05-20"))


def test_an_unknown_clock_and_a_trigger_without_a_zone_are_mistakes() -> None:
    with pytest.raises(KeyError):
        due("C99", noon("2026-05-20"))
    with pytest.raises(ValueError, match="zone"):
        due("C01", datetime(2026, 5, 20))  # noqa: DTZ001 - the point of the test


def test_school_days_are_counted_as_working_days_and_it_is_said() -> None:
    assert "school's term calendar" in counted(NOW["C42"])
    assert NOW["C42"].unit is Unit.SCHOOL_DAY


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("C01", "1 working day after: referral received (that day is day 0). Maximum, not a target."),
        ("C10", "The same day: conference makes a plan. Maximum, not a target."),
        ("C13", "3 months after: initial child protection conference. Maximum, not a target."),
        ("C22", "72 hours after: child returns. Maximum, not a target."),
        ("C35", "6 weeks before: private fostering is to begin. Maximum, not a target."),
        ("look-by-today", "By the close of the working day. Maximum, not a target."),
    ],
)
def test_how_a_due_time_was_counted_is_said_beside_it(clock: str, words: str) -> None:
    assert counted(NOW[clock]) == words


def test_a_partnership_may_count_the_trigger_as_day_one() -> None:
    clock = local(unit="working_day", amount="15", convention="trigger-is-day-1")
    assert civil_day(due(clock, noon("2026-03-25"))) == date(2026, 4, 16)
    assert "(that day is day 1)" in counted(clock)
    assert local(unit="working_day", amount="15").convention is TRIGGER_IS_DAY_0


@pytest.mark.parametrize(
    "more", [{"unit": "hour"}, {"unit": "month", "amount": "-1"}, {"unit": "fortnight", "amount": "1"}]
)
def test_a_clock_that_counts_nothing_cannot_be_made(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        local(**more)


def test_the_past_is_counted_with_the_first_edition_that_is_known() -> None:
    assert clocks(date(2010, 3, 1))["C01"].since > date(2010, 3, 1)
    assert civil_day(due("C01", noon("2010-03-01"))) == date(2010, 3, 2)
