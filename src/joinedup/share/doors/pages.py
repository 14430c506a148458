"""The doors of pages."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.http import urlencode

from joinedup import face
from joinedup.share.doors.answers import NeedsReason, forget, written
from joinedup.share.doors.looking import look_of
from joinedup.share.queries import may
from joinedup.share.rules import Look, Permission, Purpose
from joinedup.share.sign_in import NeedsProof, lacks_second_factor, way_to_prove

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Look, P], HttpResponse]
Plain = Callable[..., HttpResponse]
Keeps = Callable[..., str]
PROVE = "What you asked for is grave, so show again that it is you. Nothing was done yet: do it again afterwards."


class Door(Protocol):
    """A guarded view: Django calls it with the request, and the law tests read what it asks for."""

    permission: Permission

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def door(
    permission: Permission, *, purpose: Purpose = Purpose.SAFEGUARDING, keeps: Keeps | None = None
) -> Callable[[View[P]], Door]:
    """Guard a page for people who are signed in. The view is `(request, look, ...) -> HttpResponse`.

    `keeps`, with the view's arguments, saves what was posted as a draft when the session has timed out, and answers
    with the address where it is gone on with (empty: nothing was kept). It shows nothing and does nothing else.
    """

    def guard(view: View[P]) -> Door:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if lacks_second_factor(request):
                return redirect(way_to_prove(request, request.get_full_path()))
            look = look_of(request, permission=permission, purpose=purpose, reference=kwargs.get("reference", ""))
            verdict = may(look, permission)
            response = (
                run(view, request, look, *args, **kwargs) if verdict else refusal(request, look, 403, verdict.why)
            )
            return written(request, look, permission, response)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
            look = look_of(request, permission=permission, purpose=purpose)
            allowed = may(look, permission) and not lacks_second_factor(request)
            return keeps(request, look, *args, **kwargs) if keeps and allowed else ""

        if keeps:
            guarded.keeps = kept  # type: ignore[attr-defined]  # sign_in.sessions reads it
        return named(guarded, permission)

    return guard


def public_door(permission: Permission = Permission.PUBLIC) -> Callable[[View[P]], Door]:
    """Guard a page that needs no sign-in. The view is `(request, look, ...)` too; nobody has no roles.

    It answers about nobody, so a row is written only if the look noted somebody (what it changes is written by the
    act that changes it).
    """

    def guard(view: View[P]) -> Door:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            look = look_of(request, permission=permission, purpose=Purpose.REPORTING)
            response = run(view, request, look, *args, **kwargs)
            return written(request, look, permission, response) if look.subjects or look.entries else response

        return named(guarded, permission)

    return guard


def guard_all(patterns: Iterable[URLPattern | URLResolver], permission: Permission) -> list[URLPattern | URLResolver]:
    """Name the permission of every view under these patterns of somebody else's (sign-in); nothing else changes."""
    found = list(patterns)
    for one in found:
        if isinstance(one, URLResolver):
            guard_all(one.url_patterns, permission)
        else:
            named(one.callback, permission)
    return found


def run(view: Plain, request: HttpRequest, look: Look, *args: Any, **kwargs: Any) -> HttpResponse:
    """The view's answer; a refusal or the question for a reason where it raised one."""
    try:
        response = view(request, look, *args, **kwargs)
        render = getattr(response, "render", None)
        return cast("HttpResponse", render()) if render else response  # a lazy one notes only now what it reads
    except NeedsReason as wanted:
        forget(look)
        return redirect(f"{reverse('share:reason')}?{urlencode({'child': wanted.reference, 'next': request.path})}")
    except NeedsProof:
        forget(look)
        messages.info(request, PROVE)
        return redirect(way_to_prove(request, request.path))
    except (PermissionDenied, Http404):
        return refusal(request, look, 404, "")


def refusal(request: HttpRequest, look: Look, status: int, why: str) -> HttpResponse:
    """The one refusal. `why` speaks of the role only, never of a child."""
    forget(look)
    emergency = bool(may(look, Permission.GLASS_BREAK))
    return face.render(request, look, "share/refused.html", status=status, why=why, emergency=emergency)


def named(view: Plain, permission: Permission) -> Door:
    view.permission = permission  # type: ignore[attr-defined]
    return cast("Door", view)
