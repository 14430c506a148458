"""Dates as people and systems write them are read honestly, and never refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.periods import Period, Precision, read_date, read_period

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR


def read(words: str) -> Period:
    return read_period(words, None, None, None, None)[0]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2011", "2011-01-01", "2011-12-31", YEAR),
        ("2011-05", "2011-05-01", "2011-05-31", MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", MONTH),
        ("2024-03-05", "2024-03-05", "2024-03-05", DAY),
        ("2024-3-5", "2024-03-05", "2024-03-05", DAY),
        ("2024-03-05Z", "2024-03-05", "2024-03-05", DAY),
        ("20160522", "2016-05-22", "2016-05-22", DAY),
        ("22/05/2016", "2016-05-22", "2016-05-22", DAY),
        ("22.5.2016", "2016-05-22", "2016-05-22", DAY),
        ("05/2016", "2016-05-01", "2016-05-31", MONTH),
        ("22 May 2016", "2016-05-22", "2016-05-22", DAY),
        ("Sunday the 22nd of May, 2016", "2016-05-22", "2016-05-22", DAY),
        ("May 22, 2016", "2016-05-22", "2016-05-22", DAY),
        ("22-May-2016", "2016-05-22", "2016-05-22", DAY),
        ("the evening of 22 May 2016", "2016-05-22", "2016-05-22", DAY),
        ("Sept. 2011", "2011-09-01", "2011-09-30", MONTH),
        ("some time in 2011", "2011-01-01", "2011-12-31", YEAR),
        ("spring 2011", "2011-03-01", "2011-05-31", MONTH),
        ("summer of 2012", "2012-06-01", "2012-08-31", MONTH),
        ("in the Autumn of 2012", "2012-09-01", "2012-11-30", MONTH),
        ("winter 2010/11", "2010-12-01", "2011-02-28", MONTH),
        ("winter 2010-2011", "2010-12-01", "2011-02-28", MONTH),
        ("autumn term 2019", "2019-09-01", "2019-12-31", MONTH),
        ("early May 2016", "2016-05-01", "2016-05-10", MONTH),
        ("mid-May 2016", "2016-05-11", "2016-05-20", MONTH),
        ("the end of February 2016", "2016-02-21", "2016-02-29", MONTH),
        ("late 2011", "2011-09-01", "2011-12-31", MONTH),
        ("w/c 2 May 2016", "2016-05-02", "2016-05-08", DAY),
        ("week beginning 2 May 2016", "2016-05-02", "2016-05-08", DAY),
        ("between 3 and 9 May 2024", "2024-05-03", "2024-05-09", DAY),
        ("3-9 May 2024", "2024-05-03", "2024-05-09", DAY),
        ("3 March – 9 May 2024", "2024-03-03", "2024-05-09", DAY),
        ("2024-03-05 to 2024-03-09", "2024-03-05", "2024-03-09", DAY),
        ("December 2023 until March 2024", "2023-12-01", "2024-03-31", MONTH),
        ("March-May 2011", "2011-03-01", "2011-05-31", MONTH),
        ("2009-2011", "2009-01-01", "2011-12-31", YEAR),
    ],
)
def test_a_date_means_every_day_on_which_it_can_have_been(
    text: str, first: str, last: str, precision: Precision
) -> None:
    period, problems = read_period(text, None, None, None, None)
    assert (str(period.first), str(period.last), period.precision) == (first, last, precision)
    assert problems == []
    assert not period.lasting


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("c. 2010", "2009-01-01", "2011-12-31"),
        ("circa 2010", "2009-01-01", "2011-12-31"),
        ("?22 May 2016", "2016-05-21", "2016-05-23"),
        ("22 May 2016?", "2016-05-21", "2016-05-23"),
        ("about May 2016", "2016-04-01", "2016-06-30"),
        ("about 5 March 2024 at 14:30", "2024-03-04", "2024-03-06"),
        ("?2016-05", "2016-04-01", "2016-06-30"),
    ],
)
def test_a_doubted_date_reaches_one_unit_further_on_either_side(text: str, first: str, last: str) -> None:
    assert (str(read(text).first), str(read(text).last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last", "what_to_do"),
    [
        ("2024-02-30", "2024-02-01", "2024-02-29", "send the right day"),
        ("31 June 2024", "2024-06-01", "2024-06-30", "send the right day"),
        ("2024-13", "2024-01-01", "2024-12-31", "send the right month"),
        ("05/22/2016", "2016-05-22", "2016-05-22", "send the day first"),
        ("22/05/16", "2016-05-22", "2016-05-22", "send all four"),
        ("2010/11", "2010-04-01", "2011-08-31", "send the month"),
        ("winter 2011", "2011-01-01", "2012-02-29", "send the month"),
        ("2024-02-30T10:00:00Z", "2024-02-01", "2024-02-29", "send the right day"),
        ("2024-13-05", "2024-01-01", "2024-12-31", "send the right month"),
        ("2024-03-05T25:61", "2024-03-05", "2024-03-05", "write it as 14:30"),
        ("5 March 2024 at 26:00", "2024-03-05", "2024-03-05", "write it as 14:30"),
    ],
)
def test_what_is_left_of_a_slip_is_kept_and_its_sender_told_what_to_do(
    text: str, first: str, last: str, what_to_do: str
) -> None:
    period, problems = read_period(text, None, None, None, None)
    assert (str(period.first), str(period.last)) == (first, last)
    assert [what_to_do in problem for problem in problems] == [True]


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "spring", "since 2011", "before May 2012", "w/c May 2016", "2010/14", "winter 2010/14"),
        *("1900-01-01", "9999-12-31", "1066", "1066-10-14", "5 March 1066", "from 2011 to later", "0", "?"),
    ],
)
def test_what_does_not_clearly_name_a_time_is_unknown_and_not_guessed(text: str) -> None:
    period, problems = read_period(text, None, None, None, None)
    assert period == Period.UNKNOWN
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-07-05T14:30:00+01:00", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("2024-07-05T13:30:00Z", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("2024-07-05 14:30", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("5 July 2024 at 2.30 pm", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("05/07/2024 14:30", datetime(2024, 7, 5, 13, 30, tzinfo=UTC)),
        ("2024-07-05T23:30:00Z", datetime(2024, 7, 5, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_kept_in_utc_and_lies_on_its_london_day(text: str, moment: datetime) -> None:
    assert read(text) == Period.at(moment)


def test_a_moment_late_in_a_summer_evening_in_utc_is_the_next_day_in_london() -> None:
    assert read("2024-07-05T23:30:00Z").first == date(2024, 7, 6)


def test_midnight_without_a_zone_is_how_systems_write_a_day() -> None:
    assert read("2024-07-05T00:00:00") == Period.on(date(2024, 7, 5))


def test_the_last_day_is_included_as_people_write_it() -> None:
    period, problems = read_period("2024-05-03", "2024-05-09", "day", True, None)
    assert period == Period(date(2024, 5, 3), date(2024, 5, 10), DAY, lasting=True)
    assert problems == []


def test_a_range_without_a_word_on_lasting_happened_once_some_time_within_it() -> None:
    assert not read_period("2024-05-03", "2024-05-09", None, None, None)[0].lasting
    assert read("from 3 to 9 May 2024").lasting
    assert read("throughout 2011").lasting
    assert not read_period("from 3 to 9 May 2024", None, None, False, None)[0].lasting


def test_a_range_is_as_precise_as_its_vaguer_end() -> None:
    period, _ = read_period("2024-03-05", "2024-05", None, True, None)
    assert (period.first, period.end, period.precision) == (date(2024, 3, 5), date(2024, 6, 1), MONTH)


def test_an_episode_between_two_moments_keeps_when_it_began() -> None:
    period, _ = read_period("2024-05-03T21:00:00Z", "2024-05-05T05:00:00Z", "instant", True, None)
    assert period.instant == datetime(2024, 5, 3, 21, tzinfo=UTC)
    assert (period.first, period.last) == (date(2024, 5, 3), date(2024, 5, 5))
    once, _ = read_period("2024-05-03T21:00:00Z", "2024-05-05T05:00:00Z", "instant", False, None)
    assert (once.instant, once.precision) == (None, DAY)


def test_the_stated_precision_can_only_make_a_date_coarser() -> None:
    assert read_period("2011-01-01", None, "year", None, None) == (read("2011"), [])
    assert read_period("2011-05-01T00:00:00Z", None, "month", None, None) == (read("2011-05"), [])
    assert read_period("2011-05-03T14:00:00Z", None, "day", None, None) == (read("2011-05-03"), [])
    period, problems = read_period("2011", None, "day", None, None)
    assert period == read("2011")
    assert "send the rest" in problems[0]


def test_a_precision_that_is_no_precision_is_a_problem_and_nothing_more() -> None:
    period, problems = read_period("2011-05-03", None, "roughly", None, None)
    assert period == Period.on(date(2011, 5, 3))
    assert "use instant, day" in problems[0]


def test_a_date_marked_as_not_known_is_not_used() -> None:
    period, problems = read_period("2011-01-01", None, "unknown", None, None)
    assert period == Period.UNKNOWN
    assert len(problems) == 1


def test_an_end_before_the_beginning_is_turned_round_and_said() -> None:
    period, problems = read_period("2024-05-09", "2024-05-03", None, None, None)
    assert (period.first, period.last) == (date(2024, 5, 3), date(2024, 5, 9))
    assert "turned round" in problems[0]


def test_an_end_alone_is_no_period() -> None:
    period, problems = read_period(None, "2024-05-09", None, None, None)
    assert period == Period.UNKNOWN
    assert "say when it began" in problems[0]


def test_nothing_said_is_unknown_and_no_problem() -> None:
    assert read_period(None, None, None, None, None) == (Period.UNKNOWN, [])
    assert read_period(" ", "", "", None, "") == (Period.UNKNOWN, [])


def test_the_words_are_read_when_the_date_is_missing_or_not_understood() -> None:
    assert read_period(None, None, None, None, "spring 2011") == (read("spring 2011"), [])
    period, problems = read_period("dont know", None, None, None, "spring 2011")
    assert period == read("spring 2011")
    assert len(problems) == 1


def test_an_end_that_is_not_understood_leaves_the_beginning() -> None:
    period, problems = read_period("2024-05-03", "later", None, None, None)
    assert period == Period.on(date(2024, 5, 3))
    assert len(problems) == 1


def test_a_date_to_come_is_kept() -> None:
    assert read("2199-05-03") == Period.on(date(2199, 5, 3))


def test_a_problem_never_repeats_what_was_written() -> None:
    assert all("Tess" not in problem for problem in read_date("Tess, last week")[1])


PIECES = st.sampled_from(
    [
        "2011",
        "05",
        "31",
        "-",
        "/",
        " ",
        "T",
        ":",
        "to",
        "from",
        "and",
        "c.",
        "?",
        "May",
        "spring",
        "early",
        "w/c",
        "99",
        "٣",
    ]
)
ANYTHING = (
    st.none() | st.text(max_size=400) | st.lists(PIECES, max_size=9).map("".join) | st.lists(PIECES).map(" ".join)
)


@given(ANYTHING, ANYTHING, ANYTHING, st.none() | st.booleans(), ANYTHING)
def test_no_text_whatever_raises(
    from_: str | None, to: str | None, precision: str | None, lasting: bool | None, words: str | None
) -> None:
    period, problems = read_period(from_, to, precision, lasting, words)
    assert period.known or period == Period.UNKNOWN
    assert all(problem.endswith(".") for problem in problems)
