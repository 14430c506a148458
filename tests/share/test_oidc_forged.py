"""An OpenID Connect provider that lies: no forged, foreign, late or repeated token opens anything, and each is told."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest
from django.test import Client

from share.oidc_server import Provider, by_key, key
from share.oidc_site import IN, WITH_MFA, assert_refused, comes, file_of, inside, named


def another_key(provider: Provider, claims: dict[str, Any]) -> str:
    return by_key(key(), claims)


def no_signature(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"})


def public_key_as_secret(provider: Provider, claims: dict[str, Any]) -> str:
    """The old trick: what everybody knows, used as the secret of a symmetric signature."""
    head, body = ({"alg": "HS256", "kid": "k1", "typ": "JWT"}, claims)
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (head, body)]
    made = hmac.new(json.dumps(provider.keys()["keys"][0]).encode(), b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(made).rstrip(b"=")]).decode()


SIGNED = {
    "by somebody else": (another_key, "InvalidSignatureError"),
    "by nobody": (no_signature, "Algorithm"),
    "with what is public": (public_key_as_secret, "Algorithm"),
    "by a key that it does not publish": (lambda p, c: by_key(p.own, c, "k2"), "InvalidKeyError"),
    "no token at all": (lambda p, c: "nonsense", "DecodeError"),
}
SAYS = {
    "another issuer": ({"iss": "https://elsewhere.example"}, "InvalidIssuerError"),
    "another audience": ({"aud": "another-client"}, "InvalidAudienceError"),
    "several audiences, made for another": ({"aud": ["joinedup", "other"], "azp": "other"}, "another client"),
    "several audiences, made for nobody": ({"aud": ["joinedup", "other"]}, "another client"),
    "expired": ({"exp": 1_700_000_000}, "ExpiredSignatureError"),
    "from the future": ({"iat": 4_000_000_000}, "ImmatureSignatureError"),
    "of another exchange": ({"nonce": "of-another-exchange"}, "nonce"),
    "without a nonce": ({"nonce": None}, "nonce|Missing"),
    "without a subject": ({"sub": None}, "Missing|sub"),
}


@pytest.mark.parametrize("how", SIGNED)
def test_a_forged_signature_opens_nothing(linked_nurse, provider, how) -> None:
    provider.signed, why = SIGNED[how]
    assert_refused(*comes(provider), why)


@pytest.mark.parametrize("how", SAYS)
def test_a_token_that_is_not_for_this_exchange_opens_nothing(linked_nurse, provider, how) -> None:
    says, why = SAYS[how]
    provider.minted = lambda claims: {name: value for name, value in {**claims, **says}.items() if value is not None}
    assert_refused(*comes(provider), why)


def test_a_token_that_was_used_before_opens_nothing(linked_nurse, provider) -> None:
    comes(provider)
    stolen = provider.last
    provider.signed = lambda *_: stolen
    assert_refused(*comes(provider), "nonce")


def test_a_way_back_is_walked_once_and_by_the_browser_that_went(linked_nurse, provider) -> None:
    client = Client()
    back = provider.back(client.get(IN).url)
    other = Client()
    assert_refused(other, other.get(back), "unknown")
    assert client.get(back).status_code == 302
    assert inside(client)
    client.post("/sign-out/")
    assert client.get(back).status_code == 403


def test_a_provider_that_calls_itself_another_is_refused(linked_nurse, provider) -> None:
    provider.calls_itself = "https://elsewhere.example"
    assert_refused(*comes(provider), "another issuer")


def test_the_same_subject_at_another_issuer_is_somebody_else(linked_nurse, provider, settings, tmp_path) -> None:
    other = Provider(more=dict(WITH_MFA)).start()
    named(settings, file_of(tmp_path / "other.json", other.issuer))
    assert_refused(*comes(other), "not linked")
    other.stop()
