"""Signing in by an agency's own OpenID Connect provider, over real HTTP: an honest one, and one that lies."""

import base64
import html
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, STDOUT
from types import ModuleType
from typing import Any

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from joinedup.ground.home import HomeError
from joinedup.ground.providers import identity_providers
from joinedup.share import actions, queries
from joinedup.share.doors import door, prove_again
from joinedup.share.models import AuditRow, Partnership, Practitioner
from joinedup.share.rules import Permission
from joinedup.share.sign_in.second import SHOWN
from share.cast import AT, KEEPER, PASSWORD
from share.factors import AGAIN, CODE, set_up, signed_in
from share.oidc_server import Provider, by_key, key

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


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider(more=dict(WITH_MFA)).start()
    yield made
    made.stop()


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


@pytest.fixture
def site(house, settings, provider, tmp_path):
    settings.ROOT_URLCONF = SITE
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/page/"
    named(settings, file_of(tmp_path / "providers.json", provider.issuer))
    Partnership.objects.update(simulated=False)
    cache.clear()
    return house


@pytest.fixture
def nurse(site, provider) -> Practitioner:
    """Linked beforehand by the administrator."""
    link(site.people["nurse"], provider.issuer)
    return site.people["nurse"]


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


def test_a_linked_practitioner_whose_provider_asked_for_a_second_factor_is_in(nurse, provider) -> None:
    client, answer = comes(provider)
    assert (answer.status_code, answer.url) == (302, "/page/")
    assert client.get("/page/").content == b"a page for nurse@example.org"
    assert (AuditRow.objects.filter(act="sign-in").latest("pk")).by == "nurse@example.org"
    assert {"code_challenge", "nonce", "max_age"} <= provider.asked.keys()
    assert provider.asked["scope"] == "openid"


def test_the_sign_in_page_leads_to_it(site, settings) -> None:
    said = Client().get("/sign-in/?next=/page/").content.decode()
    assert 'href="/sign-in/with/hospital-staff/?next=/page/"' in said
    assert "Ellensford General" in said


@pytest.mark.parametrize("says", [{}, {"amr": ["pwd"]}, {"acr": "urn:password"}, {"amr": []}])
def test_without_its_word_on_a_second_factor_ours_is_asked(nurse, provider, says) -> None:
    provider.more = says
    app = set_up(nurse)
    client, answer = comes(provider)
    assert answer.url == CODE
    assert not inside(client)
    client.post(CODE, {"code": app.code()})
    assert client.get("/page/").status_code == 200


def test_without_its_word_and_without_ours_one_is_set_up_before_anything_is_shown(nurse, provider) -> None:
    provider.more = {"amr": ["pwd"]}
    client, _ = comes(provider)
    assert client.get("/page/").url == "/account/second-factor/totp/activate/"


def test_an_acr_may_say_it_too(nurse, provider) -> None:
    provider.more = {"acr": "urn:mfa"}
    client, _ = comes(provider)
    assert client.get("/page/").status_code == 200


def another_key(provider: Provider, claims: dict[str, Any]) -> str:
    return by_key(key(), claims)


def no_signature(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"})


def public_key_as_secret(provider: Provider, claims: dict[str, Any]) -> str:
    """The old trick: what everybody knows, used as the secret of a symmetric signature."""
    head, body = ({"alg": "HS256", "kid": "k1", "typ": "JWT"}, claims)
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (head, body)]
    import hashlib
    import hmac

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


def assert_refused(client: Client, answer: Any, why: str) -> None:
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "was not accepted" in said
    assert "sign in with your password here" in said
    assert not inside(client)
    assert re.search(why, why_refused(), re.IGNORECASE), why_refused()


@pytest.mark.parametrize("how", SIGNED)
def test_a_forged_signature_opens_nothing(nurse, provider, how) -> None:
    provider.signed, why = SIGNED[how]
    assert_refused(*comes(provider), why)


@pytest.mark.parametrize("how", SAYS)
def test_a_token_that_is_not_for_this_exchange_opens_nothing(nurse, provider, how) -> None:
    says, why = SAYS[how]
    provider.minted = lambda claims: {name: value for name, value in {**claims, **says}.items() if value is not None}
    assert_refused(*comes(provider), why)


