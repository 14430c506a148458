"""Every page that each role is led to, in a real browser: axe, 320 and 1280 pixels, large targets, nothing logged.

The main job, from the desk to a decision and back, by keyboard alone and without a script; and paper is A4 without
the furniture of the screen.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from joinedup.link.rules.asking import statement
from joinedup.papers.models import Paper
from joinedup.receive import actions as receive
from joinedup.sealed import actions as sealed
from joinedup.sealed.rules import Kind
from joinedup.share.rules import Actor
from pages import asked
from pages.harness import Visitor
from respond import town as towns
from respond.town import AT, CAST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPENING = {"child", "chronology"}
LEADS_TO: dict[str, set[str]] = {  # pages that a role must be led to from where its day begins
    "ann": {"desk", "decide", "entry", "doubts", "doubt", "records", *OPENING},
    "night": {"desk", "quarantine", "quarantined"},
    "worker": {"desk", "decide", *OPENING},
    "manager": {"desk", "decide", "lookers", "access", "requests", "said", "asked", "complaints", "bundle", "line",
                "demand", "papers", "paper", "editions", "edition", *OPENING},
    "iro": {"desk", "lookers", *OPENING},
    "nurse": {"reports", "report", *OPENING},
    "named": {"desk", "reports", "ours", "our", "words", "word", "owners", "owner", *OPENING},
    "lead": {"reports", *OPENING},
    "officer": {"reports", *OPENING},
    "key-worker": {"reports", "entry", *OPENING},
    "inbox": {"reports"},
    "reviewer": {"find"},
    "governance": {"audit", "patterns", "pattern", "retention", "holding", "status", "complaints", "complaint"},
    "guardian": {"looks", "look"},
    "mara": {"seals", "new", "seal", "summary"},
}  # fmt: skip
BEGINS = {who: "/desk/" if "desk" in pages else "/reports/" for who, pages in LEADS_TO.items()}
BEGINS |= {"reviewer": "/find/", "governance": "/audit/", "mara": "/sealed/", "guardian": "/looks/"}
SAME_FOR_ALL = {"find", "report", "patterns", "pattern", "quarantine", "quarantined", "doubts", "entry", "decide",
                "own-patterns", "home"}  # fmt: skip


@pytest.fixture
def town(settings: Any, tmp_path: Path) -> towns.Town:
    """A Thursday morning with something on everybody's desk."""
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    town = towns.found()
    towns.second_injury(town)
    towns.adding_up(town)
    town.tell("hospital", "Mina", "attendance", day="2026-03-04", words="", at=AT - timedelta(hours=5))
    town.tell("school", "Jo", "absence", "school-absence", at=AT - timedelta(hours=2), going_well="He likes art.")
    town.involve("Tess", allocated="worker", manager="manager", iro="iro")
    doubtful(town)
    sealed_life(town)
    asked.everything(town)
    receive.receive(
        by=Actor("hospital", "hospital"), at=AT, agency="hospital", body=b'{"id": "x", ',
        media="application/json", channel="api",
    )  # fmt: skip
    return town


def doubtful(town: towns.Town) -> None:
    """Ria stands under two surnames, in two records that nobody has settled."""
    for agency, family in (("youth", "Shaw"), ("police", "Brookes")):
        ria = {"kind": "child", "role": "subject", "names": [{"given": "Ria", "family": family}], "born": "2010-06-21"}
        event = {"kind": "concern", "concerns": ["missing-episode"], "day": "2026-03-03", "told": []}
        town.bring(agency, [ria], [event], AT - timedelta(hours=3))


def sealed_life(town: towns.Town) -> None:
    """Mina had another life before: sealed, met by one message, with a summary that waits for a second officer."""
    said = statement(given="Elin", family="Marlow", born="2010-09-02", numbers=[])
    mina = town.child("Mina")
    seal = sealed.seal(
        by=town.actor("otto"), at=AT, kind=Kind.ADOPTION, reason="The order of 2014.", old=None, now=mina, said=said
    )
    sealed.confirm(by=town.actor("mara"), at=AT, seal=seal, reason="I have seen the order.")
    person = {"names": [{"given": "Elin", "family": "Marlow"}], "born": "2010-09-02"}
    town.bring("school", [person], [{"kind": "concern", "concerns": ["neglect"], "day": "2026-03-03"}], AT)
    sealed.summarise(by=town.actor("otto"), at=AT, seal=seal, about=mina, text="Loud places are hard for her.")


@pytest.mark.parametrize("who", LEADS_TO)
def test_every_page_a_role_is_led_to(who: str, town: towns.Town, every_page: Callable[..., list[str]]) -> None:
    """Pages that are the same for everybody are judged as seen by those named for them in the table."""
    paths = every_page(f"{who}@example.org", BEGINS[who], SAME_FOR_ALL - LEADS_TO[who])
    led_to = {resolve(path).url_name for path in paths}
    assert led_to >= LEADS_TO[who], f"{who} ({CAST[who][0]}) was not led to {LEADS_TO[who] - led_to}"


