"""The day desk opens at 08:30 on working days and closes at 17:00; at all other times out-of-hours holds the door."""

from datetime import datetime

import pytest

from joinedup.ground.clock import LONDON
from joinedup.respond.rules.hours import handing_over, in_office_hours, last_close, next_opening, opening_of


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-03-05T08:29", False),
        ("2026-03-05T08:30", True),
        ("2026-03-05T16:59", True),
        ("2026-03-05T17:00", False),
        ("2026-03-07T12:00", False),  # a Saturday
        ("2026-04-03T12:00", False),  # Good Friday
        ("2026-07-06T08:30", True),  # summer time
    ],
)
def test_office_hours(at: str, *, open_: bool) -> None:
    assert in_office_hours(london(at)) is open_


@pytest.mark.parametrize(
    ("at", "closed", "opens"),
    [
        ("2026-03-05T03:00", "2026-03-04T17:00", "2026-03-05T08:30"),
        ("2026-03-05T17:00", "2026-03-05T17:00", "2026-03-06T08:30"),
        ("2026-03-07T12:00", "2026-03-06T17:00", "2026-03-09T08:30"),  # over a weekend
        ("2026-04-05T12:00", "2026-04-02T17:00", "2026-04-07T08:30"),  # over Easter
        ("2026-03-05T10:00", "2026-03-04T17:00", "2026-03-06T08:30"),
    ],
)
def test_when_the_night_began_and_when_it_ends(at: str, closed: str, opens: str) -> None:
    assert (last_close(london(at)), next_opening(london(at))) == (london(closed), london(opens))


@pytest.mark.parametrize(
    ("at", "shown"),
    [("2026-03-05T08:29", False), ("2026-03-05T08:30", True), ("2026-03-05T11:59", True), ("2026-03-05T12:00", False),
     ("2026-03-07T09:00", False)],
)  # fmt: skip
def test_the_hand_over_stands_until_noon(at: str, *, shown: bool) -> None:
    assert handing_over(london(at)) is shown


def test_the_day_opens_at_half_past_eight() -> None:
    assert opening_of(london("2026-03-05T23:00")) == london("2026-03-05T08:30")
