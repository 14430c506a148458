"""Two doors for people without an account: a young person, and anybody who is worried about a child.

They get an acknowledgement; anything more is a social worker's worded choice.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from joinedup import face
from joinedup.ground.clock import utcnow
from joinedup.ground.keys import digest
from joinedup.ground.reference import is_reference, normalise
from joinedup.receive import actions
from joinedup.receive.forms import TellUsForm, WorriedForm
from joinedup.receive.pages.steps import plain
from joinedup.receive.rules.limits import Buckets
from joinedup.receive.rules.report import Answers, notice_of
from joinedup.receive.rules.schema import notice_schema
from joinedup.share.doors import public_door
from joinedup.share.queries import partnership
from joinedup.share.rules import PUBLIC, Look

SENDING = Buckets(burst=20, seconds=60)  # from one address: a youth club may share one


@public_door()
def tell_us(request: HttpRequest, look: Look) -> HttpResponse:
    """A young person says something, in their own words."""
    return short(request, look, TellUsForm, "receive/tell_us.html", young_person, "young-person")


@public_door()
def worried(request: HttpRequest, look: Look) -> HttpResponse:
    """A relative, a neighbour, anybody."""
    return short(request, look, WorriedForm, "receive/worried.html", somebody, "public")


@public_door()
def tell_us_sent(request: HttpRequest, look: Look, number: str) -> HttpResponse:
    """We have it."""
    return acknowledged(request, look, number, "receive/tell_us_sent.html")


@public_door()
def worried_sent(request: HttpRequest, look: Look, number: str) -> HttpResponse:
    """We have it."""
    return acknowledged(request, look, number, "receive/worried_sent.html")


@public_door()
def schema(request: HttpRequest, look: Look) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The notice's JSON Schema."""
    return JsonResponse(notice_schema(), content_type="application/schema+json")


def short(
    request: HttpRequest, look: Look, kind: type[forms.Form], template: str, said: Callable[[Answers], Answers],
    channel: str,
) -> HttpResponse:  # fmt: skip
    """A form of one page: shown, or sent."""
    form = kind(request.POST or None, initial={"token": uuid4()})
    if form.is_valid():
        wait = SENDING.wait(request.META.get("REMOTE_ADDR", ""), at=utcnow())
        if not wait:
            return redirect(f"receive:{channel}-sent", number=send(look, form, said, channel))
        form.add_error(None, f"Too much comes from here just now. Wait {wait} seconds and press the button again.")
    advocate = partnership().settings.get("advocate", "")
    return face.render(
        request, signed_in(look), template, status=400 if form.errors else 200, form=form, advocate=advocate
    )


def send(look: Look, form: forms.Form, said: Callable[[Answers], Answers], channel: str) -> str:
    """Take it in like any other notice; the receipt's number."""
    given = plain({name: value for name, value in form.cleaned_data.items() if name != "token"})
    sender_id = f"{form.cleaned_data['token']}-{digest(json.dumps(given))[:8]}"
    notice = notice_of(said(given), sender_id=sender_id, agency="", sent=look.at)
    made = actions.receive_from_public(by=PUBLIC, at=look.at, notice=notice, channel=channel)
    return made.number


def young_person(given: Answers) -> Answers:
    """A young person's answers, as those of the long form."""
    return {
        "children": [pick(given, "nickname", "age")],
        "now": pick(given, "safe", "where_now"),
        "happened": {
            "kind": "disclosure",
            "first_hand": "yes",
            "childs_words": given["words"],
            **pick(given, "going_well"),
        },
        "told": {"young_person": "agree"},
        "you": {"role": "the young person", **pick(given, "safe_contact")},
    }


def somebody(given: Answers) -> Answers:
    """The answers of somebody who is worried, as those of the long form."""
    return {
        "children": [pick(given, "given", "family", "nickname", "age", "address", "school")],
        "happened": pick(given, "words", "when", "when_words"),
        "you": pick(given, "role", "safe_contact"),
    }


def signed_in(look: Look) -> Look | None:
    """The look, for the page's frame, of somebody who is signed in; people without an account get a plain frame."""
    return look if look.roles else None


def pick(given: Answers, *names: str) -> dict[str, Any]:
    """Those of the answers that were given."""
    return {name: given[name] for name in names if name in given}


def acknowledged(request: HttpRequest, look: Look, number: str, template: str) -> HttpResponse:
    """The number and nothing else: what became of it is not said here."""
    if not is_reference(number):
        raise Http404
    return face.render(request, signed_in(look), template, number=normalise(number))
