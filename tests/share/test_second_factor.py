"""The second factor: asked for, each code once, guessing counted, and no page without one in a real database."""

from types import ModuleType

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt
from cryptography.exceptions import InvalidTag
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from joinedup.share.doors import door, prove_again
from joinedup.share.models import AuditRow, Partnership
from joinedup.share.rules import Permission
from joinedup.share.sign_in.second import FRESH, SHOWN, USED
from share.cast import PASSWORD
from share.factors import AGAIN, CODE, App, next_code, set_up, signed_in

SET_UP = "/account/second-factor/totp/activate/"


@door(Permission.SIGNED_IN)
def page(request, look):
    return HttpResponse("a page")


@door(Permission.SIGNED_IN)
def grave(request, look):
    prove_again(request)
    return HttpResponse("done")


SITE = ModuleType("site_of_second_factors")
SITE.urlpatterns = [
    path("page/", page),
    path("grave/", grave),
    path("", include("joinedup.share.urls")),
]


@pytest.fixture
def site(house, settings):
    settings.ROOT_URLCONF = SITE
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/page/"
    cache.clear()
    return house


@pytest.fixture
def nurse(site):
    return site.people["nurse"]


@pytest.fixture
def app(nurse) -> App:
    return set_up(nurse)


def with_password(nurse, place: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=place)
    client.post("/sign-in/", {"login": nurse.email, "password": PASSWORD})
    return client


def inside(client: Client) -> bool:
    return SESSION_KEY in client.session


def real() -> None:
    Partnership.objects.update(simulated=False)


def last_refusal() -> dict:
    return AuditRow.objects.filter(act="sign-in refused").latest("pk").what


def test_a_password_alone_is_not_in_yet(nurse, app) -> None:
    client = with_password(nurse)
    assert not inside(client)
    assert client.get("/page/").status_code == 302
    client.post(CODE, {"code": app.code()})
    assert client.get("/page/").content == b"a page"


def test_a_code_that_was_used_is_refused_says_so_and_leaves_a_trace(nurse, app) -> None:
    code = app.code()
    with_password(nurse).post(CODE, {"code": code})
    thief = with_password(nurse, "192.0.2.9")
    said = thief.post(CODE, {"code": code}).content.decode()
    assert not inside(thief)
    assert USED in said
    assert last_refusal() == {"practitioner": nurse.pk, "step": "code used before"}


def test_a_code_is_spent_for_every_process_and_after_every_restart(nurse, app) -> None:
    """allauth remembers used codes in a cache of each process; ours is in the database."""
    code = app.code()
    with_password(nurse).post(CODE, {"code": code})
    cache.clear()
    again = with_password(nurse)
    again.post(CODE, {"code": code})
    assert not inside(again)


def test_the_code_that_set_an_app_up_is_spent_by_it(nurse, django_capture_on_commit_callbacks) -> None:
    client = with_password(nurse)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get(SET_UP)
    app = App(client.session["mfa.totp.secret"], [])
    code = app.code()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(SET_UP, {"code": code})
    held = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert AuditRow.objects.filter(act="second factor added").exists()
    another = with_password(nurse)
    another.post(CODE, {"code": code})
    assert not inside(another)
    assert held.data["spent"]


@pytest.mark.parametrize("spelt", ["{0}{1} ", " {0}{1}", "{0} {1}"])
def test_a_used_code_spelt_otherwise_is_the_same_code(nurse, app, spelt) -> None:
    code = app.code()
    with_password(nurse).post(CODE, {"code": code})
    again = with_password(nurse)
    again.post(CODE, {"code": spelt.format(code[:3], code[3:])})
    assert not inside(again)


def test_a_recovery_code_works_once(nurse, app) -> None:
    first, again, other = (with_password(nurse) for _ in range(3))
    first.post(CODE, {"code": app.spares[0]})
    again.post(CODE, {"code": app.spares[0]})
    other.post(CODE, {"code": app.spares[1]})
    assert [inside(one) for one in (first, again, other)] == [True, False, True]
    held = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert len(RecoveryCodes(held).get_unused_codes()) == len(app.spares) - 2
    assert last_refusal() == {"practitioner": nurse.pk, "step": "code"}


