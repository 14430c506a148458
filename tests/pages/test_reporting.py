"""Reporting a concern, telling us, and the quarantine, looked at in a real browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from joinedup.receive import actions
from joinedup.receive.models import Message
from joinedup.receive.rules.read import JSON
from joinedup.share import actions as share
from joinedup.share.rules import Actor
from pages.harness import NARROW, Visitor
from receive.conftest import AT, KEEPER, notice

pytestmark = [pytest.mark.browser, pytest.mark.urls("receive.addresses"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def partnership(transactional_db: None, settings: Any, tmp_path: Any) -> None:
    settings.JOINEDUP_FRAME = ""  # web's frame leads to rooms above this one
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    lines = {"duty_line": "01632 960 123", "advocate": "01632 960 777"}
    share.found_partnership(by=KEEPER, at=AT, name="Ellensford", simulated=True, settings=lines)
    share.set_clock(by=KEEPER, at=AT)
    for code, kind in (("ellensford-hospital", "hospital"), ("ellensford-social-care", "childrens-social-care")):
        share.add_agency(by=KEEPER, at=AT, code=code, name=code.replace("-", " ").title(), kind=kind)
    for email, agency, role in (
        ("nurse@example.org", "ellensford-hospital", "ed-nurse"),
        ("mash@example.org", "ellensford-social-care", "mash-social-worker"),
    ):
        share.add_practitioner(by=KEEPER, at=AT, email=email, name=role, agency=agency, roles=[role])


def test_a_concern_is_reported_on_a_narrow_phone(sign_in: Callable[[str], Visitor]) -> None:
    visitor = sign_in("nurse@example.org")
    page = visitor.look_at("/report/", "report danger")
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    for slug in ("children", "adults", "now", "worries", "happened", "told", "you"):
        visitor.look_at(page.url.removeprefix(visitor.address), f"report {slug}")
        page.get_by_role("button", name="Save and continue").click()
    visitor.look_at(page.url.removeprefix(visitor.address), "report check")
    page.get_by_role("button", name="Send this concern").click()
    visitor.look_at(page.url.removeprefix(visitor.address), "report sent")
    assert Message.objects.get().channel == "form"


def test_two_children_stand_apart_and_mistakes_are_led_to(sign_in: Callable[[str], Visitor]) -> None:
    visitor = sign_in("nurse@example.org")
    page = visitor.open("/report/")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("textbox", name="Nickname").fill("Bee")
    page.get_by_role("button", name="Add another child").click()
    visitor.look_at(page.url.removeprefix(visitor.address), "report two children")
    page.get_by_role("group", name="Date of birth").first.get_by_label("Day").fill("31")
    page.get_by_role("button", name="Save and continue").click()
    visitor.judge("children with a mistake")
    assert page.get_by_role("alert").get_by_role("link").count() == 1


def test_the_public_pages(visitor: Visitor) -> None:
    issued = share.issue_credential(by=KEEPER, at=AT, agency="ellensford-hospital", use="link", label="night shift")
    visitor.look_at(f"/report/with/{issued.token}/", "link")
    for address, button in (("/tell-us/", "Send"), ("/worried/", "Send")):
        page = visitor.look_at(address, address)
        page.get_by_role("textbox").first.fill("A few words")
        page.get_by_role("button", name=button, exact=True).click()
        visitor.look_at(page.url.removeprefix(visitor.address), f"{address} sent")
    assert Message.objects.count() == 2


def test_the_way_out_of_the_young_persons_page_is_reached_by_keyboard(visitor: Visitor) -> None:
    visitor.by_keyboard("/tell-us/", "Send", "https://www.bbc.co.uk/weather")


def test_the_quarantine(sign_in: Callable[[str], Visitor]) -> None:
    for body in (b'{"id": "x", ', json.dumps(notice()).encode(), json.dumps(notice(safety={"safe": "no"})).encode()):
        actions.receive(
            by=Actor("a test"), at=AT, agency="ellensford-hospital", body=body, media=JSON, channel="api"
        )  # fmt: skip
    visitor = sign_in("mash@example.org")
    page = visitor.look_at("/quarantine/", "quarantine")
    numbers = page.locator("tbody th a").all_inner_texts()
    assert len(numbers) == 3
    for name, number in zip(("one", "two"), numbers, strict=False):
        visitor.look_at(f"/quarantine/{number}/", f"quarantined {name}")
