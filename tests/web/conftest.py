"""The town of respond's tests, and somebody's browser without a screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from respond import town as towns

Visit = Callable[..., Any]


@pytest.fixture
def town(db: None) -> towns.Town:
    return towns.found()


@pytest.fixture
def client_of(town: towns.Town) -> Callable[[str], Client]:
    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(town.people[who], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
