"""Security keys: each challenge once, for this site alone; a key alone signs in only where it checked its owner."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from joinedup.share.models import AuditRow
from share.cast import PASSWORD
from share.security_key import SecurityKey, key_of

pytestmark = pytest.mark.django_db
ALONE = "/account/second-factor/webauthn/login/"
CODE = "/account/second-factor/authenticate/"
STATE = "mfa.webauthn.state"


@pytest.fixture
def people(house):
    cache.clear()
    return house.people


@pytest.fixture
def nurses_key(people) -> SecurityKey:
    return key_of(people["nurse"])


def browser() -> Client:
    return Client(headers={"x-requested-with": "XMLHttpRequest"})


def asked(client: Client) -> str:
    """The challenge by which this browser is asked for a key alone."""
    answer = client.get(ALONE, secure=True).json()
    return str(answer["request_options"]["publicKey"]["challenge"])


def shows(client: Client, signed: str) -> Client:
    client.post(ALONE, {"credential": signed}, secure=True)
    return client


def inside(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_a_key_that_checked_its_owner_signs_in_alone(nurses_key) -> None:
    client = browser()
    assert inside(shows(client, nurses_key.signs(asked(client), checked=True)))


def test_a_key_that_checked_nobody_does_not(nurses_key) -> None:
    client = browser()
    assert not inside(shows(client, nurses_key.signs(asked(client), checked=False)))


def test_nor_by_a_challenge_that_was_made_for_a_second_factor(nurses_key, people) -> None:
    """Whoever has an account, and a colleague's key without its PIN: the page that asks for one's own second factor
    makes a challenge that wants no check of the owner, and a quarter of an hour later it still lies in the session."""
    officer = people["officer"]
    key_of(officer)
    client = browser()
    client.post("/sign-in/", {"login": officer.email, "password": PASSWORD}, secure=True)
    client.get(CODE, secure=True)
    challenge = client.session[STATE]["challenge"]
    given_up(client)
    assert not inside(shows(client, nurses_key.signs(challenge, checked=False)))
    assert AuditRow.objects.get(act="sign-in refused").what["step"] == "key that checked nobody"


def given_up(client: Client) -> None:
    """As if a sign-in that waits for its second factor had waited too long."""
    session = client.session
    waits = session["account_login"]
    session["account_login"] = {**waits, "initiated_at": waits["initiated_at"] - 16 * 60}
    session.save()


def test_a_challenge_is_answered_once(nurses_key) -> None:
    client = browser()
    signed = nurses_key.signs(asked(client), checked=True)
    assert inside(shows(client, signed))
    client.post("/sign-out/", secure=True)
    assert not inside(shows(client, signed))


def test_what_was_signed_for_another_browser_or_site_opens_nothing(nurses_key) -> None:
    here, there = browser(), browser()
    theirs = nurses_key.signs(asked(there), checked=True)
    assert not inside(shows(here, theirs))
    challenge = asked(here)
    assert not inside(shows(here, nurses_key.signs(challenge, checked=True, origin="https://testserver.example")))
    assert inside(shows(here, nurses_key.signs(challenge, checked=True)))


def test_nobody_signs_in_as_somebody_else_by_their_own_key(nurses_key, people) -> None:
    client = browser()
    nurses_key.owner = people["officer"]  # what the browser says of whose key it is
    assert not inside(shows(client, nurses_key.signs(asked(client), checked=True)))
    key_of(people["officer"])
    assert not inside(shows(client, nurses_key.signs(asked(client), checked=True)))