def test_codes_are_guessed_no_oftener_than_passwords_and_the_owner_still_signs_in(nurse, app, settings) -> None:
    thief = with_password(nurse, "192.0.2.9")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        thief.post(CODE, {"code": "not one"})
    assert thief.post(CODE, {"code": app.code()}).status_code == 429
    assert not inside(thief)
    assert signed_in(nurse, app, PASSWORD).get("/page/").status_code == 200
    assert AuditRow.objects.filter(act="sign-in refused", what__step="locked out").exists()


def test_in_a_real_database_a_session_without_its_second_factor_sees_nothing(nurse) -> None:
    client = with_password(nurse)
    real()
    answer = client.get("/page/")
    assert (answer.status_code, answer.url) == (302, SET_UP)


def test_having_an_app_is_not_enough_this_session_must_have_shown_it(nurse) -> None:
    """Signed in by password alone before the app was set up in another browser."""
    client = with_password(nurse)
    app = set_up(nurse)
    real()
    asked = client.get("/page/")
    assert (asked.status_code, asked.url) == (302, f"{AGAIN}?next=%2Fpage%2F")
    shown = client.post(asked.url, {"code": app.code()})
    assert shown.url == "/page/"
    assert client.get("/page/").content == b"a page"


def test_whoever_stops_using_their_app_sees_nothing_more(nurse, app) -> None:
    client = signed_in(nurse, app, PASSWORD)
    real()
    assert client.get("/page/").status_code == 200
    client.post(AGAIN, {"code": next_code(nurse, app)})
    client.post("/account/second-factor/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/page/").url == SET_UP
    assert AuditRow.objects.filter(act="second factor removed").exists()


def aged(client: Client, seconds: int) -> None:
    """As if the second factor had been shown so many seconds earlier."""
    session = client.session
    session[SHOWN] = {**session[SHOWN], "at": session[SHOWN]["at"] - seconds}
    session.save()


def test_a_grave_act_asks_again_after_a_quarter_of_an_hour(nurse, app) -> None:
    client = signed_in(nurse, app, PASSWORD)
    real()
    assert client.get("/grave/").content == b"done"
    aged(client, FRESH + 1)
    asked = client.post("/grave/")
    assert (asked.status_code, asked.url) == (302, f"{AGAIN}?next=%2Fgrave%2F")
    assert "show again that it is you" in client.get(asked.url).content.decode()
    assert client.post(asked.url, {"code": "not one"}).status_code == 200
    assert client.get("/grave/").status_code == 302
    assert client.post(asked.url, {"code": next_code(nurse, app)}).url == "/grave/"
    assert client.get("/grave/").content == b"done"


def test_a_grave_act_asks_nothing_more_of_a_fictional_cast(nurse) -> None:
    assert with_password(nurse).get("/grave/").content == b"done"


def test_whoever_reads_the_database_alone_makes_no_codes(nurse, app, settings) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert app.secret not in kept
    settings.SECRET_KEY = "the key of another deployment"
    with pytest.raises(InvalidTag):
        decrypt(Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"])


def test_new_recovery_codes_leave_a_trace(nurse, app, django_capture_on_commit_callbacks) -> None:
    client = signed_in(nurse, app, PASSWORD)
    client.post(AGAIN, {"code": next_code(nurse, app)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/recovery-codes/generate/")
    assert AuditRow.objects.filter(act="second factor made anew", by=nurse.email).exists()
    again = with_password(nurse)
    again.post(CODE, {"code": app.spares[0]})
    assert not inside(again)


def test_whoever_has_a_key_alone_is_led_to_show_the_key(nurse) -> None:
    client = with_password(nurse)
    Authenticator.objects.create(user=nurse, type=Authenticator.Type.WEBAUTHN, data={})
    real()
    assert client.get("/page/").url == "/account/second-factor/webauthn/reauthenticate/?next=%2Fpage%2F"
