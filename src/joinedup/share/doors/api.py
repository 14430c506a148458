"""The door of the API: an agency's system shows its credential, `Authorization: Bearer <id>.<secret>`.

    door = api_door(Permission.REPORT_MAKE)
    api = NinjaAPI(auth=door, ...)
    urlpatterns = [path("api/v1/", door.urls(api))]

An operation finds its Look in `request.auth`. What it changes is written by the act that changes it; an answer about
somebody, and every refusal of a known system, gets a row at the door.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer

from joinedup import face
from joinedup.share.doors.answers import REFUSALS, forget, written
from joinedup.share.doors.pages import named
from joinedup.share.queries import may, now, system_of_token
from joinedup.share.rules import Look, Permission, Purpose

OPEN = frozenset({"api-root", "openapi-json", "openapi-view"})  # describe the API, say nothing of anybody


class ApiDoor(HttpBearer):
    """One API's door: everything behind it asks for one permission."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Look | None:
        """The look of the system that shows this token; None for an unknown, altered, expired or withdrawn one.

        Raises AuthorizationError if an agency's system may not do this.
        """
        at = now()
        system = system_of_token(token, use="api", at=at)
        if system is None:
            return None
        look = Look(None, system.by, system.agency, frozenset({"agency-system"}), Purpose.REPORTING, "", at)
        request.look = look  # type: ignore[attr-defined]
        if not may(look, self.permission):
            raise AuthorizationError
        return look

    def urls(self, api: NinjaAPI) -> tuple[list[URLPattern | URLResolver], str, str]:
        """The API's addresses behind this door, with refusals in the one problem shape."""
        api.add_exception_handler(AuthenticationError, not_signed_in)
        api.add_exception_handler(AuthorizationError, not_allowed)
        patterns, app_name, namespace = api.urls
        for pattern in patterns:
            guarded = cast("URLPattern", pattern)  # ninja nests nothing
            permission = Permission.PUBLIC if guarded.name in OPEN else self.permission
            guarded.callback = answering(guarded.callback, permission)
        return patterns, app_name, namespace


def api_door(permission: Permission) -> ApiDoor:
    return ApiDoor(permission)


def answering(view: Callable[..., HttpResponse], permission: Permission) -> Callable[..., HttpResponse]:
    """The view, and its audit row where the answer was about somebody or was a refusal of a known system."""

    @wraps(view, assigned=("__doc__",))
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        look: Look | None = getattr(request, "look", None)
        if look is None:
            return response
        if response.status_code in REFUSALS:
            forget(look)
        elif not (look.subjects or look.entries):
            return response
        return written(request, look, permission, response)

    answered.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie speaks here
    return named(answered, permission)


def not_signed_in(request: HttpRequest, _: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja's
    says = "No credential of an agency was shown, or it is unknown, expired or withdrawn."
    do = "Send the header Authorization: Bearer <id>.<secret>. Nothing was kept: send it again, or ring the duty line."
    return face.problem(401, "not-signed-in", says, do)


def not_allowed(request: HttpRequest, _: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja's
    says = "This credential may not do that."
    return face.problem(403, "not-allowed", says, "Ask the partnership. Nothing was kept: ring the duty line.")
