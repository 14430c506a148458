"""The page that says who may open a child: locking, unlocking, closing it to somebody who is a party."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.share.models import AuditRow, CaseLock, Conflict, Involvement
from respond import town as towns

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(town: towns.Town) -> str:
    """Of Tess, whose worker and manager are named."""
    towns.second_injury(town)
    town.involve("Tess", allocated="worker", manager="manager")
    return f"/child/{town.child('Tess').reference}/access/"


def said(client: Client, page: str, do: str, **fields: str) -> str:
    answer = client.post(page, {"do": do} | {f"{do}-{name}": value for name, value in fields.items()}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_manager_locks_the_case_and_it_closes_to_the_front_door(
    page: str, client_of: Callable[[str], Client]
) -> None:
    manager, front_door = client_of("manager"), client_of("ann")
    child = page.removesuffix("access/")
    front_door.post(front_door.get(child).url, {"why": "A meeting about this child"})
    assert front_door.get(child).status_code == 200
    text = said(manager, page, "lock", why="HIGH_PROFILE", reason="Ordered by the head of service until Friday.")
    assert "Locked: the case opens only to those directly involved." in text
    assert "high profile. Ordered by the head of service until Friday." in text
    assert front_door.get(child).status_code == 404
    assert client_of("worker").get(child).status_code == 200
    assert AuditRow.objects.filter(act="share.lock_case").count() == 1
    assert "The lock is taken off." in said(manager, page, "unlock", reason="It is settled.")
    assert front_door.get(child).status_code == 200


def test_what_is_missing_is_asked_for_and_nothing_is_kept(page: str, client_of: Callable[[str], Client]) -> None:
    manager = client_of("manager")
    assert "Choose why the case is locked" in said(manager, page, "lock", reason="Ordered.")
    assert "Say who ordered it" in said(manager, page, "lock", why="REVIEW")
    assert "Nobody signs in with this address" in said(manager, page, "close", email="x@example.org", reason="An uncle")
    said(manager, page, "something else")
    assert not CaseLock.objects.exists()
    assert not Conflict.objects.exists()


def test_a_child_is_closed_to_a_relative(page: str, town: towns.Town, client_of: Callable[[str], Client]) -> None:
    email = town.people["worker"].email
    text = said(client_of("manager"), page, "close", email=email, reason="Declared it himself: her uncle.")
    assert f"does not open to {town.people['worker'].name} any more" in text
    assert client_of("worker").get(page.removesuffix("access/")).status_code == 404


def test_somebody_is_let_in_until_the_end_of_a_day_and_their_part_can_be_ended(
    page: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    manager, key_worker = client_of("manager"), client_of("key-worker")
    child, email = page.removesuffix("access/"), town.people["key-worker"].email
    assert key_worker.get(child).status_code == 302  # asked for a reason
    day = {f"until-{box}": value for box, value in {"day": "20", "month": "3", "year": "2026"}.items()}
    text = said(manager, page, "invite", email=email, works_as="meeting", **day)
    assert f"opens to {town.people['key-worker'].name} from now on" in text
    assert "called to a meeting" in text
    assert "21 March 2026 at 00:00" in text
    assert key_worker.get(child).status_code == 200
    mine = Involvement.objects.get(practitioner=town.people["key-worker"])
    assert "Their part has ended." in said(manager, page, "end", worker=str(mine.pk))
    assert key_worker.get(child).status_code == 302
