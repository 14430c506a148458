"""Pages of governance: looks that catch the eye, a guardian's word on one, what staff declare of themselves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.governance import actions, queries
from joinedup.governance.forms import DeclareForm, ReviewForm
from joinedup.governance.rules import Found
from joinedup.share.doors import door
from joinedup.share.queries import agencies
from joinedup.share.rules import Look, Permission, Purpose


@require_GET
@door(Permission.LOOKS_REVIEW, purpose=Purpose.GOVERNANCE)
def looks(request: HttpRequest, look: Look) -> HttpResponse:
    """What other agencies' people looked at, as far as it catches the eye."""
    return render(request, look, "governance/looks.html", caught=queries.caught(for_=look), agencies=agencies())


@require_http_methods(["GET", "POST"])
@door(Permission.LOOKS_REVIEW, purpose=Purpose.GOVERNANCE)
def look_at(request: HttpRequest, look: Look, row: int) -> HttpResponse:
    """One look, and the guardian's word on it."""
    found = queries.caught_one(for_=look, row=row)
    if found is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.review_look(by=look.actor, at=look.at, row=row, found=Found[said["found"]], reason=said["reason"])
        messages.success(request, "Kept, with your name.")
        return redirect("governance:looks")
    return render(request, look, "governance/look.html", one=found, form=form, agencies=agencies())


@require_http_methods(["GET", "POST"])
@door(Permission.SIGNED_IN)
def mine(request: HttpRequest, look: Look) -> HttpResponse:
    """Names and postcodes of one's own family: a look at a child who shares one is asked about."""
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare(by=look.actor, at=look.at, **form.cleaned_data)
        messages.success(request, "Kept. Nobody can read it; it is compared with whom you open.")
        return redirect("governance:mine")
    return render(request, look, "governance/mine.html", form=form, count=queries.declared_count(for_=look))
