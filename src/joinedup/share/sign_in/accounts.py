"""How allauth treats accounts here: nobody signs up; an identity provider speaks only for people linked to it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import IndexView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from joinedup.face.pages import identity_refused
from joinedup.ground.clock import utcnow
from joinedup.share.actions import record
from joinedup.share.queries import linked_provider, now
from joinedup.share.rules import Actor
from joinedup.share.sign_in import second
from joinedup.share.sign_in.letters import stopping_nobody

NOT_LINKED = "not linked to an account here"
ELSEWHERE = "speaks for another agency"
ITS_STAGE, OUR_STAGE = "allauth.mfa.stages.AuthenticateStage", "joinedup.share.sign_in.accounts.UnlessVouched"


class NoSelfSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by a partnership's system administrator, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        with stopping_nobody():
            super().send_mail(template_prefix, email, context)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """None to whoever's only second factor is their agency's: by their mailbox alone they would be round it."""
        if is_mfa_enabled(user) or not linked_provider(user.pk):
            super().send_password_reset_mail(user, email, context)

    def get_login_stages(self) -> list[str]:
        """allauth's, but that an identity provider may have asked for the second factor already."""
        return [OUR_STAGE if one == ITS_STAGE else one for one in super().get_login_stages()]


class UnlessVouched(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """Ask for our second factor, unless the identity provider says in this very answer that it asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not hasattr(request, "vouched") and bool(super()._should_handle(request))


class SignIn(LoginView):  # type: ignore[misc]  # allauth is untyped
    """The sign-in page, with a link for each agency that has its own."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "ways": ways_in(self.request)}


class HowYouSignIn(IndexView):  # type: ignore[misc]  # allauth is untyped
    """The page of one's own ways to sign in; it leads to linking one's agency's."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.request.user.agency_id
        return {**super().get_context_data(**kwargs), "ways": ways_in(self.request, agency=own)}


def ways_in(request: HttpRequest, agency: str = "") -> list[tuple[str, str]]:
    """(name, address) of the agencies' own sign-ins; of one agency's, if named."""
    apps = [app for app in AgencyAccounts().list_apps(request) if agency in ("", app.settings["agency"])]
    return [(app.name, reverse("openid_connect_login", args=[app.provider_id])) for app in apps]


class AgencyAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """What becomes of a verified answer of an agency's identity provider, and of one that is none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse whoever is not linked, and an agency's provider that speaks of somebody else's staff."""
        linking = sociallogin.state.get("process") == "connect"
        user: Any = request.user if linking else sociallogin.user
        if not linking and not sociallogin.is_existing:
            self.refuse(request, sociallogin.account.provider, NOT_LINKED)
        elif user.agency_id != sociallogin.provider.app.settings["agency"]:
            self.refuse(request, sociallogin.account.provider, ELSEWHERE)
        elif not linking and (asked_at := vouches(sociallogin)) is not None:
            provider = sociallogin.account.provider
            request.vouched = {"how": second.PROVIDER, "at": asked_at, "provider": provider}  # type: ignore[attr-defined]

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_: Any
    ) -> None:
        """A forged, late or repeated answer: nothing is opened, and it is written down (OWASP ASVS 10.5)."""
        why = str(exception or error)[:200]
        self.refuse(request, provider.app.provider_id, why)

    def refuse(self, request: HttpRequest, provider: str, why: str) -> None:
        """Leave a trace and show the page that says what to do. Never says whether an account exists."""
        what = {"practitioner": None, "step": "identity provider", "provider": provider, "why": why}
        record(by=Actor("not signed in"), at=now(), act="sign-in refused", what=what)
        raise ImmediateHttpResponse(identity_refused(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002 - allauth's
        return reverse("mfa_index")


def vouches(sociallogin: Any) -> int | None:
    """When the provider asked for a second factor (epoch seconds; 0 if it does not say), None if it says it did not.

    What counts as one is named per provider: values of `amr` (RFC 8176) or `acr`.
    """
    said = sociallogin.account.extra_data["id_token"]
    ways, when = said.get("amr"), said.get("auth_time")
    named = {str(one) for one in (*(ways if isinstance(ways, list) else ()), said.get("acr"))}
    if not named & set(sociallogin.provider.app.settings["second_factor"]):
        return None
    return min(when, int(utcnow().timestamp())) if isinstance(when, int) else 0
