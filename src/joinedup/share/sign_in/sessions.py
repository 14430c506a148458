"""Sessions end: after 30 minutes without use and 8 hours after signing in (OWASP ASVS 7.3). What was being written in a
form that keeps drafts is kept first."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from joinedup.ground.clock import utcnow
from joinedup.share.queries import now
from joinedup.share.sign_in.telling import write

BEGAN, SEEN = "began", "seen"  # in the session, epoch seconds
GRAIN = 60  # seconds: no oftener is it written that a session is in use
IDLE = "You were signed out because nothing happened for {minutes} minutes."
OVER = "You were signed out because you signed in more than {hours} hours ago."
KEPT = " What you just wrote is kept: sign in and go on."


class Timeouts:
    """Middleware: ends a session that is over before the view runs, and lets the view's door keep a draft first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """After the check of the form's token. None: go on, signed in or, where the session was over, not."""
        if not request.user.is_authenticated:
            return None
        says = over(request)
        return end(request, says, kept_by(request, view, kwargs)) if says else None


def over(request: HttpRequest) -> str:
    """Why the session is over, in words; empty, and noted as in use, while it is not."""
    at, session = int(utcnow().timestamp()), request.session
    began, seen = session.setdefault(BEGAN, at), session.get(SEEN, at)
    if at - began > settings.JOINEDUP_SESSION_HOURS * 3600:
        return OVER.format(hours=settings.JOINEDUP_SESSION_HOURS)
    if at - seen > settings.JOINEDUP_IDLE_MINUTES * 60:
        return IDLE.format(minutes=settings.JOINEDUP_IDLE_MINUTES)
    if SEEN not in session or at - seen >= GRAIN:
        session[SEEN] = at
    return ""


def kept_by(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> str:
    """Where a draft of what was posted is kept, if this view keeps one (`door(..., keeps=)`); empty otherwise."""
    keeps = getattr(view, "keeps", None)
    return keeps(request, **kwargs) if keeps and request.method == "POST" else ""


def end(request: HttpRequest, says: str, kept: str) -> HttpResponse | None:
    """Sign out, with a trace, and say why on the next page; on to where the draft is kept, if one is."""
    write("session over", request.user, now(), kept=bool(kept))
    logout(request)
    messages.warning(request, says + (KEPT if kept else ""))
    return redirect_to_login(kept) if kept else None
