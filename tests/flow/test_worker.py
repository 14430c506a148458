"""The worker: safe to walk again, beside others, after one that died, and past what cannot be walked."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from flow.street import AT, Street, child, event, found, what_stands
from joinedup.chronicle.models import Entry
from joinedup.flow import waking, worker
from joinedup.ground.clock import utcnow
from joinedup.link.actions.grouping import ONE_AT_A_TIME
from joinedup.receive import actions as receive
from joinedup.receive.models import Message, Reading, Receipt
from joinedup.share import actions as share
from joinedup.share.models import AuditRow, Subject
from joinedup.share.queries import verify
from joinedup.share.rules import FLOW
from joinedup.web.sqlite import base as sqlite

TESS = child("Theresa", "Arden", "2011-05-17", "9990000018", "4 Mill Lane, EL4 2AB")
DEAD_SINCE = timedelta(minutes=2)  # longer than a claim lasts
WORKERS, PATIENCE = 3, 120.0  # seconds that a test waits before it says that nothing will come


def missing(street: Street, day: int) -> tuple[str, bytes]:
    return street.notice("police", [TESS], [event("missing", f"2026-02-{day:02d}", "missing-episode")])


def stage(key: str) -> str:
    return str(Message.objects.values_list("stage", flat=True).get(pk=key))


def test_a_message_goes_all_the_way_and_then_nothing_waits(street: Street) -> None:
    key = street.keep(*missing(street, 1))
    assert worker.once(at=AT).messages == 1
    assert stage(key) == "placed"
    assert Entry.objects.get().message_id == key
    assert not worker.once(at=AT)


def test_a_message_walked_again_changes_nothing(street: Street) -> None:
    keys = [street.tell("police", [TESS], event("missing", f"2026-02-0{day}", "missing-episode")) for day in (1, 5, 9)]
    before = what_stands()
    for key in keys:
        assert worker.walked(key, at=AT + timedelta(hours=1)).messages == 1
    worker.once(at=AT)
    assert what_stands() == before


def test_a_worker_that_died_leaves_its_messages_and_children_to_another(street: Street) -> None:
    key = street.keep(*missing(street, 1))
    receive.claim_unread(by=FLOW, at=utcnow(), limit=9)
    assert not worker.once(at=AT)  # somebody is at it, for all that is known
    Message.objects.update(claimed_until=None)
    receive.claim_unread(by=FLOW, at=utcnow() - DEAD_SINCE, limit=9)
    assert worker.once(at=AT).messages == 1
    assert stage(key) == "placed"
    share.stir(by=FLOW, at=AT, subjects=[Entry.objects.get().subject_id])
    share.claim_stirred(by=FLOW, at=utcnow() - DEAD_SINCE, limit=9)
    assert worker.once(at=AT).subjects == 1


def test_what_cannot_be_walked_goes_to_a_person_with_its_receipt_and_the_next_one_flows(street: Street) -> None:
    poison, next_one = street.keep(*missing(street, 1)), street.keep(*missing(street, 5))
    Reading.objects.filter(message=poison).update(notice=b"this cannot be opened")
    done = worker.once(at=AT)
    assert (done.quarantined, done.messages) == (1, 1)
    assert (stage(poison), stage(next_one)) == ("quarantined", "placed")
    assert Receipt.objects.filter(message=poison).exists()
    assert AuditRow.objects.filter(act="receive.set_aside", what__message=poison).count() == 1
    assert not worker.once(at=AT)


def test_a_child_who_cannot_be_derived_stays_stirred_and_the_rest_flows(street: Street) -> None:
    street.tell("police", [TESS], event("missing", "2026-02-01"))
    entry = Entry.objects.get()
    Entry.objects.update(precision="unheard-of")
    share.stir(by=FLOW, at=AT, subjects=[entry.subject_id])
    other = street.keep(
        *street.notice("school", [child("Amy", "Thornley", "2012-03-04")], [event("absence", "2026-02")])
    )
    done = worker.once(at=AT)
    assert (done.left, stage(other)) == (1, "placed")
    assert Subject.objects.get(pk=entry.subject_id).stirred_at is not None
    Entry.objects.filter(pk=entry.pk).update(precision="day")
    Subject.objects.update(claimed_until=None)
    assert worker.once(at=AT).subjects == 1


def test_a_trouble_that_passes_is_tried_again_at_once() -> None:
    tries: list[int] = []

    def in_the_way_twice() -> None:
        tries.append(1)
        if len(tries) < worker.TRIES:
            raise locked()

    worker.again_if_in_the_way(in_the_way_twice)
    assert len(tries) == worker.TRIES


def test_a_trouble_that_does_not_pass_is_not_tried_again() -> None:
    tries: list[int] = []

    def wrong() -> None:
        tries.append(1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the very one
        worker.again_if_in_the_way(wrong)
    assert len(tries) == 1


def locked() -> OperationalError:
    """What Django raises where another connection holds the database for too long."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    trouble = OperationalError("database is locked")
    trouble.__cause__ = cause
    return trouble


