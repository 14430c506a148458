"""Asking whether a child is known; opening one in an emergency; who asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.link import actions, queries
from joinedup.link.forms import AskForm, EmergencyForm
from joinedup.share.actions import break_glass
from joinedup.share.doors import Refused, because, door, prove_again, state_reason
from joinedup.share.queries import emergencies_left
from joinedup.share.rules import Look, Permission


@require_http_methods(["GET", "POST"])
@door(Permission.CHILD_ASK)
def ask(request: HttpRequest, look: Look) -> HttpResponse:
    """Is a child known, and whom to ask? Answered alike for no record, for a shielded one, and to whoever may not know.

    Asked by POST, so that no name stands in an address or a log.
    """
    form, answer, often = AskForm(request.POST or None), None, False
    if request.method == "POST" and form.is_valid():
        said, reason = form.cleaned_data["said"], form.cleaned_data["reason"]
        look = because(request, look, reason)
        often = queries.asks_left(for_=look) == 0
        answer = None if often else queries.known(for_=look, said=said)
        actions.ask(by=look.actor, at=look.at, said=said, reason=reason, answer=answer)
    return render(
        request, look, "link/ask.html", form=form, answer=answer, often=often, open=queries.may_ask(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.GLASS_BREAK)
def emergency(request: HttpRequest, look: Look) -> HttpResponse:
    """Open a child in an emergency, for some hours; whose child it is reads the reason at once.

    Nobody met, a locked case and a conflict of interest have one answer, and every attempt counts.
    """
    prove_again(request)
    form = EmergencyForm(request.POST or None, initial={"reference": request.GET.get("child", "")[:20]})
    left = emergencies_left(for_=look)
    if request.method == "POST" and left and form.is_valid():
        reason = f"Emergency: {form.cleaned_data['reason']}"
        child = queries.meant(for_=because(request, look, reason), **form.whom)
        if break_glass(by=look.actor, at=look.at, subject=child, reason=form.cleaned_data["reason"]).until is None:
            raise Refused
        assert child is not None  # nobody does not open
        state_reason(request, reference=child.reference, reason=reason)
        return redirect("web:child", reference=child.reference)
    return render(request, look, "link/emergency.html", form=form, left=left)


@require_GET
@door(Permission.ASKS_SEE)
def asked(request: HttpRequest, look: Look) -> HttpResponse:
    """Who asked about whom, for the duty line: whoever rings is expected."""
    return render(request, look, "link/asked.html", asked=queries.who_asked(for_=look))
