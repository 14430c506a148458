"""Changing what protects an account: only by whoever has just shown its second factor.

allauth is content with the password, so at a desk left unlocked whoever knows it could put a key of their own in the
place of the owner's, and show that where a grave act asks for the second factor again (OWASP ASVS 7.5.1).
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver

from joinedup.share.queries import linked_provider, partnership
from joinedup.share.sign_in.second import SHOWN, NeedsProof, by_provider, prove_again, way_to_prove

CHANGES = frozenset(
    {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"}
    | {"mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "account_set_password"}
)
FIRST = "Show your second factor before you change how you sign in. Nothing was changed yet: do it again afterwards."
View = Callable[..., HttpResponse]


def guard_changes(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put the question before every view under these patterns that changes what protects an account."""
    for one in patterns:
        if isinstance(one, URLResolver):
            guard_changes(one.url_patterns)
        elif one.name in CHANGES:
            one.callback = asking(one.callback)


def asking(view: View) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            may_change(request)
        except NeedsProof:
            messages.info(request, FIRST)
            return redirect(where_to_show(request))
        return view(request, *args, **kwargs)

    return asked


def may_change(request: HttpRequest) -> None:
    """Go on if there is nothing to show yet, or it was just shown. Raises NeedsProof."""
    user: Any = request.user
    if not user.is_authenticated or partnership().simulated:
        return
    if request.session.get(SHOWN) or is_mfa_enabled(user):
        prove_again(request)
    elif linked_provider(user.pk) and not came_by_provider(request, user):
        raise NeedsProof


def came_by_provider(request: HttpRequest, user: Any) -> bool:
    """Whether this session began at the agency's provider, which then said nothing of a second factor."""
    return any(one["method"] == "socialaccount" for one in get_authentication_records(request, user))


def where_to_show(request: HttpRequest) -> str:
    """Where the second factor is shown; of somebody who has none of ours, at their provider."""
    user: Any = request.user
    provider = linked_provider(user.pk)
    if provider and not is_mfa_enabled(user):
        return by_provider(provider, request.path)
    return way_to_prove(request, request.path)
