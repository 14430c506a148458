"""The second factor: what this session has shown of it and when; each code works once; asked before grave acts."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, is_mfa_enabled
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from joinedup.ground.clock import utcnow
from joinedup.share.queries import partnership

SHOWN = "second_factor"  # in the session: {"how": totp | webauthn | recovery_codes | provider, "at": epoch seconds}
PROVIDER = "provider"  # an agency's own identity provider says that it asked for one
FRESH = 15 * 60  # seconds for which a second factor is recent enough for a grave act
SPENT = "spent"  # in an app's data: the time step of the last code taken
USED = "This code has been used. Wait until your app shows the next one"
TOO_MANY = "Too many wrong codes from here. Wait 15 minutes, or sign in somewhere you have signed in before"


class NeedsProof(Exception):  # noqa: N818 - an answer rather than an error
    """Raised by a view before a grave act: the door asks for the second factor again and comes back."""


def remember(request: HttpRequest, how: str, at: int | None = None) -> None:
    """Keep that this session showed a second factor; `at` in epoch seconds, now unless said."""
    request.session[SHOWN] = {"how": how, "at": int(utcnow().timestamp()) if at is None else at}


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether no page may be shown yet: in a real database, without a second factor in this session (ASVS 6.3.3).

    A simulated one shows fictional people, to a cast whose password is printed.
    """
    if partnership().simulated:
        return False
    said = request.session.get(SHOWN)
    return said is None or (said["how"] != PROVIDER and not is_mfa_enabled(request.user))


def prove_again(request: HttpRequest) -> None:
    """Go on if the second factor was shown within the last 15 minutes (OWASP ASVS 7.5.3). Raises NeedsProof."""
    said = request.session.get(SHOWN) or {"at": 0}
    if not partnership().simulated and utcnow().timestamp() - said["at"] > FRESH:
        raise NeedsProof


def way_to_prove(request: HttpRequest, onward: str) -> str:
    """The address where this person shows their second factor, and from which they come back to `onward`."""
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    if kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
        name = "mfa_reauthenticate"
    elif kinds:
        name = "mfa_reauthenticate_webauthn"
    else:
        return provider_again(request, onward) or reverse("mfa_activate_totp")
    return f"{reverse(name)}?{urlencode({'next': onward})}"


def provider_again(request: HttpRequest, onward: str) -> str:
    """For somebody whose second factor is their identity provider's: its sign-in; empty for anybody else."""
    said = request.session.get(SHOWN) or {}
    if said.get("how") != PROVIDER:
        return ""
    return by_provider(said["provider"], onward)


def by_provider(provider: str, onward: str) -> str:
    """The address of a sign-in by an identity provider that comes back to `onward`."""
    return f"{reverse('openid_connect_login', args=[provider])}?{urlencode({'next': onward})}"


def step_of(app: Authenticator, code: str) -> int | None:
    """The time step (of 30 seconds, RFC 6238) whose code this is; None for a code that the app does not show now."""
    secret = decrypt(app.data["secret"])
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


def spend(app: Authenticator, step: int) -> bool:
    """Take a code of this time step; False if it, or a later one, was taken before (RFC 6238 5.2; ASVS 6.5.1).

    Kept with the app in the database, so that every process and every restart knows.
    """
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().get(pk=app.pk)
        if step <= held.data.get(SPENT, -1):
            return False
        held.data[SPENT] = step
        held.save(update_fields=["data"])
    return True


def spend_what_was_shown(app: Authenticator) -> None:
    """The code by which an app was set up is spent too."""
    if app.type == Authenticator.Type.TOTP:
        spend(app, max(yield_hotp_counters_from_time()))


def missed(request: HttpRequest, email: str, step: str) -> None:
    """Tell whoever counts failures (axes, the audit) that this step of signing in went wrong."""
    user_login_failed.send(sender=missed, credentials={"email": email, "step": step}, request=request)


class Once:
    """What we add to allauth's two forms for a code: guessing is counted, and no code of an app works twice."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not AxesProxyHandler.is_allowed(context.request, {"email": self.user.email}):
            context.request.axes_locked_out = True
            self.refuse("locked out", TOO_MANY)
        app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        step = step_of(app, code) if app else None
        if app and step is not None and not spend(app, step):
            self.refuse("code used before", USED)
        return str(super().clean_code())  # type: ignore[misc]  # of the form beside

    def refuse(self, step: str, says: str) -> None:
        """Leave a trace and say what to do."""
        missed(context.request, self.user.email, step)
        raise ValidationError(says)


class OnceForm(Once, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code asked for as somebody signs in."""


class OnceAgainForm(Once, ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code asked for again."""
