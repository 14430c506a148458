"""Editions of the linkage model: what each changes, whom, and a named person's decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.link import actions, queries
from joinedup.link.forms import ACCEPT, EditionForm
from joinedup.share.doors import door
from joinedup.share.rules import Look, Permission


@require_GET
@door(Permission.MODELS_DECIDE)
def editions(request: HttpRequest, look: Look) -> HttpResponse:
    """Every edition kept here, and what became of it."""
    return render(request, look, "link/editions.html", editions=queries.proposals(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.MODELS_DECIDE)
def edition(request: HttpRequest, look: Look, edition: str) -> HttpResponse:
    """One edition: what differs by name, which children it would join or part, and the decision on it."""
    shown = queries.proposal(for_=look, name=edition)
    if shown is None:
        raise Http404
    form = EditionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        accept = form.cleaned_data["word"] == ACCEPT
        actions.answer(by=look.actor, at=look.at, name=shown.name, accept=accept, reason=form.cleaned_data["reason"])
        messages.success(request, "It comes into force within minutes" if accept else "It stays out of force")
        return redirect("link:editions")
    return render(request, look, "link/edition.html", edition=shown, form=form)
