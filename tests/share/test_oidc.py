"""Signing in by an agency's own OpenID Connect provider, over real HTTP. One that lies: test_oidc_forged."""

import html
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from subprocess import PIPE, STDOUT
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from joinedup.ground.home import HomeError
from joinedup.ground.providers import identity_providers
from joinedup.share import actions, queries
from joinedup.share.models import AuditRow, Practitioner
from joinedup.share.sign_in.second import SHOWN
from share.cast import AT, KEEPER, PASSWORD
from share.factors import AGAIN, CODE, set_up, signed_in
from share.oidc_site import IN, WITH_MFA, assert_refused, comes, file_of, inside, link, named


def test_a_linked_practitioner_whose_provider_asked_for_a_second_factor_is_in(linked_nurse, provider) -> None:
    client, answer = comes(provider)
    assert (answer.status_code, answer.url) == (302, "/page/")
    assert client.get("/page/").content == b"a page for nurse@example.org"
    assert (AuditRow.objects.filter(act="sign-in").latest("pk")).by == "nurse@example.org"
    assert {"code_challenge", "nonce", "max_age"} <= provider.asked.keys()
    assert provider.asked["scope"] == "openid"


def test_the_sign_in_page_leads_to_it(oidc_site, settings) -> None:
    said = Client().get("/sign-in/?next=/page/").content.decode()
    assert 'href="/sign-in/with/hospital-staff/?next=/page/"' in said
    assert "Ellensford General" in said


@pytest.mark.parametrize("says", [{}, {"amr": ["pwd"]}, {"acr": "urn:password"}, {"amr": []}])
def test_without_its_word_on_a_second_factor_ours_is_asked(linked_nurse, provider, says) -> None:
    provider.more = says
    app = set_up(linked_nurse)
    client, answer = comes(provider)
    assert answer.url == CODE
    assert not inside(client)
    client.post(CODE, {"code": app.code()})
    assert client.get("/page/").status_code == 200


def test_without_its_word_and_without_ours_one_is_set_up_before_anything_is_shown(linked_nurse, provider) -> None:
    provider.more = {"amr": ["pwd"]}
    client, _ = comes(provider)
    assert client.get("/page/").url == "/account/second-factor/totp/activate/"


def test_an_acr_may_say_it_too(linked_nurse, provider) -> None:
    provider.more = {"acr": "urn:mfa"}
    client, _ = comes(provider)
    assert client.get("/page/").status_code == 200


def test_an_email_address_links_nobody(oidc_site, provider) -> None:
    provider.more = {**WITH_MFA, "email": "nurse@example.org", "email_verified": True}
    people = Practitioner.objects.count()
    assert_refused(*comes(provider), "not linked")
    assert Practitioner.objects.count() == people
    assert not SocialAccount.objects.exists()


def test_an_agencys_provider_speaks_for_its_own_people_only(oidc_site, provider) -> None:
    link(oidc_site.people["officer"], provider.issuer)
    assert_refused(*comes(provider), "another agency")


def test_a_leaver_is_not_let_in_by_their_provider(linked_nurse, provider) -> None:
    actions.let_go(by=KEEPER, at=AT, practitioner=linked_nurse)
    client, answer = comes(provider)
    assert not inside(client)
    assert answer.url == "/account/inactive/"


def test_a_person_of_a_provider_is_one_practitioner(linked_nurse, oidc_site, provider) -> None:
    with pytest.raises(ValueError, match="linked already"):
        link(oidc_site.people["officer"], provider.issuer)


def test_whoever_is_unlinked_is_out(linked_nurse, provider) -> None:
    client, _ = comes(provider)
    actions.unlink_identities(by=KEEPER, at=AT, practitioner=linked_nurse)
    assert client.get("/page/").status_code == 302
    assert_refused(*comes(provider), "not linked")


def test_a_practitioner_links_after_showing_password_and_code(oidc_site, provider) -> None:
    nurse = oidc_site.people["nurse"]
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
def test_no_other_site_makes_a_browser_link_somebody_else(oidc_site, provider, led) -> None:
    nurse = oidc_site.people["nurse"]
    client = signed_in(nurse, set_up(nurse), PASSWORD)
    assert client.get(IN + led).status_code == 200  # asks, and goes nowhere by itself
    assert client.get(IN + led).status_code == 200
    assert not provider.asked


def test_the_page_of_ones_own_sign_in_leads_to_linking_ones_own_agencys(oidc_site, provider) -> None:
    for who, leads in (("nurse", True), ("officer", False)):
        person = oidc_site.people[who]
        client = signed_in(person, set_up(person), PASSWORD)
        page = client.get("/account/second-factor/").content.decode()
        assert (f"{IN}?link" in page) is leads


@pytest.mark.parametrize("when", [None, "soon", 4_000_000_000])
def test_a_time_that_the_provider_cannot_know_is_no_proof_for_later(linked_nurse, provider, when) -> None:
    provider.more = {**WITH_MFA, "auth_time": when}
    client, _ = comes(provider)
    assert client.get("/page/").status_code == 200
    assert client.session[SHOWN]["at"] <= time.time()


def test_linking_asks_for_the_second_factor_again(oidc_site, provider) -> None:
    nurse = oidc_site.people["nurse"]
    client = signed_in(nurse, set_up(nurse), PASSWORD)
    session = client.session
    session[SHOWN] = {**session[SHOWN], "at": 0}
    session.save()
    assert client.get(IN + "?link").url.startswith(AGAIN)


def test_nobody_links_without_being_signed_in(oidc_site, provider) -> None:
    assert_refused(*comes(provider, begin=IN + "?link"), "not linked")


def test_a_grave_act_sends_back_to_the_provider_for_a_fresh_sign_in(linked_nurse, provider) -> None:
    """It is asked for a sign-in of the last 15 minutes; what it says of when it asked is what counts."""
    provider.more = {**WITH_MFA, "auth_time": int(time.time()) - 3600}
    client, _ = comes(provider)
    asked = client.get("/grave/")
    assert asked.url == f"{IN}?next=%2Fgrave%2F"
    provider.more = {**WITH_MFA, "auth_time": int(time.time())}
    _, answer = comes(provider, client, asked.url)
    assert answer.url == "/grave/"
    assert client.get("/grave/").content == b"done"


def test_a_provider_that_is_away_says_so(linked_nurse, provider) -> None:
    provider.stop()
    answer = Client().get(IN)
    assert answer.status_code == 503
    assert "cannot be reached" in answer.content.decode()


def test_a_provider_that_nobody_named_is_not_there(oidc_site) -> None:
    assert Client().get("/sign-in/with/nobody/").status_code == 404
    assert Client().get("/sign-in/with/nobody/back/").status_code == 404


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_elsewhere_by_signing_in(linked_nurse, provider, place) -> None:
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


def test_with_somebody_elses_provider(oidc_site, settings, tmp_path, theirs) -> None:
    """The whole exchange: discovery, PKCE, nonce, its own keys and tokens."""
    named(settings, file_of(tmp_path / "theirs.json", theirs))
    link(oidc_site.people["nurse"], theirs, "joy")
    client = Client()
    away = client.get(IN).url
    back = requests.post(away, data={"sub": "joy"}, allow_redirects=False, timeout=10).headers["location"]
    answer = client.get(back.removeprefix("http://testserver"))
    assert answer.status_code == 302
    assert client.get("/page/").content == b"a page for nurse@example.org"
