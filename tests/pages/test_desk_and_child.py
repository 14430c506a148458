"""The desk, the child's page, deciding, finding and my agency's reports, in a real browser at 1280 and 320 pixels."""

from datetime import timedelta

import pytest

from joinedup.respond import actions as respond
from pages.harness import NARROW
from respond import town as towns
from respond.town import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(settings, tmp_path) -> towns.Town:
    """A town on a Thursday morning: two children at the front door, one with a worker, and a decision of the night."""
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    town = towns.found()
    towns.second_injury(town)
    towns.adding_up(town)
    town.tell("school", "Tess", "good-news", day="2026-02-20", at=AT - timedelta(days=13), words="",
              going_well="She has joined the swimming club and has not missed a week.",
              childs_words="I like it there. Nobody asks me things.")  # fmt: skip
    town.tell("hospital", "Jo", "attendance", "self-harm", day="2026-03-04", at=AT - timedelta(hours=9))
    town.derive()
    notes = towns.step("hospital", "Named nurse", "Send the notes")
    town.decide("night", "Jo", "strategy-discussion", at=AT - timedelta(hours=8),
                why="Two agencies must talk tonight", steps=[notes])  # fmt: skip
    town.decide("ann", "Mina", "offer-help", kinds=("contact",), at=AT - timedelta(hours=2),
                why="The family asked for it", steps=[towns.step("school", "Lee Marsh", "Call her mother")],
                feedback="Thank you: we have spoken with her mother.")  # fmt: skip
    key = next(key for key, agency in town.messages.items() if agency == "northgate")
    respond.see(by=town.actor("ann"), at=AT - timedelta(hours=3), messages=[key])
    return town


def test_the_desk(town, sign_in) -> None:
    visitor = sign_in("ann@example.org")
    page = visitor.look_at("/desk/", "desk")
    assert page.get_by_role("link", name="Tess Arden").is_visible()
    visitor.by_keyboard("/desk/", "Tess Arden", "Mina Arden")


def test_the_childs_page(town, sign_in) -> None:
    visitor = sign_in("ann@example.org")
    for name in ("Tess", "Mina", "Jo"):
        visitor.look_at(f"/child/{town.child(name).reference}/", f"child {name}")
    page = visitor.open(f"/child/{town.child('Tess').reference}/", NARROW)
    headings = page.locator(".web-block > h2").all_inner_texts()
    assert headings == ["What is new", "What adds up", "What goes well", "What is missing", "The last 90 days",
                        "Decisions so far", "People and places", "Decide"]  # fmt: skip


def test_the_childs_page_of_a_partner(town, sign_in) -> None:
    sign_in("key-worker@example.org").look_at(f"/child/{town.child('Mina').reference}/", "child Mina partner")


def test_deciding(town, sign_in) -> None:
    visitor = sign_in("ann@example.org")
    path = f"/child/{town.child('Tess').reference}/decide/"
    page = visitor.look_at(path, "decide")
    page.get_by_role("button", name="Record this decision").click()
    page.get_by_text("There is a problem").wait_for()
    visitor.judge(f"{path} with errors")
    assert page.get_by_role("link", name="Say why, in a sentence the family could read").is_visible()
    page.get_by_label("What adds up").first.check()
    page.get_by_label("Something in it is wrong").check()
    page.get_by_label("Which part is wrong?").fill("a different girl")
    page.get_by_label("Why?").fill("The hospital has corrected it")
    page.get_by_role("button", name="Record this decision").click()
    page.get_by_text("Decision recorded").wait_for()
    visitor.judge("the child's page after a decision")


def test_finding_a_child(town, sign_in) -> None:
    visitor = sign_in("ann@example.org")
    page = visitor.look_at("/find/", "find")
    page.get_by_label("Name, or any number").fill("Tess Arden")
    page.get_by_label("Why are you looking?").fill("Her school rang")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Tess Arden").wait_for()
    visitor.judge("/find/ with somebody found")
    assert "Tess" not in page.url
    page.get_by_role("link", name="Tess Arden").click()
    page.get_by_role("heading", name="Tess Arden").wait_for()


def test_my_agencys_reports(town, sign_in) -> None:
    page = sign_in("key-worker@example.org").look_at("/reports/", "reports")
    assert page.get_by_text("Help is being offered").is_visible()
    assert page.get_by_text("seen by a person").first.is_visible()


def test_questions_to_the_named_nurse(town, sign_in) -> None:
    town.tell("hospital", "Mina", "attendance", day="2026-03-04", words="")
    page = sign_in("named@example.org").look_at("/desk/", "questions")
    assert page.get_by_text("What was the reason of this attendance?").is_visible()


def test_who_looked(town, sign_in) -> None:
    town.involve("Tess", allocated="worker", manager="manager")
    visitor = sign_in("manager@example.org")
    visitor.open(f"/child/{town.child('Tess').reference}/")
    visitor.look_at(f"/child/{town.child('Tess').reference}/who-looked/", "who looked")


def test_the_childs_page_on_paper(town, sign_in) -> None:
    page = sign_in("ann@example.org").open(f"/child/{town.child('Tess').reference}/")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Take it").is_visible()
    assert page.get_by_text("A second injury").first.is_visible()
