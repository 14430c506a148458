"""Pages of what people say of their record, and of its sender's answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.respond.pages import opened
from joinedup.rights import actions, queries
from joinedup.rights.forms import AccountForm, AnswerForm, WrongForm
from joinedup.rights.pages.doing import done
from joinedup.rights.rules import Teller
from joinedup.share.doors import door
from joinedup.share.rules import Look, Permission


@require_http_methods(["GET", "POST"])
@door(Permission.CORRECTION_MAKE)
def said(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The child's own account, and every entry with what people say of it beside it."""
    look, child = opened(request, look, reference)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.tell_account(by=look.actor, at=look.at, subject=child, words=form.cleaned_data["words"])
        messages.success(request, "Kept, in the child’s own words.")
        return redirect("rights:said", reference=child.reference)
    return render(
        request, look, "rights/said.html", reference=child.reference, form=form,
        accounts=queries.accounts_of(for_=look, child=child), entries=queries.entries_of(for_=look, child=child),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.CORRECTION_MAKE)
def say(request: HttpRequest, look: Look, reference: str, key: str) -> HttpResponse:
    """One entry, and what the child or the family say of it."""
    look, child = opened(request, look, reference)
    entry = next((one for one in queries.entries_of(for_=look, child=child) if one.line.key == key), None)
    if entry is None:
        raise Http404
    pressed, posted = request.POST.get("do", ""), request.POST or None
    wrong = WrongForm(posted if pressed == "wrong" else None)
    own = AccountForm(posted if pressed == "own" else None, prefix="own")
    if pressed == "wrong" and wrong.is_valid():
        actions.say_wrong(
            by=look.actor, at=look.at, subject=child, entry=key, agency=entry.line.agency,
            teller=Teller[wrong.cleaned_data["teller"]], says=wrong.cleaned_data["says"],
        )  # fmt: skip
    elif pressed == "own" and own.is_valid():
        actions.tell_account(by=look.actor, at=look.at, subject=child, entry=key, words=own.cleaned_data["words"])
    else:
        return render(request, look, "rights/say.html", reference=child.reference, entry=entry, wrong=wrong, own=own)
    messages.success(request, "Kept beside the entry.")
    return redirect("rights:say", reference=child.reference, key=key)


@require_GET
@door(Permission.REPORT_MINE)
def ours(request: HttpRequest, look: Look) -> HttpResponse:
    """What people say of my agency's entries."""
    return render(request, look, "rights/ours.html", said=queries.said_of_ours(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.REPORT_MINE)
def our(request: HttpRequest, look: Look, correction: UUID) -> HttpResponse:
    """One of them, and my agency's answer."""
    found = next((one for one in queries.said_of_ours(for_=look) if one.key == correction), None)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: answered(look, found, form)):
        messages.success(request, "Kept. It stands beside the entry.")
        return redirect("rights:ours")
    return render(request, look, "rights/our.html", one=found, form=form)


def answered(look: Look, found: queries.Ours, form: AnswerForm) -> None:
    given = form.cleaned_data
    actions.answer_correction(
        by=look.actor, at=look.at, correction=found.fact, agreed=given["agreed"] == "yes", reason=given["reason"]
    )
