"""Working days of England and Wales, counted as the clocks of the field are counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.workdays import (
    TRIGGER_IS_DAY_0,
    TRIGGER_IS_DAY_1,
    add_working_days,
    close_of_working_day,
    is_working_day,
    working_days_between,
)

VECTORS = [  # trigger, working days, due with the trigger as day 0, and as day 1
    ("2026-03-25", 15, "2026-04-17", "2026-04-16", "strategy discussion, across Easter"),
    ("2025-12-15", 15, "2026-01-08", "2026-01-07", "strategy discussion, across Christmas"),
    ("2026-05-23", 1, "2026-05-26", "2026-05-26", "referral on a Saturday before the spring bank holiday"),
    ("2026-04-02", 1, "2026-04-07", "2026-04-02", "referral on Maundy Thursday"),
    ("2026-03-02", 45, "2026-05-07", "2026-05-06", "referral to the end of the assessment"),
    ("2026-12-22", 5, "2026-12-31", "2026-12-30", "incident known, across a substitute day"),
    ("2026-04-30", 15, "2026-05-22", "2026-05-21", "notification sent"),
    ("2026-05-20", 10, "2026-06-04", "2026-06-03", "conference to core group"),
]
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(("trigger", "n", "day_0", "day_1", "story"), VECTORS, ids=[row[4] for row in VECTORS])
def test_clocks_of_the_field_fall_due_as_published(trigger: str, n: int, day_0: str, day_1: str, story: str) -> None:
    start = date.fromisoformat(trigger)
    assert str(add_working_days(start, n)) == day_0
    assert str(add_working_days(start, n, TRIGGER_IS_DAY_0)) == day_0
    assert str(add_working_days(start, n, TRIGGER_IS_DAY_1)) == day_1


@pytest.mark.parametrize(
    ("holiday", "why"),
    [
        ("1995-05-08", "VE Day: May Day moved"),
        ("1999-12-27", "Christmas Day, a Saturday"),
        ("1999-12-28", "Boxing Day, a Sunday"),
        ("1999-12-31", "millennium eve"),
        ("2000-01-03", "New Year's Day, a Saturday"),
        ("2002-06-03", "golden jubilee"),
        ("2002-06-04", "spring bank holiday, moved"),
        ("2011-04-29", "royal wedding"),
        ("2012-06-04", "spring bank holiday, moved"),
        ("2012-06-05", "diamond jubilee"),
        ("2020-05-08", "VE Day: May Day moved"),
        ("2020-12-28", "Boxing Day, a Saturday"),
        ("2022-06-02", "spring bank holiday, moved"),
        ("2022-06-03", "platinum jubilee"),
        ("2022-09-19", "state funeral"),
        ("2022-12-27", "Christmas Day, a Sunday"),
        ("2023-05-08", "coronation"),
        ("2024-03-29", "Good Friday"),
        ("2024-04-01", "Easter Monday"),
    ],
)
def test_bank_holidays_are_no_working_days(holiday: str, why: str) -> None:
    day = date.fromisoformat(holiday)
    assert day.weekday() < 5, why
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    "day",
    ["1995-05-01", "2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30", "2024-03-18", "2024-08-05", "2025-11-30"],
)
def test_moved_holidays_leave_their_old_day_and_scottish_and_irish_ones_do_not_count(day: str) -> None:
    assert is_working_day(date.fromisoformat(day)) == (date.fromisoformat(day).weekday() < 5)


@pytest.mark.parametrize("year", range(1990, 2031))
def test_every_year_has_eight_bank_holidays_and_a_few_have_more(year: int) -> None:
    more = {1999: 1, 2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}
    every = (date(year, 1, 1) + n * timedelta(days=1) for n in range(366))
    weekdays = [day for day in every if day.year == year and day.weekday() < 5]
    assert len([day for day in weekdays if not is_working_day(day)]) == 8 + more.get(year, 0)


@given(days, st.integers(1, 60))
def test_due_days_are_working_days_that_counting_finds_again(day: date, n: int) -> None:
    due = add_working_days(day, n)
    assert is_working_day(due)
    assert due > day
    assert working_days_between(day, due) == n


@given(days, st.integers(2, 60))
def test_the_two_conventions_differ_by_one_working_day(day: date, n: int) -> None:
    assert add_working_days(day, n, TRIGGER_IS_DAY_1) == add_working_days(day, n - 1, TRIGGER_IS_DAY_0)


@given(days, st.integers(0, 60))
def test_a_later_trigger_never_falls_due_earlier(day: date, n: int) -> None:
    for convention in (TRIGGER_IS_DAY_0, TRIGGER_IS_DAY_1):
        later = day + timedelta(days=1)
        assert add_working_days(day, n, convention) <= add_working_days(later, n, convention)


def test_working_days_are_not_counted_backwards() -> None:
    assert working_days_between(date(2026, 5, 26), date(2026, 5, 22)) == 0
    with pytest.raises(ValueError, match="cannot count"):
        add_working_days(date(2026, 5, 26), -1)


@pytest.mark.parametrize(
    ("at", "closes"),
    [
        (datetime(2026, 5, 20, 9, tzinfo=UTC), datetime(2026, 5, 20, 16, tzinfo=UTC)),
        (datetime(2026, 5, 20, 16, tzinfo=UTC), datetime(2026, 5, 21, 16, tzinfo=UTC)),
        (datetime(2026, 5, 23, 9, tzinfo=UTC), datetime(2026, 5, 26, 16, tzinfo=UTC)),
        (datetime(2026, 5, 22, 20, tzinfo=UTC), datetime(2026, 5, 26, 16, tzinfo=UTC)),
        (datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 24, 17, tzinfo=UTC)),
        (datetime(2026, 6, 16, 23, 30, tzinfo=UTC), datetime(2026, 6, 17, 16, tzinfo=UTC)),
    ],
)
def test_the_working_day_closes_at_five_in_london(at: datetime, closes: datetime) -> None:
    assert close_of_working_day(at) == closes
