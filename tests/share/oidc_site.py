"""A site with one agency's OpenID Connect provider, and the way of a browser there and back."""

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from joinedup.ground.providers import identity_providers
from joinedup.share import actions
from joinedup.share.doors import door, prove_again
from joinedup.share.models import AuditRow, Practitioner
from joinedup.share.rules import Permission
from share.cast import AT, KEEPER
from share.oidc_server import Provider

IN, BACK = "/sign-in/with/hospital-staff/", "/sign-in/with/hospital-staff/back/"
WITH_MFA = {"amr": ["pwd", "mfa"]}


@door(Permission.SIGNED_IN)
def page(request, look):
    return HttpResponse(f"a page for {look.by}")


@door(Permission.SIGNED_IN)
def grave(request, look):
    prove_again(request)
    return HttpResponse("done")


SITE = ModuleType("site_of_identity_providers")
SITE.urlpatterns = [path("page/", page), path("grave/", grave), path("", include("joinedup.share.urls"))]


def file_of(place: Path, issuer: str, **more: Any) -> str:
    """The deployment's file."""
    one = {
        "id": "hospital-staff", "name": "Ellensford General", "agency": "hospital", "issuer": issuer,
        "client_id": "joinedup", "secret": "a secret of the two", "second_factor": ["mfa", "urn:mfa"], **more,
    }  # fmt: skip
    place.write_text(json.dumps([one]))
    return str(place)


def named(settings: Any, place: str) -> None:
    settings.PROVIDERS = identity_providers(place)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.app for one in settings.PROVIDERS]}}


def link(person: Practitioner, issuer: str, subject: str = "subject-1") -> None:
    actions.link_identity(
        by=KEEPER, at=AT, practitioner=person, provider="hospital-staff", issuer=issuer, subject=subject
    )


def comes(provider: Provider, client: Client | None = None, begin: str = IN) -> tuple[Client, Any]:
    """The way of a browser: off to the provider and back. The client, and the last answer."""
    client = client or Client()
    away = client.get(begin)
    assert away.status_code == 302, away.content
    return client, client.get(provider.back(away.url))


def inside(client: Client) -> bool:
    return SESSION_KEY in client.session


def why_refused() -> str:
    what = AuditRow.objects.filter(act="sign-in refused").latest("pk").what
    assert (what["step"], what["provider"]) == ("identity provider", "hospital-staff")
    return str(what["why"])


def assert_refused(client: Client, answer: Any, why: str) -> None:
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "was not accepted" in said
    assert "sign in with your password here" in said
    assert not inside(client)
    assert re.search(why, why_refused(), re.IGNORECASE), why_refused()
