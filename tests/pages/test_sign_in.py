"""Signing in, out and with a second step, through the pages that people use."""

from datetime import UTC, datetime

import pytest

from joinedup.share.actions import found_partnership
from joinedup.share.models import Agency, Practitioner
from joinedup.share.rules import Actor
from pages.harness import NARROW, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.urls("face.gallery"), pytest.mark.django_db(transaction=True)]
PASSWORD = "a long and plain sentence"


@pytest.fixture(autouse=True)
def gallery_frame(gallery_open) -> None:
    """The pages stand in the gallery's frame."""


@pytest.fixture
def nurse() -> Practitioner:
    found_partnership(by=Actor("keeper"), at=datetime(2026, 3, 5, 9, tzinfo=UTC), name="Ellensford", simulated=True)
    hospital = Agency.objects.create(code="ellensford-general", name="Ellensford General Hospital", kind="hospital")
    person = Practitioner(email="joy.bello@example.org", name="Joy Bello", agency=hospital)
    person.set_password(PASSWORD)
    person.save()
    return person


def test_somebody_signs_in_and_out_through_the_pages(visitor: Visitor, nurse: Practitioner) -> None:
    visitor.look_at("/sign-in/login/", name="sign-in")
    visitor.sign_in(nurse.email, PASSWORD)
    visitor.look_at("/sign-in/logout/", name="sign-out")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.open("/sign-in/2fa/")
    assert "/sign-in/" in visitor.page.url
    assert visitor.page.get_by_role("heading", name="Sign in").is_visible()


def test_a_wrong_password_is_said_and_the_page_stays_usable(visitor: Visitor, nurse: Practitioner) -> None:
    page = visitor.open("/sign-in/login/", NARROW)
    page.get_by_label("Email").fill(nurse.email)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("There is a problem").wait_for()
    visitor.judge("/sign-in/login/ with an error")


def test_sign_in_works_by_keyboard_and_lets_a_password_manager_fill_it(visitor: Visitor, nurse: Practitioner) -> None:
    visitor.by_keyboard("/sign-in/login/", "Sign in", "Forgot your password?")
    assert visitor.page.get_by_label("Email").get_attribute("autocomplete") in ("email", "username")
    assert visitor.page.get_by_label("Password", exact=True).get_attribute("autocomplete") == "current-password"


def test_every_page_of_signing_in_is_accessible(visitor: Visitor, nurse: Practitioner, sign_in) -> None:
    for path in ("password/reset/", "password/reset/done/", "password/reset/key/1-no-such-key/", "inactive/"):
        visitor.look_at(f"/sign-in/{path}")
    visitor.sign_in(nurse.email, PASSWORD)
    for path in (
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "password/change/",
        "reauthenticate/",
    ):
        visitor.look_at(f"/sign-in/{path}")
