"""The page that says who may open one child: locks, those directly involved, conflicts of interest."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.face import render
from joinedup.ground.clock import civil_day
from joinedup.respond.pages import opened
from joinedup.share import actions
from joinedup.share import queries as share
from joinedup.share.doors import door, prove_again
from joinedup.share.queries import Subject
from joinedup.share.rules import LockReason, Look, Permission
from joinedup.web.forms import ConflictForm, EndForm, InviteForm, LockForm, UnlockForm
from joinedup.web.pages import tabs

Does = Callable[[Look, Subject, dict[str, Any]], str]


def locked(look: Look, child: Subject, said: dict[str, Any]) -> str:
    actions.lock_case(by=look.actor, at=look.at, subject=child, why=LockReason[said["why"]], reason=said["reason"])
    return "Locked: the case opens only to those directly involved."


def unlocked(look: Look, child: Subject, said: dict[str, Any]) -> str:
    actions.unlock_case(by=look.actor, at=look.at, subject=child, reason=said["reason"])
    return "The lock is taken off."


def let_in(look: Look, child: Subject, said: dict[str, Any]) -> str:
    whom, until = said["email"], said["ends"]
    actions.involve(by=look.actor, at=look.at, subject=child, relation=said["works_as"], practitioner=whom, until=until)
    return f"The child opens to {whom.name} from now on, as far as their role goes."


def ended(look: Look, child: Subject, said: dict[str, Any]) -> str:
    involvement = share.involvement_of(for_=look, child=child, key=said["worker"])
    actions.end_involvement(by=look.actor, at=look.at, involvement=involvement)
    return "Their part has ended."


def closed(look: Look, child: Subject, said: dict[str, Any]) -> str:
    whom = said["email"]
    actions.declare_conflict(by=look.actor, at=look.at, subject=child, practitioner=whom, reason=said["reason"])
    return f"This child does not open to {whom.name} any more."


DOES: dict[str, Does] = {"lock": locked, "unlock": unlocked, "invite": let_in, "end": ended, "close": closed}


@require_http_methods(["GET", "POST"])
@door(Permission.CASE_LOCK)
def access(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Who may open this child; lock the case, let somebody in, close it to somebody who is a party; and the reverse."""
    look, child = opened(request, look, reference)
    access, asked = share.access_to(for_=look, child=child), request.POST.get("do", "")
    forms_here = forms_for(access, civil_day(look.at))
    sent = {name: form(request.POST if name == asked else None, prefix=name) for name, form in forms_here}
    if asked in ("invite", "unlock") and access.locks:  # unlocking lets everybody in
        prove_again(request)
    if asked in DOES and sent[asked].is_valid():
        messages.success(request, DOES[asked](look, child, sent[asked].cleaned_data))
        return redirect("web:access", reference=child.reference)
    return render(
        request, look, "web/access.html", reference=child.reference, tabs=tabs(look, child.reference),
        access=access, forms=sent,
    )  # fmt: skip


def forms_for(access: share.Access, today: date) -> Iterator[tuple[str, Callable[..., forms.Form]]]:
    """What can be done here, by name, and its form."""
    yield from (("lock", LockForm), ("unlock", UnlockForm), ("close", ConflictForm))
    yield "invite", partial(InviteForm, today=today)
    yield "end", partial(EndForm, workers=access.workers)
