"""Changing what protects an account: a password at a desk left unlocked is not enough to put in a key of one's own."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from joinedup.share.sign_in.changing import CHANGES
from joinedup.share.sign_in.second import FRESH, SHOWN
from share.cast import PASSWORD
from share.factors import AGAIN, App, next_code, set_up, signed_in
from share.oidc_site import IN, comes

PAGES = sorted(reverse(name, args=[1] if "webauthn" in name and name != "mfa_add_webauthn" else []) for name in CHANGES)
SET_UP = reverse("mfa_activate_totp")


@pytest.fixture
def nurse(oidc_site) -> Any:
    return oidc_site.people["nurse"]


@pytest.fixture
def app(nurse) -> App:
    return set_up(nurse)


def left_alone(client: Client) -> Client:
    """As if the second factor had been shown a quarter of an hour ago, and somebody else now sat there."""
    session = client.session
    session[SHOWN] = {**session[SHOWN], "at": session[SHOWN]["at"] - FRESH - 1}
    session.save()
    return client


def knows_the_password(client: Client) -> None:
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("way", ["get", "post"])
def test_at_a_desk_left_unlocked_nobody_changes_it_by_the_password(nurse, app, page, way) -> None:
    client = left_alone(signed_in(nurse, app, PASSWORD))
    knows_the_password(client)
    answer = getattr(client, way)(page)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, AGAIN)
    assert "Nothing was changed yet" in client.get(answer.url).content.decode()
    assert client.get("/grave/").status_code == 302  # and what it would have been good for stays shut


def test_nor_in_a_session_that_never_showed_it(nurse) -> None:
    client = Client()
    client.post("/sign-in/", {"login": nurse.email, "password": PASSWORD})
    set_up(nurse)  # in another browser
    knows_the_password(client)
    assert client.get("/account/second-factor/recovery-codes/").url.startswith(AGAIN)


def test_the_owner_shows_it_and_goes_on(nurse, app) -> None:
    client = left_alone(signed_in(nurse, app, PASSWORD))
    asked = client.get("/account/second-factor/webauthn/add/").url
    assert client.post(asked, {"code": next_code(nurse, app)}).url == "/account/second-factor/webauthn/add/"
    assert client.get("/account/second-factor/webauthn/add/").status_code == 200


def test_whoever_has_none_yet_sets_the_first_one_up_with_their_password(nurse) -> None:
    client = Client()
    client.post("/sign-in/", {"login": nurse.email, "password": PASSWORD})
    knows_the_password(client)
    assert client.get(SET_UP).status_code == 200


def test_whose_second_factor_is_their_agencys_is_asked_there_not_for_a_password(linked_nurse, provider) -> None:
    """Else the password alone would be enough to be round the agency's own sign-in."""
    client = Client()
    client.post("/sign-in/", {"login": linked_nurse.email, "password": PASSWORD})
    knows_the_password(client)
    answer = client.get(SET_UP)
    assert (answer.status_code, answer.url) == (302, f"{IN}?next=%2Faccount%2Fsecond-factor%2Ftotp%2Factivate%2F")
    comes(provider, client, answer.url)
    assert client.get("/page/").content == b"a page for nurse@example.org"


@pytest.mark.parametrize("page", [SET_UP, "/account/password/set/"])
def test_a_session_of_the_provider_left_alone_gets_no_password_and_no_app(linked_nurse, provider, page) -> None:
    linked_nurse.set_unusable_password()
    linked_nurse.save()
    client, _ = comes(provider)
    left_alone(client)
    assert client.get(page).url.startswith(f"{IN}?next=")
    assert not Authenticator.objects.exists()


def test_whoever_came_by_a_provider_that_asked_for_none_sets_one_up(linked_nurse, provider) -> None:
    linked_nurse.set_unusable_password()
    linked_nurse.save()
    provider.more = {"amr": ["pwd"]}
    client, _ = comes(provider)
    assert SESSION_KEY in client.session
    assert client.get(SET_UP).status_code == 200
