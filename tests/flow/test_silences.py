"""Silences: what falls due because time passed, whether ticked on the minute, twice, or days late."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from flow.street import AT, KEEPER, Street, child, days_pass, event, what_stands
from joinedup.flow import ticking
from joinedup.flow.rebuild import rebuild
from joinedup.recognise.models import Ground
from joinedup.share import actions as share

TESS = child("Theresa", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
AMY = child("Amy", "Thornley", "2012-03-04", "9990000034")
DAYS = 21  # twenty working days after the request, and Easter


@pytest.fixture
def asked(street: Street) -> Street:
    """The council was asked for help, and has not answered."""
    street.tell("school", [TESS], event("request-for-help", "2026-03-10", told=[{"agency": "council"}]))
    return street


def go_by(days: int) -> datetime:
    """So many days go by, and nobody ticks."""
    at = AT + timedelta(days=days)
    share.set_clock(by=KEEPER, at=at)
    return at


def hear_of_another(street: Street, at: datetime) -> None:
    """The council's feed is alive."""
    street.tell("council", [AMY], event("good-news", "2026-03-19"), at=at, id="C1")


def speaks() -> bool:
    return Ground.objects.filter(pattern="help-not-answered").exists()


def test_a_silence_speaks_once_its_day_has_come_and_its_agency_was_heard(asked: Street) -> None:
    at = days_pass(AT, DAYS)
    assert not speaks()
    hear_of_another(asked, at)
    ticking.tick(at=at)
    assert speaks()


def test_a_silence_does_not_speak_before_its_day(asked: Street) -> None:
    hear_of_another(asked, at := days_pass(AT, 5))
    ticking.tick(at=at)
    assert not speaks()


def test_ticking_again_changes_nothing(asked: Street) -> None:
    hear_of_another(asked, at := days_pass(AT, DAYS))
    ticking.tick(at=at)
    before = what_stands()
    ticking.tick(at=at)
    ticking.tick(at=at + timedelta(minutes=1))
    assert what_stands() == before
    assert rebuild(at=at, check=True).differences == []


def test_one_late_tick_makes_up_for_all_the_days_that_were_skipped(asked: Street) -> None:
    with transaction.atomic():
        hear_of_another(asked, at := days_pass(AT, DAYS))
        ticking.tick(at=at)
        daily = what_stands()
        transaction.set_rollback(True)
    hear_of_another(asked, at := go_by(DAYS))
    ticking.tick(at=at)
    assert speaks()
    assert what_stands() == daily


def test_nothing_due_is_nothing_done(street: Street) -> None:
    street.tell("council", [TESS], event("good-news", "2026-03-19"))
    assert not ticking.tick(at=AT)