def in_threads(work: Callable[[], Any], number: int = 1) -> tuple[list[threading.Thread], list[BaseException]]:
    """Start the work in threads with connections of their own; what failed is listed."""
    failures: list[BaseException] = []

    def alone() -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, daemon=True) for _ in range(number)]
    for one in threads:
        one.start()
    return threads, failures


def ended(threads: list[threading.Thread]) -> bool:
    for one in threads:
        one.join(PATIENCE)
    return not any(one.is_alive() for one in threads)


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_walk_every_message_once() -> None:
    street = found()
    keys = [street.keep(*missing(street, day)) for day in range(1, 13)]
    threads, failures = in_threads(lambda: worker.once(at=AT), WORKERS)
    assert ended(threads)
    assert failures == []
    walked = AuditRow.objects.filter(act="flow.walk").values_list("what__message", flat=True)
    assert sorted(walked) == sorted(keys)
    assert Entry.objects.count() == len(keys)
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_a_message_that_finds_another_in_its_way_for_long_waits_and_is_no_persons_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    street = found()
    key = street.keep(*missing(street, 1))
    holding, let_go = threading.Event(), threading.Event()
    threads, failures = in_threads(lambda: hold_everything(holding, let_go))
    assert holding.wait(PATIENCE)
    try:
        impatient(monkeypatch)
        with pytest.raises(OperationalError):
            worker.once(at=AT)
    finally:
        let_go.set()
        assert ended(threads)
        connection.close()
    assert failures == []
    Message.objects.update(claimed_until=None)
    assert stage(key) == "unread"
    assert worker.once(at=AT).messages == 1


def hold_everything(holding: threading.Event, let_go: threading.Event) -> None:
    """Keep other writers out until told to let go."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        holding.set()
        let_go.wait(PATIENCE)


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process wait for no other writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20ms'")
    else:
        monkeypatch.setattr(sqlite, "PATIENCE", 0.0)


@pytest.mark.django_db(transaction=True)
def test_a_sleeping_worker_is_woken_by_what_is_received(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "LONGEST", PATIENCE)  # so that only a message can wake it
    street = found()
    stop, asleep = threading.Event(), threading.Event()

    class Waker:
        """The database's own, which says when the worker has gone to sleep."""

        def __init__(self) -> None:
            self.own = waking.waker()

        def wait(self, stop: threading.Event) -> bool:
            asleep.set()
            return self.own.wait(stop)

    threads, failures = in_threads(lambda: worker.run(stop, Waker()))
    assert asleep.wait(PATIENCE)
    asleep.clear()
    key = street.keep(*missing(street, 1))
    assert asleep.wait(PATIENCE)  # it woke, walked, and sleeps again
    while stage(key) != "placed" and not failures:
        assert asleep.wait(PATIENCE)
    stop.set()
    street.keep(*missing(street, 2))  # wakes it for the last time
    assert ended(threads)
    assert failures == []
    assert Entry.objects.filter(message=key).exists()
