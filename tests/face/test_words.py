"""Dates, spans and lists as a practitioner would say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from joinedup.face import words

NOW = datetime(2026, 3, 5, 9, 12, tzinfo=UTC)


def test_a_day_is_said_by_its_month_and_without_a_leading_nought() -> None:
    assert words.day(date(2024, 3, 5)) == "5 March 2024"


def test_an_instant_late_on_a_summer_evening_belongs_to_the_next_london_day() -> None:
    assert words.day(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2024"
    assert words.clock(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)) == "00:30"


def test_the_clock_of_a_simulated_partnership_is_said_in_full() -> None:
    assert words.moment(NOW) == "Thursday 5 March 2026, 09:12"


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (NOW - timedelta(hours=1), "today at 08:12"),
        (NOW - timedelta(days=1), "yesterday at 09:12"),
        (NOW + timedelta(days=1), "tomorrow at 09:12"),
        (NOW - timedelta(days=2), "Tuesday 09:12"),
        (NOW - timedelta(days=7), "26 February 2026 at 09:12"),
        (datetime(2024, 3, 5, 9, 12, tzinfo=UTC), "5 March 2024 at 09:12"),
    ],
)
def test_a_time_near_now_is_said_by_its_weekday_and_others_by_their_date(instant: datetime, said: str) -> None:
    assert words.when(instant, NOW) == said


def test_without_a_now_every_time_is_said_by_its_date() -> None:
    assert words.when(NOW) == "5 March 2026 at 09:12"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=3, minutes=10), "3 h 10 min"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(days=2, hours=4), "2 days 4 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=9, hours=4), "9 days"),
        (timedelta(seconds=20), "0 min"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(length: timedelta, said: str) -> None:
    assert words.span(length) == said


def test_what_is_due_says_how_long_is_left_and_then_how_late_it_is() -> None:
    assert words.left(NOW + timedelta(hours=3, minutes=10), NOW) == "due in 3 h 10 min"
    assert words.left(NOW, NOW) == "overdue by 0 min"
    assert words.left(NOW - timedelta(days=2, hours=4), NOW) == "overdue by 2 days 4 h"


@pytest.mark.parametrize(("hours", "near"), [(-1, "overdue"), (0, "overdue"), (1, "today"), (15, "later")])
def test_how_near_a_deadline_is_follows_the_london_day(hours: int, near: str) -> None:
    assert words.pressing(NOW + timedelta(hours=hours), NOW) == near


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2011, 3, 5), "15 years"),
        (date(2011, 3, 6), "14 years 11 months"),
        (date(2022, 12, 20), "3 years 2 months"),
        (date(2025, 11, 5), "4 months"),
        (date(2026, 3, 1), "4 days old"),
        (date(2026, 4, 1), "not yet born"),
        (date(2008, 2, 29), "18 years"),
    ],
)
def test_age_is_said_in_years_and_months(born: date, said: str) -> None:
    assert words.age(born, date(2026, 3, 5)) == said


def test_lists_and_counts_read_as_english() -> None:
    assert words.joined(["police", "school", "hospital"]) == "police, school and hospital"
    assert words.joined(["police", "school"], "or") == "police or school"
    assert words.joined(["police"]) == "police"
    assert words.joined([]) == ""
    assert words.plural(1, "entry", "entries") == "1 entry"
    assert words.plural(12, "entry", "entries") == "12 entries"
    assert words.plural(1200, "child", "children") == "1,200 children"
    assert words.plural(0, "key") == "0 keys"
