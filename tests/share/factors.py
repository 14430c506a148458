"""A second factor in tests: an authenticator app that shows codes, as somebody's phone would."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

CODE = "/account/second-factor/authenticate/"
AGAIN = "/account/second-factor/reauthenticate/"


@dataclass
class App:
    """An authenticator app that is set up, and the recovery codes printed with it."""

    secret: str
    spares: list[str]

    def code(self) -> str:
        """What it shows now."""
        return str(format_hotp_value(hotp_value(self.secret, max(yield_hotp_counters_from_time()))))


def set_up(person: Any) -> App:
    """An app for somebody, as of a day ago: no code of it is spent."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return App(secret, RecoveryCodes.activate(person).generate_codes())


def next_code(person: Any, app: App) -> str:
    """The code as if half a minute had passed since the last one was taken."""
    held = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    held.data.pop("spent", None)
    held.save()
    from django.core.cache import cache

    cache.clear()
    return app.code()


def signed_in(person: Any, app: App, password: str, client: Client | None = None) -> Client:
    """By password and code, through the pages that people use."""
    client = client or Client()
    client.post("/sign-in/", {"login": person.email, "password": password})
    client.post(CODE, {"code": next_code(person, app)})
    return client
