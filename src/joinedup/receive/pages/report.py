"""Report a concern: for practitioners who are signed in, and for shift workers by their provider's link and code."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from joinedup import face
from joinedup.ground.clock import utcnow
from joinedup.ground.keys import digest
from joinedup.receive import actions, queries
from joinedup.receive.forms import LinkForm
from joinedup.receive.pages.steps import (
    BY_SLUG,
    CHECK,
    STEPS,
    Step,
    after,
    before,
    forms_of,
    said_in,
    summary,
)  # fmt: skip
from joinedup.receive.rules.limits import Buckets
from joinedup.receive.rules.report import Answers
from joinedup.share.doors import door, public_door
from joinedup.share.queries import partnership, system_of_code, system_of_token
from joinedup.share.rules import Actor, Look, Permission, Purpose

GUESSES = Buckets(burst=10, seconds=60)  # codes tried for one link from one place: ten, then one a minute
LINKS = "links"  # in the session: {link's token digest: who reports by it}


@dataclass(frozen=True)
class Way:
    """Who reports and how they came. `look.by` owns the drafts; `route` and `token` make the addresses."""

    look: Look
    actor: Actor
    channel: str
    reference: str = ""  # opaque: one voice over several reports
    route: str = "report"
    token: str = ""

    def address(self, route: str = "", **more: Any) -> str:
        known = {"token": self.token} if self.token else {}
        return reverse(f"receive:{self.route}{route}", kwargs={**known, **more})

    def step(self, draft: UUID, slug: str) -> str:
        return self.address("-step", draft=draft, slug=slug)

    @property
    def frame(self) -> Look | None:
        """The look for the page's frame; somebody who came by a link has no account to show."""
        return None if self.token else self.look


def own_way(look: Look) -> Way:
    """The way of somebody who is signed in."""
    return Way(look, look.actor, "form", digest("practitioner", bytes(partnership().salt), look.by)[:16])


def keep_begun(request: HttpRequest, look: Look) -> str:
    """Keep the first answer of a session that timed out."""
    return kept(begin(request, own_way(look)))


def keep_step(request: HttpRequest, look: Look, draft: UUID, slug: str) -> str:
    """Keep one screen's answers of a session that timed out; the check page has none, and sends nothing."""
    return "" if slug == CHECK else kept(screen(request, own_way(look), draft, slug))


def kept(answer: HttpResponse) -> str:
    """Where a screen leads that was kept; empty for one that was not understood."""
    return str(answer.headers.get("Location", ""))


@door(Permission.REPORT_MAKE, purpose=Purpose.REPORTING, keeps=keep_begun)
def report(request: HttpRequest, look: Look) -> HttpResponse:
    """The first screen: is a child in danger now?"""
    return begin(request, own_way(look))


@door(Permission.REPORT_MAKE, purpose=Purpose.REPORTING, keeps=keep_step)
def report_step(request: HttpRequest, look: Look, draft: UUID, slug: str) -> HttpResponse:
    """One of the screens that follow."""
    return screen(request, own_way(look), draft, slug)


@door(Permission.REPORT_MAKE, purpose=Purpose.REPORTING)
def report_sent(request: HttpRequest, look: Look, number: str) -> HttpResponse:
    """The receipt."""
    return receipt(request, own_way(look), number)


@public_door()
def link(request: HttpRequest, look: Look, token: str) -> HttpResponse:
    """A provider's link asks for its code once, and remembers it as long as the browser stays open."""
    form = LinkForm(request.POST or None)
    if form.is_valid():
        known = system_of_token(token, use="link", at=look.at)
        place = f"{known.credential_id} {request.META['REMOTE_ADDR']}" if known else ""  # a token is spelt in many ways
        wait = GUESSES.wait(place, at=utcnow()) if known else 0
        system = None if wait else system_of_code(token, form.cleaned_data["code"], at=look.at)
        if system:
            remember(request, token, f"link:{system.credential_id}:{secrets.token_hex(8)}")
            return redirect("receive:link-report", token=token)
        form.add_error("code", f"Wait {wait} seconds" if wait else "This code does not go with this link")
    return face.render(request, None, "receive/link.html", status=400 if form.errors else 200, form=form)


def remember(request: HttpRequest, token: str, owner: str) -> None:
    """That this browser gave the link's code; under a new session key, and no longer than it stays open."""
    request.session.cycle_key()
    request.session.set_expiry(0)
    request.session[LINKS] = {**request.session.get(LINKS, {}), digest(token): owner}


