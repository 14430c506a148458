"""What the audit is told of signing in: who signs in and out, who fails to and at which step, what protects them."""

from datetime import datetime
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from joinedup.share.actions import record
from joinedup.share.queries import now, practitioner_of
from joinedup.share.rules import Actor
from joinedup.share.sign_in import devices, second
from joinedup.share.sign_in.letters import tell, tell_once

SIGNALS = "share sign-in"
CALLED = {"totp": "An authenticator app", "webauthn": "A security key", "recovery_codes": "A list of recovery codes"}


def listen() -> None:
    """Write down who signs in and out, and who fails to (OWASP ASVS 16.3.1)."""
    user_logged_in.connect(signed_in, dispatch_uid=SIGNALS)
    user_logged_out.connect(signed_out, dispatch_uid=SIGNALS)
    user_login_failed.connect(failed, dispatch_uid=SIGNALS)
    user_locked_out.connect(locked_out, dispatch_uid=SIGNALS)
    account.password_changed.connect(new_password, dispatch_uid=SIGNALS)
    account.password_set.connect(new_password, dispatch_uid=SIGNALS)
    account.password_reset.connect(new_password, dispatch_uid=SIGNALS)
    mfa.authentication_failed.connect(wrong_code, dispatch_uid=SIGNALS)
    mfa.authenticator_used.connect(shown, dispatch_uid=SIGNALS)
    mfa.authenticator_added.connect(added, dispatch_uid=SIGNALS)
    mfa.authenticator_reset.connect(reset, dispatch_uid=SIGNALS)
    mfa.authenticator_removed.connect(removed, dispatch_uid=SIGNALS)
    social.social_account_added.connect(linked, dispatch_uid=SIGNALS)


def signed_in(user: Any, request: HttpRequest | None = None, **_: Any) -> None:
    """Somebody signed in: this browser is theirs from now on, and what an identity provider said of them counts."""
    if request is not None:
        if user.pk not in devices.read(request)["who"]:
            tell(user, "Somebody signed in with your account in a browser that is new to it")
        request.signed_in_here = user.pk  # type: ignore[attr-defined]  # sign_in.devices reads it
        if vouched := getattr(request, "vouched", None):
            request.session[second.SHOWN] = vouched
    write("sign-in", user, now())


def signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        write("sign-out", user, now())


def failed(credentials: dict[str, Any], **_: Any) -> None:
    """Only whose account it was and at which step, never what was typed: it may be a password in the wrong box."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = practitioner_of(typed)
    what = {"practitioner": user.pk if user else None, "step": credentials.get("step", "password")}
    record(by=Actor("not signed in"), at=now(), act="sign-in refused", what=what)


def locked_out(request: HttpRequest, **_: Any) -> None:
    """Too many failures from one place: whoever owns the account is told, once while it lasts."""
    if user := practitioner_of(request.POST.get("login", "")):
        tell_once(user, "Somebody tried many wrong passwords for your account", int(settings.AXES_COOLOFF_TIME * 3600))


def new_password(user: Any, **_: Any) -> None:
    write("password changed", user, now())
    tell(user, "Your password was changed")


def wrong_code(user: Any, request: HttpRequest, **_: Any) -> None:
    """A wrong code counts as a wrong password does, for this account from this place."""
    second.missed(request, user.email, "code")


def shown(request: HttpRequest, authenticator: Any, **_: Any) -> None:
    second.remember(request, authenticator.type)


def added(user: Any, request: HttpRequest, authenticator: Any, **_: Any) -> None:
    """Whoever sets up an app or a key has shown it; a list of recovery codes shows nothing."""
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        second.remember(request, authenticator.type)
        second.spend_what_was_shown(authenticator)
    write("second factor added", user, now(), type=authenticator.type)
    tell(user, f"{CALLED[authenticator.type]} was added to your sign-in")


def reset(user: Any, authenticator: Any, **_: Any) -> None:
    write("second factor made anew", user, now(), type=authenticator.type)
    tell(user, f"{CALLED[authenticator.type]} was made anew for your sign-in")


def removed(user: Any, authenticator: Any, **_: Any) -> None:
    write("second factor removed", user, now(), type=authenticator.type)
    tell(user, f"{CALLED[authenticator.type]} was taken from your sign-in")


def linked(sociallogin: Any, **_: Any) -> None:
    write("identity linked", sociallogin.user, now(), provider=sociallogin.account.provider)
    tell(sociallogin.user, "The sign-in of your organisation was linked to your account")


def write(act: str, user: Any, at: datetime, **what: Any) -> None:
    """One audit row of what a practitioner did about their own sign-in."""
    by = Actor(user.email, user.agency_id, user.pk)
    record(by=by, at=at, act=act, what={"practitioner": user.pk, **what})