def test_a_token_that_was_used_before_opens_nothing(nurse, provider) -> None:
    comes(provider)
    stolen = provider.last
    provider.signed = lambda *_: stolen
    assert_refused(*comes(provider), "nonce")


def test_a_way_back_is_walked_once_and_by_the_browser_that_went(nurse, provider) -> None:
    client = Client()
    back = provider.back(client.get(IN).url)
    other = Client()
    assert_refused(other, other.get(back), "unknown")
    assert client.get(back).status_code == 302
    assert inside(client)
    client.post("/sign-out/")
    assert client.get(back).status_code == 403


def test_a_provider_that_calls_itself_another_is_refused(nurse, provider) -> None:
    provider.calls_itself = "https://elsewhere.example"
    assert_refused(*comes(provider), "another issuer")


def test_the_same_subject_at_another_issuer_is_somebody_else(nurse, provider, settings, tmp_path) -> None:
    other = Provider(more=dict(WITH_MFA)).start()
    named(settings, file_of(tmp_path / "other.json", other.issuer))
    assert_refused(*comes(other), "not linked")
    other.stop()


def test_an_email_address_links_nobody(site, provider) -> None:
    provider.more = {**WITH_MFA, "email": "nurse@example.org", "email_verified": True}
    people = Practitioner.objects.count()
    assert_refused(*comes(provider), "not linked")
    assert Practitioner.objects.count() == people
    assert not SocialAccount.objects.exists()


def test_an_agencys_provider_speaks_for_its_own_people_only(site, provider) -> None:
    link(site.people["officer"], provider.issuer)
    assert_refused(*comes(provider), "another agency")


def test_a_leaver_is_not_let_in_by_their_provider(nurse, provider) -> None:
    actions.let_go(by=KEEPER, at=AT, practitioner=nurse)
    client, answer = comes(provider)
    assert not inside(client)
    assert answer.url == "/account/inactive/"


def test_a_person_of_a_provider_is_one_practitioner(nurse, site, provider) -> None:
    with pytest.raises(ValueError, match="linked already"):
        link(site.people["officer"], provider.issuer)


def test_whoever_is_unlinked_is_out(nurse, provider) -> None:
    client, _ = comes(provider)
    actions.unlink_identities(by=KEEPER, at=AT, practitioner=nurse)
    assert client.get("/page/").status_code == 302
    assert_refused(*comes(provider), "not linked")


def test_a_practitioner_links_after_showing_password_and_code(site, provider) -> None:
    nurse = site.people["nurse"]
    client = signed_in(nurse, set_up(nurse), PASSWORD)
    comes(provider, client, button_on(client.get(IN + "?link")))
    assert queries.identity_key(provider.issuer, "subject-1") == SocialAccount.objects.get(user=nurse).uid
    kept = SocialAccount.objects.get().extra_data["id_token"]
    assert kept.keys() <= {"iss", "sub", "amr", "acr", "auth_time", "account"}
    assert AuditRow.objects.filter(act="identity linked", by=nurse.email).exists()
    assert inside(comes(provider)[0])


def button_on(page: Any) -> str:
    """Where the button of the page that links leads."""
    return html.unescape(re.search(r'href="(/sign-in/with/[^"]+link=[^"]+)"', page.content.decode())[1])


@pytest.mark.parametrize("led", ["?link", "?link=", "?link=made-up"])
def test_no_other_site_makes_a_browser_link_somebody_else(site, provider, led) -> None:
    nurse = site.people["nurse"]
    client = signed_in(nurse, set_up(nurse), PASSWORD)
    assert client.get(IN + led).status_code == 200  # asks, and goes nowhere by itself
    assert client.get(IN + led).status_code == 200
    assert not provider.asked


def test_the_page_of_ones_own_sign_in_leads_to_linking_ones_own_agencys(site, provider) -> None:
    for who, leads in (("nurse", True), ("officer", False)):
        person = site.people[who]
        client = signed_in(person, set_up(person), PASSWORD)
        page = client.get("/account/second-factor/").content.decode()
        assert (f"{IN}?link" in page) is leads


