"""Many senders at once: nothing lost, nothing doubled, and two bodies under one id see each other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from joinedup.receive import actions
from joinedup.receive.models import Message
from joinedup.share.models import AuditRow
from joinedup.share.queries import verify
from joinedup.share.rules import FLOW
from receive.conftest import AT, notice, sent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("partnership")]
THREADS = 6


def at_once(works: list[Callable[[], Any]]) -> Iterator[Any]:
    """Do all of these in threads with connections of their own."""

    def alone(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        return threads.map(alone, works)


def test_the_same_message_from_many_at_once_is_kept_once() -> None:
    receipts = list(at_once([sent] * THREADS))
    assert len({one.number for one in receipts}) == 1
    assert sum(not one.again for one in receipts) == 1
    assert Message.objects.count() == 1


def test_different_bodies_under_one_id_at_once_are_all_contested() -> None:
    bodies = [notice(safety={"where_now": f"Ward {n}"}) for n in range(THREADS)]
    list(at_once([lambda body=body: sent(body) for body in bodies]))  # type: ignore[misc] # a default binds the loop's value
    assert Message.objects.filter(contested=True).count() == THREADS


def test_workers_at_once_take_every_message_exactly_once() -> None:
    for n in range(12):
        sent(notice(id=f"H-{n}"))
    claims = at_once([lambda: actions.claim_unread(by=FLOW, at=AT, limit=3)] * THREADS)
    taken = [key for claim in claims for key in claim]
    assert sorted(taken) == sorted(set(taken)) == sorted(Message.objects.values_list("pk", flat=True))


def test_the_audit_holds_with_many_writers() -> None:
    list(at_once([lambda n=n: sent(notice(id=f"H-{n}")) for n in range(20)]))  # type: ignore[misc] # as above
    assert AuditRow.objects.filter(act="receive.receive").count() == 20
    assert verify().ok
