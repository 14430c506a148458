"""A forgotten password: the answer tells nobody who has an account, and no way round an agency's own sign-in."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from joinedup.share import actions
from share.cast import AT, KEEPER
from share.factors import set_up
from share.oidc_site import link

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"


@pytest.fixture
def nurse(house) -> Any:
    cache.clear()
    mail.outbox.clear()
    return house.people["nurse"]


def asks(email: str) -> tuple[int, str, str]:
    """What somebody at the door is answered."""
    client = Client(raise_request_exception=False)
    answer = client.post(RESET, {"email": email})
    page = client.get(answer.url).content.decode() if answer.status_code == 302 else ""
    return answer.status_code, answer.get("Location", ""), page


def test_the_answer_is_the_same_whether_or_not_there_is_such_an_account(nurse, house) -> None:
    actions.let_go(by=KEEPER, at=AT, practitioner=house.people["officer"])
    known, unknown, left = (asks(email) for email in (nurse.email, "nobody@example.org", "officer@example.org"))
    assert known == unknown == left
    assert known[0] == 302
    assert [one.to for one in mail.outbox] == [[nurse.email]]  # and no stranger's mailbox is filled by us


def test_nor_does_a_mail_server_that_is_away_tell_it(nurse, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert asks(nurse.email) == asks("nobody@example.org")


def test_whose_second_factor_is_their_agencys_gets_no_link(nurse) -> None:
    """Else whoever reads their mail sets a password, then an app of their own, and needs no provider any more."""
    link(nurse, "https://provider.example.org")
    known = asks(nurse.email)
    assert mail.outbox == []
    assert known == asks("nobody@example.org")
    set_up(nurse)
    asks(nurse.email)
    assert len(mail.outbox) == 1  # a second factor of ours stands in the way


def test_a_link_leads_to_no_host_but_ours(nurse, settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for poison in ({"host": "evil.example"}, {"x-forwarded-host": "evil.example"}, {"host": "testserver@evil.example"}):
        Client().post(RESET, {"email": nurse.email}, headers=poison)
    assert all("evil.example" not in one.body for one in mail.outbox)
    assert all("http://testserver/account/password/reset/key/" in one.body for one in mail.outbox)
    assert len(mail.outbox) == 1  # the other two were no requests to us
