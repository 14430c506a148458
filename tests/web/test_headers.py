"""What every answer tells the browser: pages, refusals, failures, files and the API alike."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from joinedup.web.headers import FORGET
from laws.source import SRC
from respond import town as towns

pytestmark = pytest.mark.django_db
SCRIPTS = [
    path for path in SRC.rglob("static/**/*.js") if ".min." not in path.name
]  # govuk-frontend keeps what is open
TEMPLATES = list(SRC.rglob("templates/**/*.html"))
EXTERNAL = re.compile(
    r"""(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""", re.IGNORECASE
)
STORES = re.compile(r"\b(?:localStorage|sessionStorage|indexedDB)\b|document\.cookie\s*=")


@pytest.fixture
def answers(town: towns.Town, client_of: Callable[[str], Client]) -> dict[str, HttpResponseBase]:
    """Every kind of answer there is, by what it is."""
    towns.second_injury(town)
    ann, nurse, nobody = client_of("ann"), client_of("nurse"), Client()
    reference = town.child("Tess").reference
    return {
        "a page": ann.get("/desk/"),
        "a child": ann.get(f"/child/{reference}/", follow=True),
        "a form sent wrongly": ann.post("/find/", {}),
        "a refusal": nurse.get("/doubts/"),
        "no such page": ann.get("/nothing/here/"),
        "signed out": nobody.get("/sign-in/"),
        "sent on": nobody.get("/desk/"),
        "the api": nobody.post("/api/v1/notices", b"{}", content_type="application/json"),
        "no such thing in the api": nobody.get("/api/v1/nothing"),
    }


def kinds() -> tuple[str, ...]:
    return ("a page", "a child", "a form sent wrongly", "a refusal", "no such page", "signed out", "sent on", "the api",
            "no such thing in the api")  # fmt: skip


@pytest.mark.parametrize("kind", kinds())
def test_every_answer_is_kept_by_no_cache_framed_by_nobody_and_guessed_by_no_browser(
    kind: str, answers: dict[str, HttpResponseBase]
) -> None:
    headers = answers[kind].headers
    assert headers["Cache-Control"].startswith("no-store") or "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers
    assert "charset=utf-8" in headers["Content-Type"] or "json" in headers["Content-Type"]


@pytest.mark.parametrize("kind", kinds())
def test_every_answer_runs_what_is_shipped_and_nothing_else(kind: str, answers: dict[str, HttpResponseBase]) -> None:
    policy = dict(
        part.strip().partition(" ")[::2] for part in answers[kind].headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"].startswith("'self'")
    assert not [value for value in policy.values() if "unsafe" in value or "*" in value]


def test_cookies_are_for_this_site_alone_and_for_no_script(answers: dict[str, HttpResponseBase]) -> None:
    for response in answers.values():
        for cookie in response.cookies.values():
            assert cookie["httponly"]
            assert cookie["samesite"] in ("Lax", "Strict")
            assert not cookie["domain"]


def test_with_tls_cookies_are_bound_to_this_host() -> None:
    """Read from the settings themselves, as a deployment with JOINEDUP_TLS=1 has them."""
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
    )
    code = f"from joinedup.web import settings; print(*(getattr(settings, name) for name in {names}))"
    env = {**os.environ, "JOINEDUP_TLS": "1"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True
    ).stdout.split()
    assert all(name.startswith("__Host-") for name in said[:2])
    assert said[2:] == ["True", "True", "31536000"]


def test_signing_out_makes_the_browser_forget(client_of: Callable[[str], Client], town: towns.Town) -> None:
    client = client_of("ann")
    assert "Clear-Site-Data" not in client.get("/desk/").headers
    left = client.post(reverse("account_logout"))
    assert left.headers["Clear-Site-Data"] == FORGET
    assert client.get("/desk/").status_code == 302


def test_what_is_shipped_may_be_kept() -> None:
    style = next(path for path in (SRC / "face" / "static").rglob("*.css"))
    address = "/static/" + str(style.relative_to(SRC / "face" / "static"))
    answer = Client().get(address)
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    answer.close()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_no_template_asks_another_site_for_anything_but_a_link(path: Path) -> None:
    assert list(asked_elsewhere(path.read_text())) == []


def asked_elsewhere(text: str) -> Iterator[str]:
    """Whatever a page would fetch from elsewhere: all but the address of an ordinary link."""
    for found in EXTERNAL.finditer(text):
        before = text[: found.start()].rpartition("<")[2]
        if not before.startswith("a "):
            yield before


def test_an_asset_from_elsewhere_is_found() -> None:
    assert list(asked_elsewhere('<script src="https://cdn.example/x.js">'))
    assert not list(asked_elsewhere('<a href="https://www.gov.uk/">'))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_keeps_anything_in_the_browser(path: Path) -> None:
    assert STORES.findall(path.read_text()) == []


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_a_page_answers_no_method_that_it_has_no_use_for(method: str, client_of: Callable[[str], Client]) -> None:
    assert client_of("ann").generic(method, "/desk/").status_code == 405
