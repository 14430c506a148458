"""Browsers in which somebody has signed in before: guessing elsewhere never locks them out.

OWASP, "Slow Down Online Guessing Attacks with Device Cookies": failures are counted for each account, place and known
browser; whoever guesses from the victim's own network counts against another name than the victim's own browser.
"""

import secrets
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from joinedup.share.queries import practitioner_of

COOKIE = f"{settings.SESSION_COOKIE_NAME}-device"
SALT = "joinedup known device"
KEPT = 180 * 24 * 60 * 60  # seconds
LINE = 64  # bits of an IPv6 address that name one line; the rest is its holder's to choose (RFC 4291)
MOST = 40  # people remembered in one browser: a ward's computer has many


class KnownDevices:
    """Middleware: leaves a signed cookie in the browser where somebody just signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if who := getattr(request, "signed_in_here", None):
            leave(request, response, who)
        return response


def leave(request: HttpRequest, response: HttpResponse, who: int) -> None:
    """Remember this practitioner in this browser."""
    device = read(request)
    people = [who, *(one for one in device["who"] if one != who)][:MOST]
    response.set_cookie(
        COOKIE, signing.dumps({**device, "who": people}, salt=SALT), max_age=KEPT, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def read(request: HttpRequest) -> dict[str, Any]:
    """This browser's own number and who signed in here; a new number where it holds no cookie of ours."""
    try:
        known: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {"device": secrets.token_hex(8), "who": []}
    return known


def place_of(request: HttpRequest) -> str:
    """From where failures are counted (setting AXES_CLIENT_IP_CALLABLE): an address; of IPv6 the network of one line.

    Whoever has a line has 2^64 addresses on it: counted one by one, guessing would be stopped nowhere.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return said
    inner = address.ipv4_mapped  # an old address as a listener for both spells it
    return str(inner or ip_network((address, LINE), strict=False).network_address)


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name a failure is counted (setting AXES_USERNAME_CALLABLE): the account, or it on a known browser."""
    said = credentials or {}
    typed = str(said.get("email") or said.get("username") or request.POST.get("login", "")).lower()[:200]
    if COOKIE not in request.COOKIES:
        return typed
    device, user = read(request), practitioner_of(typed)
    return f"{typed} on {device['device']}" if user and user.pk in device["who"] else typed
