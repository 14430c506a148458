"""An agency's own OpenID Connect provider (authorization code, PKCE, state, nonce): every answer is verified here.

allauth leaves the signature to TLS and knows no nonce; we check both, and everything else that OpenID Connect Core
3.1.3.7 asks for. Accounts are keyed on issuer and subject, never on an e-mail address (OWASP ASVS 10.5.2).
"""

import secrets
from typing import Any, cast

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from requests import RequestException

from joinedup.face import render
from joinedup.face.pages import identity_refused
from joinedup.share.actions import record
from joinedup.share.queries import identity_key, now
from joinedup.share.rules import Actor
from joinedup.share.sign_in.second import FRESH, NeedsProof, prove_again, way_to_prove

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # no secret's
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LINKING = "linking"  # in the session: what the button of the page that links carries
LEEWAY = 60  # seconds by which two clocks may differ
KEPT = ("iss", "sub", "amr", "acr", "auth_time")  # of what the token says; no name, no address


class Verifying(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """One exchange with a provider. `state`: what was kept when it began."""

    state: dict[str, Any]

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """The verified sign-in. Raises OAuth2Error for an answer that is not what it should be."""
        issuer = app.settings["issuer"]
        if self.openid_config.get("issuer") != issuer:
            raise OAuth2Error("the provider calls itself another issuer")
        nonce = (self.state.get("data") or {}).get("nonce", "")
        claims = verified(
            kwargs["response"].get("id_token", ""), keys=self.keys(), issuer=issuer, client=app.client_id, nonce=nonce
        )
        said = {name: claims[name] for name in KEPT if name in claims}
        said["account"] = identity_key(claims["iss"], claims["sub"])
        return self.get_provider().sociallogin_from_response(request, {"id_token": said})

    def keys(self) -> dict[str, Any]:
        """The provider's present public keys (JWKS)."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
            return found


def verified(token: str, *, keys: dict[str, Any], issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token: signed by one of `keys`, by and for whom it should be, in time, for this exchange.

    Raises OAuth2Error, which says which of these it is not.
    """
    try:
        claims = jwt.decode(
            token, key_of(token, keys), algorithms=ALGORITHMS, issuer=issuer, audience=client, leeway=LEEWAY,
            options={"require": REQUIRED},
        )  # fmt: skip
    except jwt.PyJWTError as wrong:
        raise OAuth2Error(f"ID token: {type(wrong).__name__}") from wrong
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", client if not several else "") != client:
        raise OAuth2Error("ID token: made for another client")
    if not nonce or not secrets.compare_digest(str(claims["nonce"]), nonce):
        raise OAuth2Error("ID token: of another exchange (nonce)")
    return dict(claims)


def key_of(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The key that the token names; the only one there is, if it names none (OpenID Connect Core 10.1).

    Raises jwt.PyJWTError for a token that names none of the provider's.
    """
    wanted = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    named = [key for key in signing if wanted is None or key.key_id == wanted]
    if len(named) != 1:
        raise jwt.InvalidKeyError("no such key")
    return named[0]


class Returning(OAuth2CallbackView):  # type: ignore[misc]  # allauth is untyped
    """Back from the provider: the exchange goes with the state kept in this browser's session, once."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, refused = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, refused


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the agency's provider: to sign in, or with `?link` to link the account that is signed in here."""
    provider = provider_of(request, provider_id)
    if "link" in request.GET and request.user.is_authenticated:
        return link(request, provider)
    return away(request, provider, AuthProcess.LOGIN, request.GET.get("next", ""))


def link(request: HttpRequest, provider: Any) -> HttpResponse:
    """Ask for our own second factor, then show a page whose button goes on; no other site's link does.

    Else somebody could link themselves to a colleague's account by leading that colleague's browser here.
    """
    try:
        prove_again(request)
    except NeedsProof:
        return redirect(way_to_prove(request, f"{request.path}?link"))
    pressed, made = request.GET["link"], request.session.pop(LINKING, "")
    if made and secrets.compare_digest(pressed.encode(), made.encode()):
        return away(request, provider, AuthProcess.CONNECT, reverse("mfa_index"))
    request.session[LINKING] = token = secrets.token_urlsafe(24)
    shown = {"name": provider.app.name, "onward": f"{request.path}?link={token}"}
    return render(request, None, "account/link_identity.html", **shown)


def away(request: HttpRequest, provider: Any, process: str, onward: str) -> HttpResponse:
    """To the provider. It is asked for a sign-in of the last 15 minutes, so that going there again is a step up."""
    data = {"nonce": secrets.token_urlsafe(24)}
    try:
        return provider.redirect(  # type: ignore[no-any-return]
            request, process, next_url=onward if url_has_allowed_host_and_scheme(onward, None) else None, data=data,
            auth_params={**data, "max_age": str(FRESH)},
        )  # fmt: skip
    except RequestException as trouble:  # away, or its certificate is nobody's (OWASP ASVS 16.3.4)
        what = {"practitioner": None, "step": "identity provider", "provider": provider.app.provider_id}
        why = {"why": type(trouble).__name__}
        record(by=Actor("not signed in"), at=now(), act="sign-in refused", what={**what, **why})
        return cast("HttpResponse", identity_refused(request, away=True))


def returned(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's answer."""
    provider_of(request, provider_id)
    view = Returning.adapter_view(Verifying(request, provider_id))
    answer: HttpResponse = view(request)
    return answer


def provider_of(request: HttpRequest, provider_id: str) -> Any:
    """The provider of this id. Raises Http404 where the deployment names none."""
    try:
        return Verifying(request, provider_id).get_provider()
    except SocialApp.DoesNotExist as none:
        raise Http404 from none
