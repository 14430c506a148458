"""The chronology in a real browser: axe, a narrow phone, by keyboard, and a drawing whose marks lead to their rows."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from chronicle.desk import KEEPER, NOW, Desk
from joinedup.share import actions as share
from pages.harness import Visitor

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the tests
pytestmark = [pytest.mark.browser, pytest.mark.urls("chronicle.addresses"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(browser: Browser, live_server: LiveServer, settings: Any, desk: Desk) -> Iterator[Visitor]:
    """A social worker who is allocated to Tess, signed in."""
    settings.JOINEDUP_FRAME = ""  # web's frame leads to rooms above this one
    share.set_clock(by=KEEPER, at=NOW)
    person = share.add_practitioner(
        by=KEEPER, at=NOW, email="sw@example.org", name="A. Worker", agency="council", roles=["social-worker"]
    )
    share.involve(by=KEEPER, at=NOW, subject=desk.subject("Tess"), practitioner=person, relation="allocated")
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce")
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": str(live_server.url)}
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield Visitor(context.new_page(), str(live_server.url))
    context.close()


def a_year_of_entries(desk: Desk) -> None:
    """Every shape that the drawing has: events, what went on, coarse and unknown dates, good news, a correction."""
    start = date(2025, 4, 1)
    for n in range(12):
        day = start + timedelta(days=27 * n)
        for agency in ("police", "home"):
            desk.arrive(agency, {"kind": "missing", "happened": {"from": day.isoformat()}, "told": []})
    desk.arrive(
        "school",
        {"kind": "absence", "happened": {"from": "2025-09-08", "to": "2025-11-03", "lasting": True}, "count": 31},
    )
    desk.arrive(
        "school", {"kind": "good-news", "happened": {"from": "2025-12-12"}, "going_well": "Sang in the concert."}
    )
    desk.arrive(
        "hospital", {"kind": "attendance", "happened": {"from": "2025-10"}, "concerns": ["injury-cause-not-known"]}
    )
    desk.arrive(
        "hospital", {"kind": "concern", "happened": {}, "concerns": ["self-harm"], "childs_words": "I am fine here."}
    )
    desk.arrive(
        "council", {"kind": "closure", "happened": {"from": "2025-12-01"}, "outcome": "no-further-action"}, id="C1"
    )
    desk.arrive("council", {"kind": "closure", "happened": {"from": "2025-12-02"}}, id="C2", corrects="C1")
    desk.flow(NOW)


def test_the_chronology_and_an_entry_can_be_used_by_everybody(worker: Visitor, desk: Desk) -> None:
    a_year_of_entries(desk)
    address = f"/child/{desk.subject('Tess').reference}/chronology/"
    worker.look_at(address, "chronology")
    worker.look_at(f"{address}?agency=hospital&known_to=council", "chronology filtered")
    worker.look_at(f"{address}{desk.story()[0].key}/", "chronology entry")


def test_a_mark_of_the_drawing_leads_to_its_row(worker: Visitor, desk: Desk) -> None:
    a_year_of_entries(desk)
    page = worker.open(f"/child/{desk.subject('Tess').reference}/chronology/")
    mark = page.get_by_role("link", name="12 December 2025: Good news, The school.")
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("tr:target").get_by_text("Sang in the concert.").is_visible()
