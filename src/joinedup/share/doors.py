"""Doors: nothing leaves for a person or an agency's system except through one of these.

A door asks who it is, whether their role includes this, runs the view with the look, and writes one audit row per
answer, in a short transaction of its own, before the first byte leaves. No audit, no answer. A refusal is written
likewise, and reads the same whether the child exists or not.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from joinedup import face
from joinedup.share.actions import record
from joinedup.share.models import Practitioner
from joinedup.share.queries import may, may_open, now, roles_of
from joinedup.share.rules import STANDING_REASONS, Look, Permission, Purpose
from joinedup.share.rules.chain import ENTRY_LENGTH

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Look, P], HttpResponse]
REASONS = "reasons"  # in the session: {child's reference: reason stated}


class Door(Protocol):
    """A guarded view: Django calls it with the request, and the law tests read what it asks for."""

    permission: Permission

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


class Refused(PermissionDenied):
    """Raised by a view that must not answer: the door writes it down and shows the one refusal."""


class NeedsReason(Exception):  # noqa: N818 - an answer rather than an error
    """Raised by a view before it opens a child: the door asks for a reason and comes back."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def door(permission: Permission, *, purpose: Purpose = Purpose.SAFEGUARDING) -> Callable[[View[P]], Door]:
    """Guard a page for people who are signed in. The view is `(request, look, ...) -> HttpResponse`."""

    def guard(view: View[P]) -> Door:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            look = look_of(request, permission=permission, purpose=purpose, reference=kwargs.get("reference", ""))
            verdict = may(look, permission)
            response = _run(view, request, look, args, kwargs) if verdict else _refusal(request, look, verdict.why, 403)
            return _written(request, look, permission, response)

        return _named(guarded, permission)

    return guard


def public_door(permission: Permission = Permission.PUBLIC) -> Callable[[View[P]], Door]:
    """Guard a page that needs no sign-in. It answers about nobody, so a row is written only if the look noted somebody
    (what it changes is written by the act that changes it)."""

    def guard(view: View[P]) -> Door:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            look = look_of(request, permission=permission, purpose=Purpose.REPORTING)
            response = _run(view, request, look, args, kwargs)
            return _written(request, look, permission, response) if look.subjects or look.entries else response

        return _named(guarded, permission)

    return guard


def look_of(request: HttpRequest, *, permission: Permission, purpose: Purpose, reference: str = "") -> Look:
    """One act of looking: who is signed in, for this purpose, with the reason stated for this child or its desk."""
    at = now()
    user = request.user
    if not user.is_authenticated:
        return Look(None, "public", "", frozenset(), purpose, "", at)
    practitioner = cast("Practitioner", user)
    reason = request.session.get(REASONS, {}).get(reference) or STANDING_REASONS.get(permission, "")
    roles = roles_of(practitioner.pk, at=at)
    if purpose is Purpose.SAFEGUARDING and roles == {"case-reviewer"}:
        purpose = Purpose.REVIEW
    return Look(practitioner.pk, practitioner.email, practitioner.agency_id, roles, purpose, reason, at)


def open_child(look: Look, subject: Any, reference: str) -> Any:
    """The subject, if this look may open it. Raises NeedsReason (the door then asks for one) or Refused."""
    verdict = may_open(for_=look, subject=subject)
    if verdict.needs_reason:
        raise NeedsReason(reference)
    if not verdict:
        raise Refused(verdict.why)
    look.note(subjects=[subject.pk])
    return subject


def _run(view: Callable[..., HttpResponse], request: HttpRequest, look: Look, args: Any, kwargs: Any) -> HttpResponse:
    try:
        response = view(request, look, *args, **kwargs)
        render = getattr(response, "render", None)
        return cast("HttpResponse", render()) if render else response  # lazily rendered: what it reads is noted now
    except NeedsReason as wanted:
        place = urlencode({"child": wanted.reference, "next": request.path})
        return redirect(f"{reverse('share:reason')}?{place}")
    except (PermissionDenied, Http404):
        return _refusal(request, look, "", 404)


def _refusal(request: HttpRequest, look: Look, why: str, status: int) -> HttpResponse:
    """The one refusal. Nothing noted so far was shown, so nothing noted stands."""
    look.subjects.clear()
    look.entries.clear()
    return face.render(request, look, "share/refused.html", status=status, why=why)


def _written(request: HttpRequest, look: Look, permission: Permission, response: HttpResponse) -> HttpResponse:
    """The response, once its audit row is durable; 503 and nothing else if it cannot be written."""
    act = "refusal" if response.status_code in (403, 404) else "answer"
    try:
        with transaction.atomic(durable=False):
            record(by=look.actor, at=look.at, act=act, what=_what(request, look, permission, response), look=look)
    except DatabaseError:
        return HttpResponse("Nothing is shown, because it could not be written down. Try again.", status=503)
    response["Cache-Control"] = "no-store"
    return response


def _what(request: HttpRequest, look: Look, permission: Permission, response: HttpResponse) -> dict[str, Any]:
    """What the row says: which page, which subjects and entries; the address never holds a name (references only)."""
    return {
        "path": request.path, "method": request.method, "permission": permission, "status": response.status_code,
        "subjects": sorted(look.subjects), "entries": sorted(key[:ENTRY_LENGTH] for key in look.entries),
    }  # fmt: skip


def _named(view: Callable[..., HttpResponse], permission: Permission) -> Door:
    view.permission = permission  # type: ignore[attr-defined]  # the law tests read it
    return cast("Door", view)
