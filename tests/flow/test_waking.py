"""Wakers: whoever commits what waits wakes a sleeping worker; whoever takes it back again does not."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from flow.street import AT, Street, child, event, found
from flow.test_worker import PATIENCE, ended, in_threads
from joinedup.flow import waking
from joinedup.share import actions as share
from joinedup.share.models import Subject
from joinedup.share.rules import FLOW

pytestmark = pytest.mark.django_db(transaction=True)
AMY = child("Amy", "Thornley", "2012-03-04")


@pytest.fixture
def street() -> Street:
    return found()


def keep(street: Street) -> str:
    return street.keep(*street.notice("school", [AMY], [event("absence", "2026-02")]))


class Sleeper:
    """A waker asleep on a connection of its own, and what woke it: true, false, or not yet."""

    def __init__(self) -> None:
        self.asleep, self.stop, self.woken = threading.Event(), threading.Event(), list[bool]()
        self.threads, self.failures = in_threads(self.sleep)
        assert self.asleep.wait(PATIENCE)

    def sleep(self) -> None:
        waker = waking.waker()
        self.asleep.set()
        self.woken.append(waker.wait(self.stop))

    def result(self) -> list[bool]:
        assert ended(self.threads)
        assert self.failures == []
        return self.woken


def stir(_: Street) -> None:
    share.stir(by=FLOW, at=AT, subjects=Subject.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("work", [keep, stir])
def test_whoever_commits_what_waits_wakes_a_sleeping_worker(street: Street, monkeypatch: Any, work: Any) -> None:
    share.allot_subjects(by=FLOW, at=AT, kinds={"a record": "child"})
    monkeypatch.setattr(waking, "LONGEST", PATIENCE)
    sleeper = Sleeper()
    work(street)
    assert sleeper.result() == [True]


def test_nothing_wakes_a_worker_while_nobody_commits(street: Street) -> None:
    with transaction.atomic():
        keep(street)
        sleeper = Sleeper()
        assert sleeper.result() == [False]


def test_a_worker_that_is_told_to_stop_wakes_up_to_do_so(street: Street) -> None:
    sleeper = Sleeper()
    sleeper.stop.set()
    assert sleeper.result() == [False]


def test_a_worker_that_lost_its_connection_looks_at_once_when_it_has_one_again(street: Street) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's connections are never lost")
    waker = waking.PostgresWaker()
    connection.close()
    assert waker.wait(threading.Event())
