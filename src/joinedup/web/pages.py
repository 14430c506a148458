"""The pages that join rooms: home, the desk, finding a child, and the child's one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.face import render
from joinedup.respond import actions as respond
from joinedup.respond import queries as responses
from joinedup.share import queries as share
from joinedup.share.doors import door, open_child
from joinedup.share.rules import Look, Permission
from joinedup.web import child_page, handover
from joinedup.web.forms import FindForm

HOMES = (
    (Permission.DESK_SEE, "web:desk"),
    (Permission.REPORT_MINE, "respond:reports"),
    (Permission.AUDIT_SEE, "share:audit"),
    (Permission.CHILD_SEARCH, "web:find"),
)


@door(Permission.SIGNED_IN)
def home(request: HttpRequest, look: Look) -> HttpResponse:
    """Where a role's day begins."""
    return redirect(next((name for permission, name in HOMES if share.may(look, permission)), "recognise:patterns"))


@door(Permission.DESK_SEE)
def desk(request: HttpRequest, look: Look) -> HttpResponse:
    """What is mine, what is late, what is new: by clock."""
    rows = responses.desk(for_=look)
    names = child_page.names_of(for_=look, heads=[row.head for row in rows])
    return render(request, look, "web/desk.html", rows=rows, names=names, night=handover.since_last_shift(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.CHILD_SEARCH)
def find(request: HttpRequest, look: Look) -> HttpResponse:
    """Find a child by name or any number. Asked by POST, so that no name stands in an address or a log."""
    form = FindForm(request.POST or None)
    found = child_page.found(for_=look, text=form.cleaned_data["text"]) if form.is_valid() else None
    return render(request, look, "web/find.html", form=form, found=found)


@door(Permission.CHILD_OPEN)
def child(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The child's one page, in eight blocks; whoever opens it has seen the notices that stand open."""
    subject = open_child(look, share.by_reference(reference), reference)
    page = child_page.of(for_=look, subject=subject)
    if share.may(look, Permission.DECIDE) and page.to_see:
        respond.see(by=look.actor, at=look.at, messages=page.to_see)
    return render(request, look, "web/child.html", page=page, reference=subject.reference)
