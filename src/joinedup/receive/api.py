"""The API for agencies' systems: notices in, receipts out. Mounted by web at /api/v1/ through `urls`.

Only 401, 403, 413, 429 and 503 keep nothing, and say so. Whatever else comes is kept, and its receipt is given after
the durable commit: an answer that never arrives can be asked for again by sending the same notice again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema

from joinedup import face
from joinedup.face.answers import problem_shape
from joinedup.ground.clock import utcnow
from joinedup.receive import actions, queries
from joinedup.receive.rules.limits import Buckets
from joinedup.receive.rules.problems import MOST_BYTES, Refused, problem
from joinedup.receive.rules.read import CSV, JSON
from joinedup.receive.rules.split import Piece, media_of, pieces
from joinedup.receive.vault import VaultError
from joinedup.share.doors import api_door
from joinedup.share.queries import now
from joinedup.share.rules import Look, Permission

SENDING = Buckets(burst=1000, seconds=0.2)  # of one credential: a thousand notices at once, then five a second
TOGETHER = 25  # messages of a list under one durable commit
UNAVAILABLE = (DatabaseError, VaultError, OSError)


class ProblemOut(Schema):
    """One thing that is not right: where, which, what, and what to do about it."""

    field: str
    code: str
    says: str
    do: str


class RefusalOut(Schema):
    """The one shape of every refusal (joinedup/problem/1). `kept` is false: send it again, or ring the duty line."""

    form: str
    status: int
    code: str
    title: str
    problems: list[ProblemOut]
    kept: bool
    receipt: str | None = None


class ReceiptOut(Schema):
    """One notice's receipt (joinedup/receipt/1). Status 201: read. 202: kept, not read, and a person will look."""

    form: str
    receipt: str
    status: int
    read: bool
    again: bool
    problems: list[ProblemOut]


class ReceiptsOut(Schema):
    """The answers to a list, in its order (joinedup/receipts/1); an item that could not be kept says so by itself."""

    form: str
    items: list[ReceiptOut | RefusalOut]


class TrackedOut(Schema):
    """How far a notice is: read, waiting for a person, placed, or withdrawn."""

    form: str
    receipt: str
    status: int
    given: datetime
    state: str
    contested: bool
    problems: list[ProblemOut]


REFUSALS: dict[int, Any] = dict.fromkeys((401, 403, 413, 429, 503), RefusalOut)
BODY = {
    "requestBody": {
        "required": True,
        "description": "One notice, a list of them, one a line, or a table; at most 5 MB. UTF-8.",
        "content": {JSON: {"schema": {"$ref": "/api/v1/notice.schema.json"}}, CSV: {"schema": {"type": "string"}}},
    }
}
door = api_door(Permission.REPORT_MAKE)
api = NinjaAPI(
    auth=door,
    title="joinedup",
    version="1",
    urls_namespace="receive-api",
    docs_url=None,
    description="Notices in, receipts out. The notice's JSON Schema: /api/v1/notice.schema.json",
)


@api.post(
    "notices",
    response={201: ReceiptOut, 202: ReceiptOut, 207: ReceiptsOut, **REFUSALS},
    openapi_extra=BODY,
    url_name="notices",
    summary="Send one notice, or many",
)
def send_notices(request: HttpRequest) -> HttpResponse:
    """Keep what was sent and answer with its receipt, or with one answer each for a list."""
    look: Look = request.auth  # type: ignore[attr-defined] # ninja's
    body, media = body_of(request), media_sent(request)
    parts = pieces(body, media)
    wait = SENDING.wait(look.by, at=utcnow(), tokens=len(parts))
    if wait:
        return too_many(wait)
    if len(parts) == 1 and not body.lstrip().startswith(b"["):
        made = take(look, parts[0])
        return JsonResponse(made, status=made["status"])
    some = (parts[at : at + TOGETHER] for at in range(0, len(parts), TOGETHER))
    items = [item for together in some for item in take_or_say(look, together)]
    return JsonResponse({"form": "joinedup/receipts/1", "items": items}, status=207)


@api.get(
    "receipts/{number}",
    response={200: TrackedOut, 404: RefusalOut, **REFUSALS},
    url_name="receipt",
    summary="How far a notice of your own agency is",
)
def read_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The state of a receipt that was given to this agency."""
    look: Look = request.auth  # type: ignore[attr-defined] # ninja's
    found = queries.track(for_=look, number=number)
    if found is None:
        return face.problem(404, "no-such-receipt", "Your agency has no such receipt.", "Look at the number again.")
    return JsonResponse(
        {
            "form": "joinedup/tracked/1",
            "receipt": found.number,
            "status": found.status,
            "given": found.given_at,
            "state": found.state,
            "contested": found.contested,
            "problems": found.problems,
        }
    )


def body_of(request: HttpRequest) -> bytes:
    """The whole body. Raises Refused(413) over the limit, whether or not its length was announced."""
    try:
        body = request.body
    except RequestDataTooBig as large:
        raise Refused(413, problem("too-large")) from large
    if len(body) > MOST_BYTES:
        raise Refused(413, problem("too-large"))
    return body


def media_sent(request: HttpRequest) -> str:
    """What the sender says it is, if that is one of ours; otherwise what it looks like."""
    said = (request.content_type or "").lower()
    return said if said in (JSON, CSV) else media_of(request.body)


def take(look: Look, part: Piece) -> dict[str, Any]:
    """One message kept, and its receipt."""
    made = actions.receive(by=look.actor, at=now(), agency=look.agency, body=part.body, media=part.media, channel="api")
    return made.as_dict()


def take_or_say(look: Look, parts: Sequence[Piece]) -> list[dict[str, Any]]:
    """Some messages of a list: their receipts, or that these were not kept; those before and after them are."""
    bodies = [(part.body, part.media) for part in parts]
    try:
        made = actions.receive_together(by=look.actor, at=now(), agency=look.agency, bodies=bodies, channel="api")
    except UNAVAILABLE:
        return [problem_shape(503, "not-available", NOT_NOW, AGAIN) for _ in parts]
    return [one.as_dict() for one in made]


NOT_NOW = "Nothing of this was kept: the service is not available just now."
AGAIN = "Send the same again in half a minute. If a child is in danger now, ring 999, then the duty line."


def too_many(seconds: int) -> HttpResponse:
    """429, with how long to wait."""
    says = "Nothing of this was kept: this credential sends more than can be taken in."
    answer = face.problem(429, "too-many", says, f"Send the same again in {seconds} seconds.")
    answer["Retry-After"] = str(seconds)
    return answer


@api.exception_handler(Refused)
def refused(request: HttpRequest, wrong: Refused | type[Refused]) -> HttpResponse:  # noqa: ARG001 - ninja's
    """What was not kept, in the one shape."""
    if isinstance(wrong, type):
        wrong = wrong(503, problem("too-large"))
    return answer_of(wrong.status, [wrong.problem.as_dict()])


def answer_of(status: int, problems: Sequence[dict[str, str]]) -> HttpResponse:
    """A refusal with these problems."""
    first = problems[0]
    return face.problem(status, first["code"], first["says"], first["do"], problems=problems)


def unavailable(request: HttpRequest, wrong: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja's
    """503: no durable commit, so no receipt."""
    answer = face.problem(503, "not-available", NOT_NOW, AGAIN)
    answer["Retry-After"] = "30"
    return answer


for kind in UNAVAILABLE:
    api.add_exception_handler(kind, unavailable)

urls = door.urls(api)
