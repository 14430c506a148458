"""The browser for page tests: `sign_in(email)` gives a Visitor (pages.harness) on the running site.

`visitor` is somebody who has not signed in; `every_page(email)` follows every link that this person is shown.
"""

import os
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from face import gallery
from pages.harness import Visitor, crawl

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the tests


@pytest.fixture
def gallery_open(settings) -> None:
    """The gallery of components (face.gallery), for tests marked with its urls."""
    settings.JOINEDUP_FRAME = "face.gallery.frame"
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(gallery.__file__).parent / "templates")


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of the running site, over the test's database."""
    return str(live_server.url)


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody who has not signed in."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce")
    yield Visitor(context.new_page(), site)
    context.close()


@pytest.fixture
def sign_in(visitor: Visitor, site: str) -> Callable[[str], Visitor]:
    """Signs the visitor in without the sign-in page, which has a test of its own."""

    def signed_in(email: str) -> Visitor:
        client = Client()
        client.force_login(
            get_user_model().objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend"
        )
        name = settings.SESSION_COOKIE_NAME
        cookie = client.cookies[name].value
        visitor.page.context.add_cookies([{"name": name, "value": cookie, "url": site}])
        return visitor

    return signed_in


@pytest.fixture
def every_page(sign_in: Callable[[str], Visitor]) -> Callable[..., list[str]]:
    """Looks at one page of every kind that this person is led to from the start page; answers with their paths."""

    def looked_at(email: str, begin: str = "/", leave: Collection[str] = ()) -> list[str]:
        return crawl(sign_in(email), begin=begin, name=email.partition("@")[0], leave=leave)

    return looked_at
