"""Pages of governance: complaints with their clock, and the partnership in numbers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.ground.clock import civil_day, start_of
from joinedup.rights import actions, queries
from joinedup.rights.forms import ComplaintForm, DealForm
from joinedup.rights.pages.doing import done
from joinedup.rights.queries import ComplaintShown
from joinedup.rights.rules.complaints import Dealt
from joinedup.share import queries as share
from joinedup.share.doors import door
from joinedup.share.rules import Look, Permission, Purpose


@require_http_methods(["GET", "POST"])
@door(Permission.COMPLAINT_DEAL)
def complaints(request: HttpRequest, look: Look) -> HttpResponse:
    """Every complaint with its clock, and a new one."""
    form = ComplaintForm(request.POST or None, today=civil_day(look.at))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        received = min(start_of(said.pop("received")), look.at)
        actions.keep_complaint(by=look.actor, at=look.at, received=received, **said)
        messages.success(request, "Kept. Acknowledge it within 30 days.")
        return redirect("rights:complaints")
    return render(request, look, "rights/complaints.html", complaints=queries.complaints(for_=look), form=form)


@require_http_methods(["GET", "POST"])
@door(Permission.COMPLAINT_DEAL)
def complaint(request: HttpRequest, look: Look, complaint: UUID) -> HttpResponse:
    """One complaint, and what they were told."""
    found = next((one for one in queries.complaints(for_=look) if one.key == complaint), None)
    if found is None:
        raise Http404
    form = DealForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: dealt(look, found, form)):
        messages.success(request, "Kept.")
        return redirect("rights:complaint", complaint=complaint)
    return render(request, look, "rights/complaint.html", one=found, form=form)


def dealt(look: Look, found: ComplaintShown, form: DealForm) -> None:
    said = form.cleaned_data
    actions.deal_with(by=look.actor, at=look.at, complaint=found.fact, what=Dealt[said["what"]], reason=said["reason"])


@require_GET
@door(Permission.STATUS_SEE, purpose=Purpose.GOVERNANCE)
def status(request: HttpRequest, look: Look) -> HttpResponse:
    """Who is in it at all, and what waits: numbers only, none below five."""
    agreements = share.agreements_of_all(for_=look)
    return render(request, look, "rights/status.html", numbers=queries.status(for_=look), agreements=agreements)
