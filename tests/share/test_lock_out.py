"""Guessing is slowed, and the slowing cannot be turned against a colleague (ASVS 6.3.1): it holds for one account from
one place, and not for a browser in which its owner has signed in before."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from joinedup.share.models import AuditRow
from joinedup.share.sign_in.devices import COOKIE
from share.cast import PASSWORD

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def site(house, settings) -> None:
    settings.ROOT_URLCONF = "joinedup.share.urls"
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/sign-in/"
    cache.clear()


def tries(client: Client, email: str, password: str) -> bool:
    client.post("/sign-in/", {"login": email, "password": password})
    return SESSION_KEY in client.session


def signs_in(email: str, password: str, place: str = HERE) -> bool:
    return tries(Client(REMOTE_ADDR=place), email, password)


def guess(settings, email: str = "nurse@example.org", client: Client | None = None, more: int = 0) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + more):
        assert not tries(client or Client(REMOTE_ADDR=HERE), email, "a guess")


def test_guessing_is_stopped_for_one_account_from_one_place_only(site, settings) -> None:
    guess(settings)
    assert not signs_in("nurse@example.org", PASSWORD)
    assert signs_in("officer@example.org", PASSWORD)
    assert signs_in("nurse@example.org", PASSWORD, ELSEWHERE)


def test_whoever_has_a_whole_network_of_addresses_guesses_no_oftener(site, settings) -> None:
    for n in range(settings.AXES_FAILURE_LIMIT):
        assert not signs_in("nurse@example.org", "a guess", f"2001:db8:0:7::{n + 1:x}")
    assert not signs_in("nurse@example.org", PASSWORD, "2001:db8:0:7:a:b:c:d")
    assert signs_in("nurse@example.org", PASSWORD, "2001:db8:0:8::1")  # another line


def test_old_addresses_spelled_in_the_new_way_are_places_of_their_own(site, settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert not signs_in("nurse@example.org", "a guess", f"::ffff:{HERE}")
    assert not signs_in("nurse@example.org", PASSWORD, HERE)
    assert signs_in("nurse@example.org", PASSWORD, f"::ffff:{ELSEWHERE}")


def known_browser(email: str) -> Client:
    """A browser in which this person signed in, and out again."""
    client = Client(REMOTE_ADDR=HERE)
    assert tries(client, email, PASSWORD)
    client.post("/sign-out/")
    assert SESSION_KEY not in client.session
    return client


def test_somebody_who_guesses_at_the_next_desk_never_locks_out_the_owners_own_browser(site, settings) -> None:
    own = known_browser("nurse@example.org")
    guess(settings, more=5)
    assert not signs_in("nurse@example.org", PASSWORD)  # an unknown browser of the same network
    assert tries(own, "nurse@example.org", PASSWORD)


def test_guessing_in_a_known_browser_is_stopped_too(site, settings) -> None:
    own = known_browser("nurse@example.org")
    guess(settings, client=own)
    assert not tries(own, "nurse@example.org", PASSWORD)


def test_a_browser_is_known_for_those_who_signed_in_there_and_for_nobody_else(site, settings) -> None:
    shared = known_browser("nurse@example.org")
    assert tries(shared, "officer@example.org", PASSWORD)
    shared.post("/sign-out/")
    for email in ("nurse@example.org", "officer@example.org", "lead@example.org"):
        guess(settings, email)
    assert tries(shared, "nurse@example.org", PASSWORD)
    shared.post("/sign-out/")
    assert tries(shared, "officer@example.org", PASSWORD)
    shared.post("/sign-out/")
    assert not tries(shared, "lead@example.org", PASSWORD)


def test_a_cookie_made_up_knows_nobody(site, settings) -> None:
    guess(settings)
    forger = Client(REMOTE_ADDR=HERE)
    forger.cookies[COOKIE] = "eyJkZXZpY2UiOiJ4Iiwid2hvIjpbMSwyLDMsNCw1XX0:1abcde:made-up"
    assert not tries(forger, "nurse@example.org", PASSWORD)


def test_the_cookie_says_nothing_and_no_script_reads_it(site) -> None:
    cookie = known_browser("nurse@example.org").cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "nurse" not in cookie.value


def test_every_refusal_leaves_a_trace(site, settings) -> None:
    guess(settings)
    assert AuditRow.objects.filter(act="sign-in refused").count() == settings.AXES_FAILURE_LIMIT
