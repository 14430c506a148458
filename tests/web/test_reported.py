"""Whoever made a notice comes back to the child without a reason for some weeks; nobody reads of it who reported."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from joinedup.flow import way, worker
from joinedup.flow.rebuild import rebuild
from joinedup.receive import actions as receive
from joinedup.receive.models import Message
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import Involvement
from joinedup.share.rules import FLOW, FOLLOWED, LockReason
from respond import town as towns

Signed = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def reports(town: towns.Town, who: str, *, channel: str = "form") -> str:
    """Somebody who is signed in reports Tess; returns the message's key."""
    event = {"n": 1, "kind": "concern", "concerns": ["neglect"], "happened": {"from": "2026-03-04"}, "told": []}
    agency = town.people[who].agency_id
    body = {
        "form": "joinedup/notice/1", "id": f"by-{who}", "agency": agency,
        "persons": [{**towns.child("Tess"), "n": 1}], "events": [event],
    }  # fmt: skip
    taken = receive.receive(
        by=town.actor(who), at=towns.AT, agency=agency, body=json.dumps(body).encode(), media="application/json",
        channel=channel,
    )  # fmt: skip
    worker.once(at=towns.AT)
    return taken.message_key


def test_whoever_reported_comes_back_without_a_reason_for_some_weeks(town: towns.Town, client_of: Signed) -> None:
    reports(town, "nurse")
    child = town.child("Tess")
    assert client_of("nurse").get(f"/child/{child.reference}/").status_code == 200
    asked = client_of("named").get(f"/child/{child.reference}/")
    assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/reason/")  # a colleague says why
    part = Involvement.objects.get(relation="reported")
    assert part.until is not None
    assert timedelta(days=FOLLOWED) < part.until - part.since < timedelta(days=2 * FOLLOWED)
    for at, opens in ((part.until - timedelta(seconds=1), True), (part.until, False)):
        assert bool(house.may_open(for_=town.look("nurse", reason="", at=at), subject=child)) is opens


def test_it_is_no_work_of_theirs_and_no_page_says_who_reported(town: towns.Town, client_of: Signed) -> None:
    reports(town, "nurse")
    town.involve("Tess", manager="manager")
    child = town.child("Tess")
    assert town.people["nurse"] not in [one.practitioner for one in house.allocated_to(child.pk, at=towns.AT)]
    assert not house.work_of(for_=town.look("nurse")).exists()
    page = client_of("manager").get(f"/child/{child.reference}/access/").content.decode()
    assert town.people["nurse"].name not in page


def test_a_locked_case_does_not_open_for_it(town: towns.Town) -> None:
    reports(town, "nurse")
    town.involve("Tess", manager="manager")
    child = town.child("Tess")
    share.lock_case(by=town.actor("manager"), at=towns.AT, subject=child, why=LockReason.REVIEW, reason="A review.")
    assert not house.may_open(for_=town.look("nurse"), subject=child)


def test_a_system_or_an_office_reports_for_nobody_in_person(town: towns.Town) -> None:
    reports(town, "nurse", channel="office")
    assert Message.objects.get().told_by is None
    assert not Involvement.objects.filter(relation="reported").exists()


def test_it_is_derived_and_comes_again_the_same(town: towns.Town) -> None:
    reports(town, "nurse")
    before = house.reached_as_they_stand()
    assert rebuild(at=towns.AT, check=False).differences == []
    assert house.reached_as_they_stand() == before
    assert len(before) == 2


def test_it_goes_with_a_message_that_is_taken_out(town: towns.Town) -> None:
    key = reports(town, "nurse")
    town.tell("school", "Tess", "concern")
    way.unbring(by=FLOW, at=towns.AT, message_key=key)
    assert not Involvement.objects.filter(relation="reported").exists()