def link_way(request: HttpRequest, look: Look, token: str) -> Way | None:
    """The way of somebody who gave this link's code in this browser, while the link stands."""
    owner = request.session.get(LINKS, {}).get(digest(token))
    system = system_of_token(token, use="link", at=look.at) if owner else None
    if system is None:
        return None
    actor = Actor(system.by, system.agency)
    return Way(replace(look, by=owner, agency=system.agency), actor, "link", route="link-report", token=token)


@public_door()
def link_report(request: HttpRequest, look: Look, token: str) -> HttpResponse:
    """As `report`, by a provider's link."""
    way = link_way(request, look, token)
    return begin(request, way) if way else redirect("receive:link", token=token)


@public_door()
def link_report_step(request: HttpRequest, look: Look, token: str, draft: UUID, slug: str) -> HttpResponse:
    """As `report_step`, by a provider's link."""
    way = link_way(request, look, token)
    return screen(request, way, draft, slug) if way else redirect("receive:link", token=token)


@public_door()
def link_report_sent(request: HttpRequest, look: Look, token: str, number: str) -> HttpResponse:
    """As `report_sent`, by a provider's link."""
    way = link_way(request, look, token)
    return receipt(request, way, number) if way else redirect("receive:link", token=token)


def begin(request: HttpRequest, way: Way) -> HttpResponse:
    """The first screen, and a draft once it is answered."""
    step, at = STEPS[0], way.look.at
    filled = forms_of(step, at, {}, posted(request))
    if request.method == "POST" and all(form.is_valid() for form in filled):
        answers = {step.slug: said_in(step, filled, request.POST), "reference": way.reference}
        draft = actions.save_draft(by=way.actor, at=at, owner=way.look.by, answers=answers)
        return redirect(way.step(draft, after(step)))
    drafts = [(way.step(key, CHECK), saved_at) for key, saved_at in queries.drafts_of(for_=way.look)]
    return shown(request, way, step, filled, drafts=drafts)


def screen(request: HttpRequest, way: Way, draft: UUID, slug: str) -> HttpResponse:
    """One screen of a draft: its questions with what was said, saved as soon as they are answered."""
    answers = queries.draft_of(for_=way.look, draft_id=draft)
    if slug == CHECK:
        return check(request, way, draft, answers)
    if answers is None or slug not in BY_SLUG:
        raise Http404
    step, at = BY_SLUG[slug], way.look.at
    filled = forms_of(step, at, answers, posted(request))
    if request.method != "POST" or not all(form.is_valid() for form in filled):
        return shown(request, way, step, filled, draft=draft)
    answers[slug] = said_in(step, filled, request.POST)
    actions.save_draft(by=way.actor, at=at, owner=way.look.by, answers=answers, draft_id=draft)
    onward = slug if {"add", "remove"} & request.POST.keys() else CHECK if "checked" in request.GET else after(step)
    return redirect(way.step(draft, onward))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if anything was."""
    return request.POST if request.method == "POST" else None


def shown(
    request: HttpRequest,
    way: Way,
    step: Step,
    filled: list[forms.Form],
    *,
    draft: UUID | None = None,
    drafts: Sequence[tuple[str, datetime]] = (),
) -> HttpResponse:
    """A question page."""
    back = before(step.slug)
    return face.render(
        request,
        way.frame,
        "receive/step.html",
        status=400 if any(form.is_bound and form.errors for form in filled) else 200,
        step=step,
        forms=filled,
        drafts=drafts,
        number=STEPS.index(step) + 1,
        of=len(STEPS) + 1,
        back=way.step(draft, back) if draft and back else "",
    )


def check(request: HttpRequest, way: Way, draft: UUID, answers: Answers | None) -> HttpResponse:
    """Check your answers, and send. Sent already: the receipt."""
    if request.method == "POST" or answers is None:
        return send(way, draft)
    said = [(step, way.step(draft, step.slug) + "?checked", groups) for step, groups in summary(answers, way.look.at)]
    return face.render(request, way.frame, "receive/check.html", said=said, back=way.step(draft, before(CHECK)))


def send(way: Way, draft: UUID) -> HttpResponse:
    """Take the draft in and lead to its receipt."""
    sent = actions.send_draft(
        by=way.actor,
        at=way.look.at,
        owner=way.look.by,
        draft_id=draft,
        agency=way.look.agency,
        channel=way.channel,
    )
    if sent is None:
        raise Http404
    return redirect(way.address("-sent", number=sent.number))


def receipt(request: HttpRequest, way: Way, number: str) -> HttpResponse:
    """What was sent has this receipt, and this is what happens next."""
    found = queries.track(for_=way.look, number=number)
    if found is None:
        raise Http404
    return face.render(
        request, way.frame, "receive/sent.html", found=found, again=way.address(), by_link=bool(way.token)
    )