def test_what_leaves_on_paper_is_judged_as_every_page_is(town: towns.Town, sign_in: Callable[[str], Visitor]) -> None:
    sent, reference = Paper.objects.get(title="How Tess is"), town.child("Tess").reference
    visitor = sign_in("worker@example.org")
    visitor.look_at(f"/child/{reference}/papers/{sent.pk}/print/", name="paper-print")
    assert "She likes her school." in visitor.page.content()


def test_records_are_taken_apart_joined_and_who_saw_is_listed(
    town: towns.Town, sign_in: Callable[[str], Visitor]
) -> None:
    tess, jo = town.child("Tess"), town.child("Jo").reference
    moved = towns.child("Tess", addresses=[{"lines": "9 Ash Road", "postcode": "EL6 1AB"}])
    town.bring("youth", [moved], [{"kind": "concern", "concerns": [], "day": "2026-03-02"}], AT)
    visitor = sign_in("ann@example.org")
    page = visitor.look_at(f"/child/{tess.reference}/records/", name="records")
    visitor.look_at(f"/child/{tess.reference}/same-as/{jo}/", name="same-as")
    page = visitor.open(f"/child/{tess.reference}/records/")
    page.get_by_role("checkbox").last.check()
    page.get_by_label("How do you know?").fill("The youth project meant her cousin.")
    page.get_by_role("button", name="Take these records apart").click()
    parted = urlsplit(page.url).path
    assert page.get_by_role("table", name="Who may have read").get_by_text("Ann Hale").is_visible()
    visitor.look_at(parted, name="parted")


def decide(page: Page) -> None:
    """The three fields, whichever way they are reached."""
    page.get_by_role("group", name="What does this answer?").get_by_role("checkbox").first.check()
    page.get_by_label("Give information and advice").check()
    page.get_by_label("Why?").fill("Spoken with her mother, who wants help with school")
    page.get_by_role("button", name="Record this decision").click()


def test_from_the_desk_to_a_decision_and_back_without_a_script(town, sign_in, browser: Browser) -> None:
    visitor = sign_in("ann@example.org")
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies(visitor.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visitor.address}/desk/")
    page.get_by_role("link", name="Jo Arden").click()
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("button", name="Decide what happens next").click()
    decide(page)
    assert page.get_by_text("Decision recorded").is_visible()
    page.get_by_role("link", name="Desk", exact=True).click()
    assert page.get_by_role("link", name="Mina Arden").is_visible()
    assert not page.get_by_role("link", name="Jo Arden").is_visible()
    context.close()


def press_to(page: Page, says: str, presses: int = 90) -> None:
    """Tab until what has the focus says this, as somebody without a mouse would."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(SAYS).startswith(says):
            return
    pytest.fail(f"{says!r} is not reached by keyboard on {page.url}")


SAYS = """() => { const e = document.activeElement; const own = e.labels && e.labels[0] ? e.labels[0].textContent : '';
                  return (own || e.textContent).replace(/\\s+/g, ' ').trim(); }"""


def test_from_the_desk_to_a_decision_and_back_by_keyboard_alone(town, sign_in) -> None:
    page = sign_in("ann@example.org").open("/desk/")
    press_to(page, "Jo Arden")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Jo Arden").wait_for()
    press_to(page, "Decide what happens next")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Decide what happens next").wait_for()
    press_to(page, "Report from")
    page.keyboard.press("Space")
    press_to(page, "Offer early or family help")  # a group of radios is one stop: the arrows choose within it
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    press_to(page, "Why?")
    page.keyboard.type("Spoken with her mother")
    press_to(page, "Record this decision")
    page.keyboard.press("Enter")
    page.get_by_text("Decision recorded").wait_for()
    assert page.get_by_text("Give information and advice").first.is_visible()
    press_to(page, "Desk")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Desk").wait_for()
    assert not page.get_by_role("link", name="Jo Arden").is_visible()


def test_paper_is_a4_and_has_no_furniture_of_the_screen(town, sign_in) -> None:
    visitor: Visitor = sign_in("ann@example.org")
    tess = town.child("Jo").reference
    for path in ("/desk/", f"/child/{tess}/", f"/child/{tess}/chronology/"):
        page = visitor.open(path)
        page.emulate_media(media="print")
        for furniture in ("nav", "footer", "button", ".face-header__band"):
            assert not any(part.is_visible() for part in page.locator(furniture).all()), f"{furniture} on {path}"
        assert page.locator("h1").is_visible()
        assert page.get_by_text("printed by Ann Hale").is_visible()
        boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", page.pdf(prefer_css_page_size=True))
        assert boxes
        for box in boxes:
            assert [round(float(side)) for side in box.split()] == [0, 0, 595, 842], f"{path} is not A4"