@pytest.mark.parametrize("when", [None, "soon", 4_000_000_000])
def test_a_time_that_the_provider_cannot_know_is_no_proof_for_later(nurse, provider, when) -> None:
    provider.more = {**WITH_MFA, "auth_time": when}
    client, _ = comes(provider)
    assert client.get("/page/").status_code == 200
    assert client.session[SHOWN]["at"] <= time.time()


def test_linking_asks_for_the_second_factor_again(site, provider) -> None:
    nurse = site.people["nurse"]
    client = signed_in(nurse, set_up(nurse), PASSWORD)
    session = client.session
    session[SHOWN] = {**session[SHOWN], "at": 0}
    session.save()
    assert client.get(IN + "?link").url.startswith(AGAIN)


def test_nobody_links_without_being_signed_in(site, provider) -> None:
    assert_refused(*comes(provider, begin=IN + "?link"), "not linked")


def test_a_grave_act_sends_back_to_the_provider_for_a_fresh_sign_in(nurse, provider) -> None:
    """It is asked for a sign-in of the last 15 minutes; what it says of when it asked is what counts."""
    provider.more = {**WITH_MFA, "auth_time": int(time.time()) - 3600}
    client, _ = comes(provider)
    asked = client.get("/grave/")
    assert asked.url == f"{IN}?next=%2Fgrave%2F"
    provider.more = {**WITH_MFA, "auth_time": int(time.time())}
    _, answer = comes(provider, client, asked.url)
    assert answer.url == "/grave/"
    assert client.get("/grave/").content == b"done"


def test_a_provider_that_is_away_says_so(nurse, provider) -> None:
    provider.stop()
    answer = Client().get(IN)
    assert answer.status_code == 503
    assert "cannot be reached" in answer.content.decode()


def test_a_provider_that_nobody_named_is_not_there(site) -> None:
    assert Client().get("/sign-in/with/nobody/").status_code == 404
    assert Client().get("/sign-in/with/nobody/back/").status_code == 404


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_elsewhere_by_signing_in(nurse, provider, place) -> None:
    _, answer = comes(provider, begin=f"{IN}?next={place}")
    assert answer.url == "/page/"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{", "not a list of providers"),
        ('[{"id": "A b"}]', "id"),
        ('[{"id": "x", "name": "X", "agency": "y", "issuer": "http://far.example", "client_id": "c", "secret": "s"}]',
         "must be https"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_says_where(tmp_path, written, says) -> None:
    place = tmp_path / "providers.json"
    place.write_text(written)
    with pytest.raises(HomeError, match=says):
        identity_providers(str(place))


def test_a_file_that_is_not_there_says_so_and_no_file_is_no_provider(tmp_path) -> None:
    assert identity_providers("") == []
    with pytest.raises(HomeError, match="cannot be read"):
        identity_providers(str(tmp_path / "none.json"))


@pytest.fixture
def theirs() -> Iterator[str]:
    """The issuer of a provider that we did not write, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    staff = json.dumps({"sub": "joy", **WITH_MFA, "auth_time": int(time.time())})
    command = ["-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "--user-claims", staff]
    server = subprocess.Popen([sys.executable, "-W", "ignore", *command], stdout=PIPE, stderr=STDOUT, text=True)
    for line in server.stdout:
        if "Started OpenID provider" in line or "running on" in line:
            break
    yield f"http://localhost:{port}"
    server.terminate()
    server.communicate()


def test_with_somebody_elses_provider(site, settings, tmp_path, theirs) -> None:
    """The whole exchange: discovery, PKCE, nonce, its own keys and tokens."""
    named(settings, file_of(tmp_path / "theirs.json", theirs))
    link(site.people["nurse"], theirs, "joy")
    client = Client()
    away = client.get(IN).url
    back = requests.post(away, data={"sub": "joy"}, allow_redirects=False, timeout=10).headers["location"]
    answer = client.get(back.removeprefix("http://testserver"))
    assert answer.status_code == 302, why_refused()
    assert client.get("/page/").content == b"a page for nurse@example.org"
