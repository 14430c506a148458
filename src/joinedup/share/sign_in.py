"""Sign-in is django-allauth's; this is what we ask of it, and what the audit is told of it."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from joinedup.share.actions import record
from joinedup.share.queries import now, partnership, practitioner_of
from joinedup.share.rules import Actor


class NoSelfSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by a partnership's system administrator, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        return False


def lacks_second_factor(user: Any) -> bool:
    """Whether somebody must set up a second factor before any page: always in a real database (OWASP ASVS 6.3.3).

    A simulated one shows fictional people, to a cast whose password is printed.
    """
    return not partnership().simulated and not is_mfa_enabled(user)


def listen() -> None:
    """Write down who signs in and out, and who fails to (OWASP ASVS 16.3.1)."""
    user_logged_in.connect(signed_in, dispatch_uid="share signed in")
    user_logged_out.connect(signed_out, dispatch_uid="share signed out")
    user_login_failed.connect(failed, dispatch_uid="share failed")


def signed_in(user: Any, **_: Any) -> None:
    _write("sign-in", user, now())


def signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        _write("sign-out", user, now())


def failed(credentials: dict[str, Any], **_: Any) -> None:
    """Only whose account it was, never what was typed: it may be a password in the wrong box."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = practitioner_of(typed)
    what = {"practitioner": user.pk if user else None}
    record(by=Actor("not signed in"), at=now(), act="sign-in refused", what=what)


def _write(act: str, user: Any, at: datetime) -> None:
    record(by=Actor(user.email, user.agency_id, user.pk), at=at, act=act, what={"practitioner": user.pk})
