"""One's own sign-in: changes are told by mail, every session is in sight, a forgotten password is set by a link."""

import logging
import re
from collections import Counter
from datetime import timedelta
from typing import ClassVar

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher, get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from joinedup.ground.clock import utcnow
from joinedup.ground.home import HomeError
from joinedup.ground.mail import mail_server
from joinedup.share.models import AuditRow, Practitioner
from share.cast import PASSWORD
from share.factors import AGAIN, CODE, next_code, set_up, signed_in

pytestmark = pytest.mark.django_db
CHANGE = "/account/password/change/"
SESSIONS = "/account/sessions/"
RESET = "/account/password/reset/"
BETTER = "eleven lanterns by the canal"


@pytest.fixture
def nurse(house):
    cache.clear()
    mail.outbox.clear()
    return house.people["nurse"]


def sign_in(person: Practitioner, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/sign-in/", {"login": person.email, "password": password})
    return client


def told(person: Practitioner) -> list[str]:
    """What this person was told by mail, in order; and it holds nothing else."""
    assert all(one.to == [person.email] and one.subject == "Your sign-in to joinedup" for one in mail.outbox)
    said = [one.body.partition(",")[0] for one in mail.outbox]
    mail.outbox.clear()
    return said


NEW_BROWSER = "Somebody signed in with your account in a browser that is new to it"


def test_the_first_sign_in_from_a_browser_is_told_and_the_next_is_not(nurse) -> None:
    client = sign_in(nurse)
    assert told(nurse) == [NEW_BROWSER]
    client.post("/sign-out/")
    sign_in(nurse, client=client)
    assert told(nurse) == []


def test_a_password_is_changed_with_the_old_one_and_the_change_is_told_and_audited(nurse) -> None:
    client = sign_in(nurse)
    mail.outbox.clear()
    new = {"password1": BETTER, "password2": BETTER}
    assert "Change your password" in client.get(CHANGE).content.decode()
    assert client.post(CHANGE, {"oldpassword": "not this one, surely", **new}).status_code == 200
    assert Practitioner.objects.get(pk=nurse.pk).check_password(PASSWORD)
    assert client.post(CHANGE, {"oldpassword": PASSWORD, **new}).status_code == 302
    assert Practitioner.objects.get(pk=nurse.pk).check_password(BETTER)
    assert told(nurse) == ["Your password was changed"]
    assert AuditRow.objects.filter(act="password changed", by=nurse.email).count() == 1


def test_a_second_factor_added_and_taken_away_is_told(nurse, django_capture_on_commit_callbacks) -> None:
    app = set_up(nurse)
    client = signed_in(nurse, app, PASSWORD)
    client.post(AGAIN, {"code": next_code(nurse, app)})
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/recovery-codes/generate/")
    assert told(nurse) == ["A list of recovery codes was made anew for your sign-in"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/totp/deactivate/")
    assert "An authenticator app was taken from your sign-in" in told(nurse)


def test_many_wrong_passwords_are_told_once(nurse, settings) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        sign_in(nurse, "a wrong one, again")
    assert told(nurse) == ["Somebody tried many wrong passwords for your account"]


def test_a_mail_server_that_is_away_stops_nobody_and_the_log_names_nobody(nurse, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with caplog.at_level(logging.WARNING, "joinedup.mail"):
        client = sign_in(nurse)
    assert client.session["_auth_user_id"] == str(nurse.pk)
    assert "could not be sent" in caplog.text
    assert nurse.email not in caplog.text


def test_without_a_mail_server_nothing_is_sent_and_a_forgotten_password_leads_to_a_person(nurse, settings) -> None:
    settings.JOINEDUP_MAIL = None
    sign_in(nurse)
    said = Client().post(RESET, {"email": nurse.email}).content.decode()
    assert "Ring whoever keeps joinedup" in said
    assert mail.outbox == []


def test_a_forgotten_password_is_set_by_a_link_and_the_second_factor_is_asked_all_the_same(nurse) -> None:
    app, client = set_up(nurse), Client()
    client.post(RESET, {"email": nurse.email})
    [letter] = mail.outbox
    [link] = re.findall(r"https?://[^/]+(/account/password/reset/key/\S+)", letter.body)
    mail.outbox.clear()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": BETTER, "password2": BETTER}).status_code == 302
    assert told(nurse) == ["Your password was changed"]
    assert "_auth_user_id" not in client.session
    sign_in(nurse, BETTER, client)
    assert "_auth_user_id" not in client.session
    client.post(CODE, {"code": next_code(nurse, app)})
    assert client.session["_auth_user_id"] == str(nurse.pk)
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()  # a link is used once


def test_every_session_is_in_sight_and_the_others_are_ended(nurse) -> None:
    here, elsewhere = (sign_in(nurse, client=Client(HTTP_USER_AGENT=name)) for name in ("Ward browser", "Home browser"))
    page = here.get(SESSIONS).content.decode()
    assert ("Ward browser" in page, "Home browser" in page, "This one" in page) == (True, True, True)
    assert here.post(SESSIONS).status_code == 302
    assert "_auth_user_id" not in elsewhere.session
    assert "Home browser" not in here.get(SESSIONS).content.decode()
    assert UserSession.objects.count() == 1


def test_the_keeper_ends_every_session_and_leaves_the_account_open(nurse, capsys) -> None:
    browsers = [sign_in(nurse), sign_in(nurse)]
    call_command("keep", "sign-out", nurse.email)
    assert "2 sessions ended" in capsys.readouterr().out
    assert all("_auth_user_id" not in one.session for one in browsers)
    assert "_auth_user_id" in sign_in(nurse).session
    assert AuditRow.objects.filter(act="share.sign_out_everywhere").count() == 1


@pytest.mark.parametrize("typed", ["ellensford lights at night", "my Ellensförd lantern 77", "joinedup joinedup 77"])
def test_a_password_holds_no_word_of_the_partnership(nurse, typed: str) -> None:
    with pytest.raises(ValidationError, match="Leave out"):
        validate_password(typed, nurse)
    validate_password(BETTER, nurse)


def test_a_password_does_not_run_out(nurse) -> None:
    long_ago = utcnow() - timedelta(days=2_000)
    Practitioner.objects.filter(pk=nurse.pk).update(last_login=long_ago)
    client = sign_in(nurse)
    assert client.session["_auth_user_id"] == str(nurse.pk)


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed: what an answer's time is made of."""

    done: ClassVar[Counter[str]] = Counter()

    def encode(self, password: str, salt: str) -> str:
        self.done["hashed"] += 1
        return super().encode(password, salt)


def test_a_known_and_an_unknown_account_take_the_same_work(nurse, settings) -> None:
    settings.PASSWORD_HASHERS = ["share.test_own_sign_in.Counting"]
    done, works = type(get_hasher()).done, []  # pytest may have read this file under another name
    for login in (nurse.email, "nobody@example.org"):
        done.clear()
        Client().post("/sign-in/", {"login": login, "password": "a wrong one, again"})
        works.append(done["hashed"])
    assert works[0] == works[1] > 0


def test_secrets_of_apps_are_long_and_never_the_same_and_codes_last_half_a_minute(nurse) -> None:
    secrets = {generate_totp_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert all(len(one) >= 32 for one in secrets)  # base32: 160 bits
    app, now = set_up(nurse), int(utcnow().timestamp())
    code = {ago: str(format_hotp_value(hotp_value(app.secret, now // 30 - ago))) for ago in (0, 3)}
    assert all(len(one) == 6 and one.isdigit() for one in code.values())
    client = sign_in(nurse)
    client.post(CODE, {"code": code[3]})
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=nurse, type="totp").count() == 1


@pytest.mark.parametrize(
    "address", ["http://mail.example", "smtps://?from=a@b.example", "smtp://host", "smtp://host?from=x"]
)
def test_an_address_of_no_mail_server_says_how_to_write_one(address: str) -> None:
    with pytest.raises(HomeError, match="smtps://user:password@host:465"):
        mail_server(address)


def test_a_mail_server_is_named_in_one_address() -> None:
    made = mail_server("smtp://box:s%40cret@mail.example?from=joinedup@council.example")
    assert made is not None
    assert (made.host, made.port, made.user, made.password) == ("mail.example", 587, "box", "s@cret")
    assert (made.sender, made.tls_first) == ("joinedup@council.example", False)
    assert mail_server("") is None
