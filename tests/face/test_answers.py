"""What leaves a view: pages that no cache keeps, the one problem shape, papers for one person."""

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from jinja2 import UndefinedError

from joinedup import face
from joinedup.face import pages, papers
from joinedup.face.frames import Frame, standing_frame
from joinedup.share.actions import found_partnership
from joinedup.share.rules import Actor

pytestmark = pytest.mark.urls("face.gallery")


@pytest.fixture
def asked():
    return RequestFactory().get("/desk/late/")


def provided(request, look):
    return {"partnership_name": "Ellensford", "duty_line": "01632 960 123", "user_name": "Amara Nwosu"}


def test_a_page_is_kept_by_no_cache(asked, settings) -> None:
    settings.JOINEDUP_FRAME = ""
    page = face.render(asked, None, "face/trouble.html", trouble=pages.NOT_FOUND, do="Look again.")
    assert page["Cache-Control"] == "no-store"
    assert b"There is no such page" in page.content


def test_what_people_write_is_shown_as_text_and_never_run(asked, settings) -> None:
    settings.JOINEDUP_FRAME = ""
    page = face.render(asked, None, "face/trouble.html", trouble=pages.NOT_FOUND, do="<script>alert(1)</script>")
    assert b"<script>alert" not in page.content


def test_a_name_that_a_template_misspells_fails_instead_of_leaving_a_gap(asked, settings) -> None:
    settings.JOINEDUP_FRAME = ""
    with pytest.raises(UndefinedError):
        face.render(asked, None, "face/trouble.html", trouble=pages.NOT_FOUND)


def test_a_page_of_trouble_gives_the_duty_line_though_the_database_is_away(asked, settings) -> None:
    settings.JOINEDUP_FRAME = f"{__name__}.provided"
    face.render(asked, None, "face/trouble.html", trouble=pages.NOT_FOUND, do="Look again.")
    settings.JOINEDUP_FRAME = "nowhere.that.could.answer"
    page = pages.server_error(asked)
    assert page.status_code == 500
    assert b"01632 960 123" in page.content
    assert standing_frame().user_name == ""


def test_the_menu_marks_where_somebody_is() -> None:
    frame = Frame(navigation=(("Home", "/"), ("Desk", "/desk/"), ("Handed over", "/desk/late/")))
    here = [label for label, address in frame.navigation if frame.is_here(address, "/desk/late/5/")]
    assert here == ["Handed over"]
    assert not frame.is_here("/", "/desk/")


def test_a_problem_has_one_shape() -> None:
    answer = face.problem(400, "not-json", "This is no JSON", "Send it as JSON.", kept=True, receipt="KT7-3MW-9")
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content) == {
        "form": "joinedup/problem/1",
        "status": 400,
        "code": "not-json",
        "title": "Bad Request: This is no JSON",
        "problems": [{"field": "", "code": "not-json", "says": "This is no JSON", "do": "Send it as JSON."}],
        "kept": True,
        "receipt": "KT7-3MW-9",
    }


def test_several_problems_are_listed_one_by_one() -> None:
    each = {"field": "events.0.kind", "code": "unknown-code", "says": "Unknown kind", "do": "Use a kind of the list."}
    shape = face.problem(422, "problems", "Two things are wrong", "Mend them.", problems=[each, each])
    assert json.loads(shape.content)["problems"] == [each, each]


def test_the_api_answers_trouble_in_the_problem_shape_and_people_get_a_page(settings) -> None:
    settings.JOINEDUP_FRAME = ""
    for_a_system = Client().get("/api/v1/nothing/")
    assert for_a_system.json()["code"] == "not-found"
    for_a_person = Client().get("/nothing/")
    assert (for_a_person.status_code, for_a_person["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_what_is_too_large_is_told_the_limit(asked, settings) -> None:
    settings.JOINEDUP_FRAME = ""
    page = pages.bad_request(asked, RequestDataTooBig())
    assert page.status_code == 413
    assert b"at most 5 MB" in page.content


def test_away_for_a_moment_says_when_to_try_again(asked, settings) -> None:
    settings.JOINEDUP_FRAME = ""
    page = pages.unavailable(asked)
    assert (page.status_code, page["Retry-After"]) == (503, "120")


def test_too_many_wrong_passwords_are_told_how_long_to_wait(db, settings) -> None:
    settings.JOINEDUP_FRAME, settings.AXES_FAILURE_LIMIT = "", 1
    found_partnership(by=Actor("keeper"), at=datetime(2026, 3, 5, 9, tzinfo=UTC), name="Ellensford", simulated=True)
    page = Client().post("/sign-in/", {"login": "joy.bello@example.org", "password": "a guess"})
    assert page.status_code == 429
    assert b"a quarter of an hour" in page.content


@pytest.fixture
def paper() -> papers.Paper:
    return papers.Paper(
        title="One-page summary",
        reference="KT7-3MW-9",
        blocks=[
            papers.Heading("What is known"),
            papers.Paragraph("Two attendances & one absence."),
            papers.Facts([("Lives", "Beech House")]),
            papers.Table("By agency", ["Agency", "Times"], [["Hospital", "2"]]),
            papers.Note("Left out: where her mother lives."),
        ],
        recipient="Priya Sandhu",
        recipient_agency="Children’s social care",
        purpose="a strategy discussion",
        made_by="Amara Nwosu",
        made_at="Thursday 5 March 2026, 09:12",
    )


def test_a_paper_says_on_it_whose_copy_it_is(paper: papers.Paper) -> None:
    html = papers.as_html(paper)
    assert "For Priya Sandhu, Children’s social care, for a strategy discussion." in html
    assert "Made by Amara Nwosu, Thursday 5 March 2026, 09:12." in html
    assert html.index("KT7-3MW-9") < html.index("One-page summary")


def test_a_paper_holds_its_blocks_in_order(paper: papers.Paper) -> None:
    html = papers.as_html(paper)
    places = [html.index(text) for text in ("What is known", "Two attendances &amp;", "Lives", "By agency", "Left out")]
    assert places == sorted(places)
