"""What is shown when a page cannot be: each says what happened, what was kept and what to do (handlers of web.urls).

On the API the same is said in the problem shape. None of these needs a database: they must work when it does not.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

from joinedup.face.answers import problem, render
from joinedup.face.frames import standing_frame

API = "/api/"


@dataclass(frozen=True)
class Trouble:
    """One kind of failure in words; `code` is the API's name for it."""

    status: HTTPStatus
    code: str
    says: str
    do: str


NOT_UNDERSTOOD = Trouble(
    HTTPStatus.BAD_REQUEST,
    "not-understood",
    "We could not read what was sent",
    "Nothing was saved. Go back, check what you entered and send it again.",
)
EXPIRED = Trouble(
    HTTPStatus.FORBIDDEN,
    "form-expired",
    "This form was open too long, or was opened in another window",
    "Nothing was sent. Go back, copy what you wrote, reload the page and send it again.",
)
NOT_ALLOWED = Trouble(
    HTTPStatus.FORBIDDEN,
    "not-allowed",
    "Your role does not open this page",
    "If you need it for a child's safety, ask your manager or call the duty line. That you asked has been recorded.",
)
NOT_FOUND = Trouble(
    HTTPStatus.NOT_FOUND,
    "not-found",
    "There is no such page",
    "Check the address or the reference. A child's reference looks like KT7-3MW-9. "
    "It may also be that your role may not know of this record.",
)
TOO_LARGE = Trouble(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too-large",
    "What was sent is too large",
    "Nothing was saved. Send at most {limit} MB at a time: shorten the text or send it in parts.",
)
BROKEN = Trouble(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "our-fault",
    "Something went wrong here",
    "It is our fault, not yours. What you sent may not have been saved: check before you send it again. "
    "If a child cannot wait, call the duty line.",
)
UNAVAILABLE = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "unavailable",
    "joinedup cannot save anything at the moment",
    "Nothing was saved. Try again in a few minutes. If a child cannot wait, call the duty line.",
)
NOT_SHOWN = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "not-shown",
    "Nothing can be shown at the moment",
    "Every look is written down, and just now that is not possible. If you were sending something, check whether it "
    "was saved before you send it again. Try again in a few minutes. If a child cannot wait, call the duty line.",
)
SIGNED_OUT = Trouble(
    HTTPStatus.UNAUTHORIZED,
    "signed-out",
    "You were signed out while this page was being made",
    "Your account was closed, or this sign-in was ended, so nothing is shown. If you were sending something, it may "
    "have been saved: check before you send it again. Sign in, or ask your manager. If a child cannot wait, call the "
    "duty line.",
)
IDENTITY_REFUSED = Trouble(
    HTTPStatus.FORBIDDEN,
    "identity-refused",
    "Your organisation’s sign-in was not accepted",
    "Nothing was opened, and this has been recorded. Start again from the sign-in page. If it happens again, sign in "
    "with your password here, or ask your system administrator to link your account.",
)
IDENTITY_AWAY = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "identity-away",
    "Your organisation’s sign-in cannot be reached",
    "Try again in a few minutes, or sign in with your password here. If a child cannot wait, call the duty line.",
)


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponseBase:
    """The trouble as a page, or in the problem shape on the API."""
    do = trouble.do.format(limit=(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024**2)
    if request.path.startswith(API):
        return problem(trouble.status, trouble.code, trouble.says, do)
    frame = standing_frame() if trouble.status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    return render(request, None, "face/trouble.html", status=trouble.status, trouble=trouble, do=do, frame=frame)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    said = {RequestDataTooBig: TOO_LARGE, SessionInterrupted: SIGNED_OUT}
    return answer(request, said.get(type(exception), NOT_UNDERSTOOD))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:  # noqa: ARG001 - Django's signature
    return answer(request, EXPIRED)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 - Django's signature
    return answer(request, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 - Django's signature
    return answer(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponseBase:
    return answer(request, BROKEN)


def signed_out(request: HttpRequest) -> HttpResponseBase:
    """For a door that finds its person's account or sign-in ended while the view ran."""
    return answer(request, SIGNED_OUT)


def identity_refused(request: HttpRequest, *, away: bool = False) -> HttpResponseBase:
    """An agency's identity provider said something that does not hold, or (`away`) cannot be reached."""
    return later(request, IDENTITY_AWAY) if away else answer(request, IDENTITY_REFUSED)


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponseBase:  # noqa: ARG001
    """Too many wrong passwords (setting AXES_LOCKOUT_CALLABLE, which hands over more than is shown)."""
    return render(request, None, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def unavailable(request: HttpRequest) -> HttpResponseBase:
    """For a view that finds its database full or away: the lines already acknowledged are safe, this one was not."""
    return later(request, UNAVAILABLE)


def not_shown(request: HttpRequest) -> HttpResponseBase:
    """For a door that cannot write down who was answered; what the view itself did may stand."""
    return later(request, NOT_SHOWN)


def later(request: HttpRequest, trouble: Trouble) -> HttpResponseBase:
    """The trouble, with when to try again."""
    answered = answer(request, trouble)
    answered["Retry-After"] = "120"
    return answered
