"""What leaves a view: a page or a problem. Both are kept by no cache: they speak of a child, to one person, once."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from joinedup.face.frames import LookedFor, frame_of

FORM = "joinedup/problem/1"


def render(
    request: HttpRequest, look: LookedFor | None, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page from a room's template. `look` is None for somebody who is not signed in; `frame` may be given."""
    frame = context.get("frame") or frame_of(request, look)
    page = HttpResponse(render_to_string(template, {**context, "look": look, "frame": frame}, request), status=status)
    page["Cache-Control"] = "no-store"
    return page


def problem_shape(
    status: int,
    code: str,
    says: str,
    do: str,
    *,
    problems: Sequence[Mapping[str, str]] = (),
    kept: bool = False,
    receipt: str | None = None,
) -> dict[str, Any]:
    """The one shape of every problem on the API.

    `says` is what is wrong, `do` what to do about it; `problems` holds one {field, code, says, do} each where there
    are several; `kept` whether what was sent is nevertheless kept here, under `receipt`.
    """
    each = [dict(one) for one in problems] or [{"field": "", "code": code, "says": says, "do": do}]
    return {
        "form": FORM,
        "status": status,
        "code": code,
        "title": f"{HTTPStatus(status).phrase}: {says}",
        "problems": each,
        "kept": kept,
        "receipt": receipt,
    }


def problem(
    status: int,
    code: str,
    says: str,
    do: str,
    *,
    problems: Sequence[Mapping[str, str]] = (),
    kept: bool = False,
    receipt: str | None = None,
) -> JsonResponse:
    """`problem_shape` as an answer of that status."""
    shape = problem_shape(status, code, says, do, problems=problems, kept=kept, receipt=receipt)
    return JsonResponse(shape, status=status, headers={"Cache-Control": "no-store"})
