"""Every component, judged in a real browser on the gallery's page before any room has one of its own."""

import pytest

from pages.harness import NARROW, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.urls("face.gallery"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def gallery_frame(gallery_open) -> None:
    """The pages stand in the gallery's frame."""


def test_every_component_is_accessible_and_fits_a_narrow_phone(visitor: Visitor) -> None:
    visitor.look_at("/gallery/", name="gallery")


def test_every_question_is_accessible_and_fits_a_narrow_phone(visitor: Visitor) -> None:
    visitor.look_at("/gallery/form/", name="form")


def test_wrong_answers_are_listed_above_and_lead_to_their_fields(visitor: Visitor) -> None:
    page = visitor.open("/gallery/form/", NARROW)
    page.get_by_label("Year").first.fill("1066")
    page.get_by_role("button", name="Send this concern").click()
    page.wait_for_url("**/gallery/form/")
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary:focus").wait_for()
    visitor.judge("/gallery/form/ with errors")
    page.get_by_role("link", name="Enter the day, the month and the year").click()
    page.locator("#id_born-day:focus").wait_for()


def test_a_page_can_be_used_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.by_keyboard("/gallery/", "Decide", "/child/1/", "Apply filters", "Sign out", "01632 960 123")
    visitor.by_keyboard("/gallery/form/", "Send this concern")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("/gallery/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#main-content:focus").wait_for()


def test_every_answer_can_be_given_without_a_script(browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/gallery/form/")
    page.get_by_label("No", exact=True).last.check()
    assert page.get_by_label("Why not?").is_visible()
    assert page.get_by_role("link", name="Patterns").is_visible()
    page.get_by_role("button", name="Send this concern").click()
    assert page.get_by_text("There is a problem").is_visible()
    context.close()


def test_an_answer_opens_the_question_inside_it(visitor: Visitor) -> None:
    page = visitor.open("/gallery/form/")
    assert not page.get_by_label("Why not?").is_visible()
    page.get_by_label("No", exact=True).last.check()
    assert page.get_by_label("Why not?").is_visible()
    visitor.judge("/gallery/form/ with an answer open")


def test_a_full_form_is_sent_and_its_end_is_said(visitor: Visitor) -> None:
    page = visitor.open("/gallery/form/", NARROW)
    page.get_by_label("Name").fill("Tess")
    page.get_by_role("group", name="When did it happen?").get_by_label("Year").fill("2026")
    page.get_by_label("What worries you?").fill("She was not brought to two appointments.")
    page.get_by_role("group", name="Is the child safe now?").get_by_label("Yes").check()
    page.get_by_role("group", name="Do the parents know").get_by_label("Yes").check()
    page.get_by_label("School", exact=True).last.select_option("a")
    page.get_by_label("Your email address").fill("nurse@example.org")
    page.get_by_label("Password", exact=True).fill("a long one")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Send this concern").click()
    page.get_by_role("alert").get_by_text("Your concern is saved").wait_for()
    visitor.judge("/gallery/done/ with its message")
    visitor.look_at("/gallery/done/", name="done")


@pytest.mark.parametrize(
    ("path", "status"), [("/gallery/nowhere/", 404), ("/gallery/away/", 503), ("/gallery/broken/", 500)]
)
def test_pages_of_trouble_are_accessible_and_give_the_duty_line(visitor: Visitor, path: str, status: int) -> None:
    visitor.open("/gallery/")
    page = visitor.look_at(path, status=status)
    assert page.get_by_role("link", name="01632 960 123").is_visible()


def test_paper_is_headed_by_the_reference_and_never_by_a_name(visitor: Visitor) -> None:
    page = visitor.open("/gallery/")
    page.emulate_media(media="print")
    heading = page.locator(".face-print")
    assert heading.is_visible()
    assert "KT7-3MW-9" in heading.inner_text()
    assert "printed by Amara Nwosu" in heading.inner_text()
    assert "Tess" not in heading.inner_text()
    assert not page.locator("nav").first.is_visible()


def test_a_paper_is_accessible_and_fits_a_narrow_phone(visitor: Visitor) -> None:
    page = visitor.look_at("/gallery/paper/", name="paper")
    assert page.get_by_text("For Priya Sandhu").is_visible()
