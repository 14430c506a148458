"""Ticking: each day's checkpoint of the audit, once; and a tick that lost its database goes on with the next."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from flow.street import AT, Street
from joinedup.flow import ticking
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Checkpoint


class OneTurn(threading.Event):
    """Told to stop as soon as anybody waits for it."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def test_the_audit_is_tied_once_on_every_day_that_is_ticked(street: Street) -> None:
    made = []
    for hours in (0, 3, 12, 24, 72, 73):
        ticking.tick(at=AT + timedelta(hours=hours))
        made.append(Checkpoint.objects.count())
    assert made == [1, 1, 1, 2, 3, 3]
    assert house.verify().ok


def test_a_checkpoint_that_somebody_made_is_that_days(street: Street) -> None:
    share.checkpoint(by=street.worker_, at=AT)
    assert share.checkpoint_of_the_day(by=street.worker_, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_a_tick_that_lost_its_database_lets_go_of_the_dead_connection(engine_name: str) -> None:
    if engine_name == "sqlite":
        pytest.skip("SQLite is a file: there is no connection to lose")
    connection.ensure_connection()
    connection.connection.close()
    ticking.tick_for_ever(OneTurn())
    assert not house.agencies()
