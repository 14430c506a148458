"""Signing in, out and with a second step, through the pages that people use."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from joinedup.share.actions import found_partnership
from joinedup.share.models import Agency, Practitioner
from joinedup.share.rules import Actor
from pages.harness import NARROW, WIDE, Visitor, picture

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
    visitor.look_at("/sign-in/", name="sign-in")
    visitor.sign_in(nurse.email, PASSWORD)
    visitor.look_at("/sign-out/", name="sign-out")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.open("/account/second-factor/")
    assert "/sign-in/" in visitor.page.url
    assert visitor.page.get_by_role("heading", name="Sign in").is_visible()


def test_a_wrong_password_is_said_and_the_page_stays_usable(visitor: Visitor, nurse: Practitioner) -> None:
    page = visitor.open("/sign-in/", NARROW)
    page.get_by_label("Email").fill(nurse.email)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("There is a problem").wait_for()
    visitor.judge("/sign-in/ with an error")


def test_sign_in_works_by_keyboard_and_lets_a_password_manager_fill_it(visitor: Visitor, nurse: Practitioner) -> None:
    visitor.by_keyboard("/sign-in/", "Sign in", "Forgot your password?")
    assert visitor.page.get_by_label("Email").get_attribute("autocomplete") in ("email", "username")
    assert visitor.page.get_by_label("Password", exact=True).get_attribute("autocomplete") == "current-password"


def test_every_page_of_signing_in_is_accessible(visitor: Visitor, nurse: Practitioner, sign_in) -> None:
    for path in ("password/reset/", "password/reset/done/", "password/reset/key/1-no-such-key/", "inactive/"):
        visitor.look_at(f"/account/{path}")
    visitor.sign_in(nurse.email, PASSWORD)
    for path in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        visitor.look_at(f"/account/second-factor/{path}")
    for path in ("password/change/", "reauthenticate/", "sessions/", "password/reset/"):
        visitor.look_at(f"/account/{path}")


def test_a_second_step_is_set_up_and_then_asked_for(visitor: Visitor, nurse: Practitioner) -> None:
    visitor.sign_in(nurse.email, PASSWORD)
    page = visitor.open("/account/second-factor/totp/activate/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)  # is it still you?
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/totp/activate/")
    visitor.judge("setting up an authenticator app")
    picture(page, "authenticator-app", WIDE)
    page.get_by_label("Authenticator code").fill(code_for(page.locator(".face-key").inner_text()))
    page.get_by_role("button", name="Start using it").click()
    page.wait_for_url("**/account/second-factor/recovery-codes/")
    visitor.judge("the recovery codes")
    visitor.look_at("/account/second-factor/", name="second-factor")
    visitor.look_at("/account/second-factor/recovery-codes/generate/", name="new-codes")
    visitor.look_at("/account/second-factor/totp/deactivate/", name="stop-the-app")
    visitor.open("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    visitor.sign_in(nurse.email, PASSWORD)
    page.wait_for_url("**/account/second-factor/authenticate/**")
    visitor.judge("the second step")


def code_for(secret: str) -> str:
    """What an authenticator app would show now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
