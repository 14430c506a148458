"""An answer, or a refusal, and its audit row; shared by the doors of pages and of the API."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from joinedup.face.pages import not_shown, signed_out
from joinedup.ground.reference import is_reference
from joinedup.share.actions import record
from joinedup.share.queries import NotFounded, Subject, may_open, still_signed_in
from joinedup.share.rules import Look, Permission
from joinedup.share.rules.chain import ENTRY_LENGTH

REFUSALS = frozenset({401, 403, 404})


class Refused(PermissionDenied):
    """Raised by a view that must not answer: the door writes it down and shows the one refusal."""


class NeedsReason(Exception):  # noqa: N818 - an answer rather than an error
    """Raised by a view before it opens a child: the door asks for a reason and comes back."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def open_child(look: Look, subject: Subject | None, reference: str) -> Subject:
    """The subject, if this look may open it. Raises NeedsReason (the door then asks for one) or Refused.

    Pass None for a reference that names nobody: the answer is the one that somebody not entitled gets.
    """
    verdict = may_open(for_=look, subject=subject)
    if verdict.needs_reason:
        raise NeedsReason(reference)
    if subject is None or not verdict:
        raise Refused(verdict.why)
    look.note(subjects=[subject.pk])
    return subject


def forget(look: Look) -> None:
    """A refusal shows nothing, so nothing noted so far was released."""
    look.subjects.clear()
    look.entries.clear()


def written(request: HttpRequest, look: Look, permission: Permission, response: HttpResponse) -> HttpResponse:
    """The response, once its audit row is durable; 503 and nothing else if it cannot be written.

    Who was let go, or whose session was ended, while the view ran is shown nothing of it (401).
    """
    if look.practitioner_id is not None and not still_signed_in(look.practitioner_id, request.session.session_key):
        forget(look)
        response = cast("HttpResponse", signed_out(request))
    act = "refusal" if response.status_code in REFUSALS else "answer"
    look = getattr(request, "look", look)
    try:
        record(by=look.actor, at=look.at, act=act, what=said(request, look, permission, response), look=look)
    except (DatabaseError, NotFounded):
        return cast("HttpResponse", not_shown(request))
    response["Cache-Control"] = "no-store"
    return response


def said(request: HttpRequest, look: Look, permission: Permission, response: HttpResponse) -> dict[str, Any]:
    """What the row says: which page, and the keys of what it released. Of the address only what cannot hold a name."""
    match = request.resolver_match
    asked = [value for value in match.kwargs.values() if is_reference(str(value))] if match else []
    return {
        "route": match.route if match else "",
        "method": request.method,
        "permission": permission,
        "status": response.status_code,
        "asked": asked,
        "subjects": sorted(look.subjects),
        "entries": sorted(key[:ENTRY_LENGTH] for key in look.entries),
    }
