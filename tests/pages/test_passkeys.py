"""Passkeys in a real Chromium: its own virtual authenticator holds the key, and the pages and scripts are ours."""

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from joinedup.share.actions import found_partnership
from joinedup.share.models import Agency, AuditRow, Practitioner
from joinedup.share.rules import Actor
from pages.harness import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.urls("face.gallery"), pytest.mark.django_db(transaction=True)]
PASSWORD = "a long and plain sentence"
KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def gallery_frame(gallery_open) -> None:
    """The pages stand in the gallery's frame."""


@pytest.fixture
def nurse() -> Practitioner:
    found_partnership(by=Actor("keeper"), at=datetime(2026, 3, 5, 9, tzinfo=UTC), name="Ellensford", simulated=False)
    hospital = Agency.objects.create(code="ellensford-general", name="Ellensford General Hospital", kind="hospital")
    person = Practitioner(email="joy.bello@example.org", name="Joy Bello", agency=hospital)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def security_key(visitor: Visitor) -> Any:
    """A security key in the browser's hand (Chrome DevTools Protocol, domain WebAuthn)."""
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return devtools, made["authenticatorId"]


def enrol(visitor: Visitor, *, alone: bool = False) -> Page:
    """Sign in by password, say again that it is you, add the key. `alone`: as one that needs no password."""
    visitor.sign_in("joy.bello@example.org", PASSWORD)
    page = visitor.open("/account/second-factor/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/webauthn/add/")
    page.get_by_label("Name").fill("The key on my lanyard")
    if alone:
        page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes/**")
    return page


def sign_out(visitor: Visitor) -> None:
    visitor.open("/sign-out/")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/")


def test_a_key_is_enrolled_and_signs_in(visitor: Visitor, nurse: Practitioner, security_key: Any) -> None:
    enrol(visitor)
    assert Authenticator.objects.get(type="webauthn").wrap().name == "The key on my lanyard"
    sign_out(visitor)
    visitor.sign_in(nurse.email, PASSWORD)
    page = visitor.page
    page.wait_for_url("**/account/second-factor/authenticate/**")
    assert not AuditRow.objects.filter(act="sign-in").count() > 1
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_function("() => !location.pathname.includes('authenticate')")
    visitor.open("/account/second-factor/")
    assert page.get_by_text("1 key").is_visible()
    assert AuditRow.objects.filter(act="sign-in", by=nurse.email).count() == 2
    assert AuditRow.objects.filter(act="second factor added", what__type="webauthn").count() == 1
    assert not visitor.faults


def test_another_persons_key_signs_in_nobody(visitor: Visitor, nurse: Practitioner, security_key: Any) -> None:
    enrol(visitor)
    sign_out(visitor)
    devtools, held = security_key
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": held})
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    visitor.sign_in(nurse.email, PASSWORD)
    page = visitor.page
    with page.expect_console_message(lambda message: "NotAllowedError" in message.text):
        page.get_by_role("button", name="Use a security key").click()
    visitor.open("/account/second-factor/")
    assert "/account/second-factor/authenticate/" in page.url  # not in yet
    assert AuditRow.objects.filter(act="sign-in").count() == 1


def test_a_key_that_checks_its_owner_signs_in_alone(visitor: Visitor, nurse: Practitioner, security_key: Any) -> None:
    enrol(visitor, alone=True)
    sign_out(visitor)
    page = visitor.open("/sign-in/")
    visitor.judge("/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_function("() => !location.pathname.includes('sign-in')")
    visitor.open("/account/second-factor/")
    assert page.get_by_role("heading", name="How you sign in").is_visible()
    assert AuditRow.objects.filter(act="sign-in", by=nurse.email).count() == 2
    assert not visitor.faults


def test_a_key_that_did_not_check_its_owner_does_not(visitor: Visitor, nurse: Practitioner, security_key: Any) -> None:
    enrol(visitor, alone=True)
    sign_out(visitor)
    devtools, held = security_key
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": held, "isUserVerified": False})
    page = visitor.open("/sign-in/")
    with page.expect_console_message(lambda message: "NotAllowedError" in message.text):
        page.get_by_role("button", name="Use a passkey").click()
    assert AuditRow.objects.filter(act="sign-in").count() == 1
