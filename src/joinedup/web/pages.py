"""The pages that join rooms: home, the desk, finding a child, the child's one page, and who looked at it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joinedup.chronicle.pages import drawn
from joinedup.chronicle.rules.ages import age_at
from joinedup.face import render
from joinedup.face.tables import paging
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.link import queries as link
from joinedup.respond import actions
from joinedup.respond import queries as respond
from joinedup.respond.pages import opened
from joinedup.respond.rules.hours import in_office_hours, next_opening
from joinedup.share import queries as share
from joinedup.share.doors import because, door, state_reason
from joinedup.share.rules import ROLES, Look, Permission
from joinedup.web import child_page
from joinedup.web.forms import FindForm

HOMES = (
    (Permission.DECIDE, "web:desk"),
    (Permission.REPORT_MINE, "respond:reports"),
    (Permission.AUDIT_SEE, "share:audit"),
    (Permission.CHILD_SEARCH, "web:find"),
    (Permission.PATTERNS_SEE, "recognise:patterns"),
)
ROWS_ON_A_PAGE = 25


@door(Permission.SIGNED_IN)
def home(request: HttpRequest, look: Look) -> HttpResponse:
    """Where a role's day begins; for a role that no page belongs to, a plain word about it."""
    begins = next((name for permission, name in HOMES if share.may(look, permission)), None)
    if begins:
        return redirect(begins)
    return render(request, look, "web/home.html", roles=[ROLES[code] for code in sorted(look.roles)])


@door(Permission.DESK_SEE)
def desk(request: HttpRequest, look: Look) -> HttpResponse:
    """What is mine, what is late, what is new: by clock. For who decides nothing, the questions put to them."""
    desk = respond.desk(for_=look)
    pages = paging(request, len(desk.heads), ROWS_ON_A_PAGE)
    rows = respond.desk_rows(for_=look, heads=desk.heads[pages.first : pages.end])
    decides = bool(share.may(look, Permission.DECIDE))
    return render(
        request, look, "web/desk.html", desk=desk, rows=rows, pages=pages, decides=decides,
        names=link.names(for_=look, heads=[row.head for row in rows]),
        emergencies=share.emergencies(for_=look) if decides else [],
        reviews=bool(share.may(look, Permission.GLASS_REVIEW)),
        night=respond.night(for_=look) if decides else [], opens=next_opening(look.at),
        is_night_desk="out-of-hours" in look.roles, is_day=in_office_hours(look.at),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.CHILD_SEARCH)
def find(request: HttpRequest, look: Look) -> HttpResponse:
    """Find a child by name or any number. Asked by POST, so that no name stands in an address or a log.

    The answer is the same whether there is nobody, or somebody who may not be shown.
    """
    form, found = FindForm(request.POST or None), None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        found = link.find(for_=because(request, look, reason), text=form.cleaned_data["text"])
        for one in found:
            state_reason(request, reference=one.reference, reason=reason)
    names = {code: agency.name for code, agency in share.agencies().items()}
    return render(request, look, "web/find.html", form=form, found=found, agencies=names)


@door(Permission.CHILD_OPEN)
def child(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The child's one page, in eight blocks; whoever opens it has seen the notices that stand open."""
    look, subject = opened(request, look, reference)
    decides = bool(share.may(look, Permission.DECIDE))
    if decides and (unseen := respond.unseen(for_=look, head=subject.pk)):
        actions.see(by=look.actor, at=look.at, messages=unseen)
    page = child_page.page_of(for_=look, child=subject)
    return render(
        request, look, "web/child.html", page=page, reference=subject.reference, tabs=tabs(look, subject.reference),
        decides=decides, reports=bool(share.may(look, Permission.REPORT_MAKE)), codes=codes(civil_day(look.at)),
        finishes=bool(share.may(look, Permission.ACTION_DONE)), drawn=drawn,
        age=lambda line: age_at(page.identity.born_on, line.period),
    )  # fmt: skip


def tabs(look: Look, reference: str) -> list[tuple[str, str]]:
    """The parts of a child's record that this role may open."""
    parts = (
        ("Summary", "web:child", Permission.CHILD_OPEN),
        ("Chronology", "chronicle:chronology", Permission.CHILD_OPEN),
        ("Decide", "respond:decide", Permission.DECIDE),
        ("Records", "link:records", Permission.DOUBTS_SETTLE),
        ("Papers", "papers:papers", Permission.PAPER_MAKE),
        ("Requests", "rights:asked", Permission.RIGHTS_CASE),
        ("In their words", "rights:said", Permission.CORRECTION_MAKE),
        ("Who looked", "web:lookers", Permission.CHILD_LOOKERS),
        ("Who may open", "web:access", Permission.CASE_LOCK),
    )
    return [(label, reverse(name, args=[reference])) for label, name, needs in parts if share.may(look, needs)]
