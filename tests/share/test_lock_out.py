"""Guessing is slowed, and the slowing cannot be turned against a colleague (ASVS 6.3.1): it holds for one account from
one place, so somebody else at the same hospital still signs in, and so does its owner from elsewhere."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from share.cast import PASSWORD

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def site(house, settings) -> None:
    settings.ROOT_URLCONF = "joinedup.share.urls"
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/sign-in/"
    cache.clear()


def signs_in(email: str, password: str, place: str = HERE) -> bool:
    client = Client(REMOTE_ADDR=place)
    client.post("/sign-in/", {"login": email, "password": password})
    return SESSION_KEY in client.session


def test_guessing_is_stopped_for_one_account_from_one_place_only(site, settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert not signs_in("nurse@example.org", "a guess")
    assert not signs_in("nurse@example.org", PASSWORD)
    assert signs_in("officer@example.org", PASSWORD)
    assert signs_in("nurse@example.org", PASSWORD, ELSEWHERE)
