"""Coarse dates have one order in lists, and an honest one in meaning; what is said can be read again."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.periods import Period, Precision, may_overlap, order_key, read_period, says, surely_before

DAY = timedelta(days=1)
days = st.dates(date(2009, 1, 1), date(2012, 12, 31))
near_days = st.dates(date(2024, 3, 28), date(2024, 4, 3))  # across the change of the clocks


@st.composite
def any_period(draw: st.DrawFn) -> Period:
    first = draw(near_days)
    shape = draw(st.sampled_from(["moment", "range", "lasting", "unknown"]))
    if shape == "unknown":
        return Period.UNKNOWN
    if shape == "moment":
        return Period.at(datetime(first.year, first.month, first.day, draw(st.integers(0, 23)), tzinfo=UTC))
    return Period(first, first + draw(st.integers(1, 4)) * DAY, Precision.DAY, lasting=shape == "lasting")


def read(text: str) -> Period:
    return read_period(text, None, None, None, None)[0]


@given(any_period(), any_period())
def test_what_was_surely_before_may_not_overlap_and_comes_first_in_lists(a: Period, b: Period) -> None:
    if surely_before(a, b):
        assert not may_overlap(a, b)
        assert not surely_before(b, a)
        assert order_key(a) < order_key(b)
    assert surely_before(a, b) or surely_before(b, a) or may_overlap(a, b)


@given(any_period(), any_period(), any_period())
def test_surely_before_carries_on(a: Period, b: Period, c: Period) -> None:
    a, b, c = sorted([a, b, c], key=order_key)
    assert surely_before(a, c) or not (surely_before(a, b) and surely_before(b, c))


@given(any_period())
def test_nothing_is_before_itself(period: Period) -> None:
    assert not surely_before(period, period)
    assert may_overlap(period, period)


@given(near_days, st.integers(1, 4), near_days, st.integers(1, 4))
def test_between_days_it_is_certain_only_when_every_possible_day_is_earlier(
    first: date, length: int, other: date, other_length: int
) -> None:
    a = Period(first, first + length * DAY, Precision.DAY)
    b = Period(other, other + other_length * DAY, Precision.DAY)
    possible = [(first + n * DAY, other + m * DAY) for n in range(length) for m in range(other_length)]
    assert surely_before(a, b) == all(day < later for day, later in possible)


@given(st.lists(any_period(), max_size=4))
def test_a_list_has_one_order_whatever_order_it_came_in(periods: list[Period]) -> None:
    orders = {tuple(order_key(one) for one in sorted(some, key=order_key)) for some in permutations(periods)}
    assert len(orders) == 1
    assert all(a <= b for a, b in pairwise(orders.pop()))


def test_two_entries_of_one_day_are_not_in_order_unless_both_say_the_moment() -> None:
    day, morning, evening = read("2024-03-05"), read("2024-03-05T09:00Z"), read("2024-03-05T19:00Z")
    assert not surely_before(day, evening)
    assert not surely_before(morning, day)
    assert surely_before(morning, evening)


def test_a_year_is_not_surely_before_a_month_in_it_but_is_before_the_next_year() -> None:
    assert not surely_before(read("2011"), read("2011-05"))
    assert may_overlap(read("2011"), read("2011-05"))
    assert surely_before(read("2011"), read("2012-01"))


def test_what_is_not_dated_comes_last_and_may_have_been_at_any_time() -> None:
    assert order_key(read("2199")) < order_key(Period.UNKNOWN)
    assert may_overlap(Period.UNKNOWN, read("2011"))
    assert not surely_before(read("2011"), Period.UNKNOWN)


def test_the_list_goes_by_when_it_can_have_begun_and_then_by_when_it_can_have_ended() -> None:
    said = ["2011-05-01", "2011-05", "2011-05-02T08:00Z", "2010", "spring 2011"]
    assert sorted(said, key=lambda text: order_key(read(text))) == [
        "2010", "spring 2011", "2011-05-01", "2011-05", "2011-05-02T08:00Z"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "end", "instant"),
    [
        (date(2024, 3, 5), None, None),
        (date(2024, 3, 5), date(2024, 3, 5), None),
        (date(2024, 3, 5), date(2024, 3, 6), datetime(2024, 3, 7, tzinfo=UTC)),
        (date(2024, 3, 5), date(2024, 3, 6), datetime(2024, 3, 5)),  # noqa: DTZ001 - the point of the test
    ],
)
def test_a_period_that_means_nothing_cannot_be_made(first: date, end: date | None, instant: datetime | None) -> None:
    with pytest.raises(ValueError, match="needs"):
        Period(first, end, Precision.DAY, instant)


def test_a_period_knows_its_length_and_its_last_day() -> None:
    assert (read("2011-05").days, read("2011-05").last) == (31, date(2011, 5, 31))
    assert (Period.UNKNOWN.days, Period.UNKNOWN.last, Period.UNKNOWN.known) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-03-05", "5 March 2024"),
        ("2024-03", "March 2024"),
        ("2011", "some time in 2011"),
        ("throughout 2011", "throughout 2011"),
        ("from 3 to 9 May 2024", "from 3 to 9 May 2024"),
        ("between 3 and 9 May 2024", "some time from 3 to 9 May 2024"),
        ("from 30 March to 2 April 2024", "from 30 March to 2 April 2024"),
        ("from 30 December 2023 to 2 April 2024", "from 30 December 2023 to 2 April 2024"),
        ("spring 2011", "some time from March to May 2011"),
        ("winter 2010/11", "some time from December 2010 to February 2011"),
        ("c. 2010", "some time from 2009 to 2011"),
        ("Early May 2016", "early May 2016"),
        ("2024-07-05T13:30:00Z", "5 July 2024 at 14:30"),
    ],
)
def test_a_period_is_said_as_people_say_it(text: str, words: str) -> None:
    assert says(read(text)) == words


def test_what_is_not_known_says_so() -> None:
    assert says(Period.UNKNOWN) == "date not known"


@st.composite
def sayable(draw: st.DrawFn) -> Period:
    """Every shape whose words hold all of it: stretches of whole days, months or years, and moments to the minute."""
    first, later = sorted([draw(days), draw(days)])
    lasting = draw(st.booleans())
    match draw(st.sampled_from(["moment", "day", "days", "months", "years", "third"])):
        case "moment":
            return Period.at(datetime(first.year, first.month, first.day, draw(st.integers(3, 20)), 7, tzinfo=UTC))
        case "day":
            return Period.on(first)
        case "days":
            return Period(first, later + 2 * DAY, Precision.DAY, lasting=lasting)
        case "months":
            end = (later.replace(day=28) + 4 * DAY).replace(day=1)
            return Period(first.replace(day=1), end, Precision.MONTH, lasting=lasting)
        case "years":
            end = date(later.year + 1, 1, 1)
            return Period(date(first.year, 1, 1), end, Precision.YEAR, lasting=lasting)
    part = draw(st.sampled_from(["early", "mid", "late"]))
    whole = read(f"{part} {says(Period(first, first + DAY, Precision.DAY)).split(' ', 1)[1]}")
    return Period(whole.first, whole.end, whole.precision, lasting=lasting)


@given(sayable())
def test_what_is_said_can_be_read_again(period: Period) -> None:
    assert read(says(period)) == period
