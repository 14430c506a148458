"""Sessions end after 30 minutes without use and 8 hours after signing in; what was being written is kept first."""

import re
from typing import Any

import pytest
from django.test import Client

from joinedup.receive.models import Draft
from joinedup.share.models import AuditRow
from joinedup.share.sign_in.sessions import BEGAN, SEEN
from receive.test_pages import begun, signed_in

pytestmark = [pytest.mark.urls("receive.addresses"), pytest.mark.usefixtures("partnership")]
MINUTE, HOUR = 60, 3600
CHILD = {"how_many": 1, "child-0-given": "Tess", "child-0-role": "subject"}


@pytest.fixture(autouse=True)
def plain_frame(settings: Any) -> None:
    settings.JOINEDUP_FRAME = ""


@pytest.fixture
def nurse(partnership: Any) -> Client:
    return signed_in("ed-nurse", "ellensford-hospital")


def passes(client: Client, seconds: int, *which: str) -> None:
    """As if the session had been begun, or last used, so much earlier."""
    session = client.session
    for one in which or (BEGAN, SEEN):
        session[one] -= seconds
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/report/").status_code == 200


def test_a_session_that_is_used_goes_on(nurse: Client) -> None:
    assert is_in(nurse)
    for _ in range(5):
        passes(nurse, 29 * MINUTE)
        assert is_in(nurse)


def test_half_an_hour_without_use_ends_it_and_says_so(nurse: Client) -> None:
    assert is_in(nurse)
    passes(nurse, 30 * MINUTE + 5)
    answer = nurse.get("/report/")
    assert answer.url == "/sign-in/?next=/report/"
    assert not is_in(nurse)
    row = AuditRow.objects.get(act="session over")
    assert (row.by, row.what["kept"]) == ("ed-nurse@example.org", False)


def test_eight_hours_end_it_however_busy_it_is(nurse: Client) -> None:
    assert is_in(nurse)
    passes(nurse, 8 * HOUR - MINUTE, BEGAN)
    assert is_in(nurse)
    passes(nurse, 2 * MINUTE, BEGAN)
    assert not is_in(nurse)


def test_it_is_written_once_a_minute_that_a_session_is_used(nurse: Client) -> None:
    assert is_in(nurse)
    seen = nurse.session[SEEN] - 30
    passes(nurse, 30, SEEN)
    assert is_in(nurse)
    assert nurse.session[SEEN] == seen


def test_what_is_sent_after_the_time_out_is_kept_before_signing_out(nurse: Client) -> None:
    base = begun(nurse)
    passes(nurse, HOUR)
    answer = nurse.post(f"{base}children/", CHILD)
    assert answer.url == f"/sign-in/?next={base}adults/"
    assert not is_in(nurse)
    again = signed_in("ed-nurse", "ellensford-hospital")
    assert 'value="Tess"' in again.get(f"{base}children/").content.decode()
    assert AuditRow.objects.get(act="session over").what["kept"] is True
    assert AuditRow.objects.latest("pk").what["status"] == 200


def test_the_first_screen_is_kept_as_a_draft_too(nurse: Client) -> None:
    assert is_in(nurse)
    passes(nurse, HOUR)
    answer = nurse.post("/report/", {"danger": "no"})
    assert re.fullmatch(r"/sign-in/\?next=/report/[-0-9a-f]{36}/children/", answer.url)
    assert Draft.objects.get().owner == "ed-nurse@example.org"


def test_what_was_not_understood_keeps_what_was_there_before(nurse: Client) -> None:
    base = begun(nurse)
    nurse.post(f"{base}children/", CHILD)
    passes(nurse, HOUR)
    bad = CHILD | {"child-0-born-day": "31", "child-0-born-month": "2", "child-0-born-year": "2011"}
    assert nurse.post(f"{base}children/", bad).url.startswith("/sign-in/")
    again = signed_in("ed-nurse", "ellensford-hospital")
    assert 'value="Tess"' in again.get(f"{base}children/").content.decode()


def test_nothing_is_sent_by_a_session_that_is_over(nurse: Client) -> None:
    base = begun(nurse)
    passes(nurse, HOUR)
    assert nurse.post(f"{base}check/").url == f"/sign-in/?next={base}check/"
    assert Draft.objects.exists()


def test_somebody_elses_draft_is_not_written_by_a_session_that_is_over(nurse: Client) -> None:
    base = begun(nurse)
    officer = signed_in("police-officer", "ellensford-police")
    assert is_in(officer)
    passes(officer, HOUR)
    officer.post(f"{base}children/", CHILD | {"child-0-given": "Somebody"})
    assert "Somebody" not in nurse.get(f"{base}children/").content.decode()
    assert not is_in(officer)


def test_a_forged_form_writes_no_draft(partnership: Any, nurse: Client) -> None:
    base = begun(nurse)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = nurse.cookies
    passes(nurse, HOUR)
    assert strict.post(f"{base}children/", CHILD | {"child-0-given": "Forged"}).status_code == 403
    assert "Forged" not in signed_in("ed-nurse", "ellensford-hospital").get(f"{base}children/").content.decode()
