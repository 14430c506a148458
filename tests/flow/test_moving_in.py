"""A household changes on the days it is said to: findings come and go then, though nothing new comes in (law 1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from flow.street import AT, KEEPER, Json, Street, child, event
from joinedup.flow import ticking
from joinedup.flow.rebuild import rebuild
from joinedup.recognise.models import Ground
from joinedup.share import actions as share

MILL, QUAY = "4 Mill Lane, EL4 2AB", "31 Quay Street, EL9 9XY"
COMES, GOES = date(2026, 3, 24), date(2026, 3, 27)  # the Tuesday and the Friday after AT


def karl(lives: str = MILL, **days: str) -> Json:
    """A man of whom two agencies worry, and from when to when he is said to live there."""
    said: Json = child("Karl", "Voss", "1984-01-30", lives=lives, kind="adult", role="adult-of-concern")
    said["addresses"][0].update(days)
    return said


def tess(**more: Any) -> Json:
    return child("Tess", "Arden", "2011-05-17", "9990000018", MILL, **more)


@pytest.fixture
def worries(street: Street) -> Street:
    """Three events about two people who do not live together: nothing adds up in one household."""
    street.tell("school", [tess()], event("concern", "2026-03-10", "neglect"))
    street.tell("hospital", [karl(QUAY)], event("concern", "2026-03-11", "domestic-abuse", about=[1]))
    street.tell("police", [karl(QUAY)], event("concern", "2026-03-12", "domestic-abuse", about=[1]))
    return street


def days_on_which_it_stands() -> list[date]:
    """Ticks day after day; on each of them rebuilding from nothing finds no difference."""
    found = []
    for days in range(10):
        at = AT + timedelta(days=days)
        share.set_clock(by=KEEPER, at=at)
        ticking.tick(at=at)
        if Ground.objects.filter(pattern="household-adds-up").exists():
            found.append(at.date())
        assert rebuild(at=at, check=True).differences == []
    return found


def from_to(first: date, end: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((end - first).days)]


END = AT.date() + timedelta(days=10)


def test_whoever_is_said_to_move_in_belongs_from_that_day(worries: Street) -> None:
    worries.tell("northgate", [karl(since=COMES.isoformat())], event("good-news", "2026-03-19"))
    assert days_on_which_it_stands() == from_to(COMES, END)


def test_whoever_is_said_to_move_out_belongs_until_that_day(worries: Street) -> None:
    worries.tell(
        "northgate", [karl(since="2026-03-01", until=(GOES - timedelta(days=1)).isoformat())],
        event("good-news", "2026-03-19"),
    )  # fmt: skip
    assert days_on_which_it_stands() == from_to(AT.date(), GOES)


def test_whoever_is_stated_to_join_the_child_belongs_from_that_day(worries: Street) -> None:
    joins = karl(since=COMES.isoformat()) | {"role": "partner-of-parent", "in_household": "yes"}
    worries.tell("northgate", [tess(), joins], event("good-news", "2026-03-19", about=[1]))
    assert days_on_which_it_stands() == from_to(COMES, END)


def test_a_move_that_was_told_and_taken_back_never_comes(worries: Street) -> None:
    key = worries.tell("northgate", [karl(since=COMES.isoformat())], event("good-news", "2026-03-19"))
    worries.take_back(key)
    assert days_on_which_it_stands() == []
