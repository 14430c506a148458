"""Ticking: each day's checkpoint of the audit, once; and a tick that lost its database goes on with the next."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from flow.street import AT, Street
from joinedup.flow import ticking
from joinedup.receive import actions as receive
from joinedup.receive.models import Draft, PayloadKey
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import AuditRow, Checkpoint
from joinedup.share.rules import Actor


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


def test_a_report_that_nobody_sends_is_destroyed_with_its_key_when_its_time_is_over(street: Street) -> None:
    by, owner = street.worker_, street.worker_.by
    old = receive.save_draft(by=by, at=AT, owner=owner, answers={"now": {"where_now": "At home"}})
    receive.save_draft(by=by, at=AT + timedelta(days=10), owner=owner, answers={})
    keys = PayloadKey.objects.count()
    ticking.tick(at=AT + timedelta(days=28))
    assert Draft.objects.count() == 2, "its last day is a whole one"
    for _ in range(2):
        ticking.tick(at=AT + timedelta(days=29))
    assert not Draft.objects.filter(pk=old).exists()
    assert (Draft.objects.count(), PayloadKey.objects.count()) == (1, keys - 1)
    [row] = AuditRow.objects.filter(act="receive.destroy_drafts")
    assert row.what == {"drafts": [str(old)]}


def test_a_tick_closes_accounts_that_nobody_uses(db) -> None:
    """In a real database: ninety days after a role was given to somebody who never signed in."""
    by = Actor("keeper")
    share.found_partnership(by=by, at=AT, name="Ellensford", simulated=False)
    share.add_agency(by=by, at=AT, code="police", name="Police", kind="police")
    person = share.add_practitioner(
        by=by, at=AT, email="o@example.org", name="Ola", agency="police", roles=["police-officer"]
    )
    ticking.tick(at=AT + timedelta(days=90))
    assert house.roles_of(person.pk, at=AT + timedelta(days=90))
    ticking.tick(at=AT + timedelta(days=91))
    assert not house.practitioners().exists()
    assert AuditRow.objects.get(act="share.close_dormant").by == "flow"
    before = AuditRow.objects.count()
    ticking.tick(at=AT + timedelta(days=91))
    assert AuditRow.objects.count() == before
