"""respond's pages: deciding about one child, holding it, an action done, and what became of my agency's reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.face import render
from joinedup.face.tables import paging
from joinedup.link import queries as link
from joinedup.respond import actions, queries
from joinedup.respond.forms import STEPS, DecideForm
from joinedup.share import queries as share
from joinedup.share.doors import because, door, open_child, state_reason
from joinedup.share.queries import Subject
from joinedup.share.rules import Look, Permission

REPORTS_ON_A_PAGE = 25
ON_DESK = "something about this child is open on my desk"


def opened(request: HttpRequest, look: Look, reference: str) -> tuple[Look, Subject]:
    """The child, opened. Who has it on their desk need not type a reason: that they have is the reason, and is kept.

    Raises what the door turns into a question for a reason, or into the one refusal.
    """
    found = share.by_reference(reference)
    if found is not None and not look.reason and queries.on_desk(for_=look, head=found.pk):
        state_reason(request, reference=found.reference, reason=ON_DESK)
        look = because(request, look, ON_DESK)
    return look, open_child(look, found, reference)


@door(Permission.DECIDE)
def decide(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The decision about one child's open items, in three fields."""
    look, subject = opened(request, look, reference)
    items = queries.open_on(for_=look, head=subject.pk)
    agencies = [(code, agency.name) for code, agency in share.agencies().items()]
    form = DecideForm(request.POST or None, items=items, agencies=agencies, at=look.at)
    if request.method == "POST" and form.is_valid() and decided(look, subject.pk, form):
        messages.success(request, "Decision recorded. Whoever reported sees the outcome.")
        return redirect("web:child", reference=subject.reference)
    return render(
        request, look, "respond/decide.html", form=form, items=items, steps=STEPS, reference=subject.reference,
        name=link.names(for_=look, heads=[subject.pk]).get(subject.pk, "Name not known"),
    )  # fmt: skip


def decided(look: Look, head: int, form: DecideForm) -> bool:
    """Record it; False with the errors on the form where a part is missing or it needs somebody else."""
    try:
        actions.decide(by=look.actor, at=look.at, subject=head, **form.decision())
    except actions.NotComplete as lacking:
        for field, do in lacking.missing.items():
            form.add_error("step_1_what" if field == "actions" else field, do)
        return False
    except actions.NotYours as refused:
        form.add_error("what", str(refused))
        return False
    return True


@require_http_methods(["POST"])
@door(Permission.DESK_TAKE)
def take(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Take a child's items onto one's own desk, from whomever the page showed holding them."""
    look, subject = opened(request, look, reference)
    seen = request.POST.get("holder", "")
    try:
        actions.take(by=look.actor, at=look.at, subject=subject.pk, from_=int(seen[:18]) if seen.isdecimal() else None)
    except actions.Taken as taken:
        messages.warning(request, str(taken))
    return redirect("web:child", reference=subject.reference)


@require_http_methods(["POST"])
@door(Permission.DESK_TAKE)
def give_back(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Give a child's items back to the desk."""
    look, subject = opened(request, look, reference)
    try:
        actions.give_back(by=look.actor, at=look.at, subject=subject.pk)
    except actions.Taken as taken:
        messages.warning(request, str(taken))
    return redirect("web:child", reference=subject.reference)


@require_http_methods(["POST"])
@door(Permission.ACTION_DONE)
def done(request: HttpRequest, look: Look, reference: str, action: UUID) -> HttpResponse:
    """Say that an action which fell to one's own agency is done."""
    look, subject = opened(request, look, reference)
    if action in {task.id for task in queries.tasks_of(for_=look, head=subject.pk)}:
        actions.finish(by=look.actor, at=look.at, action=action, said=request.POST.get("note", ""))
    else:
        messages.warning(request, "It is done already, or it was given to another agency: only they can say so.")
    return redirect("web:child", reference=subject.reference)


@door(Permission.REPORT_MINE)
def reports(request: HttpRequest, look: Look) -> HttpResponse:
    """My agency's reports: receipt, seen by a person, outcome."""
    waiting = queries.questions_waiting(for_=look) if share.may(look, Permission.DESK_SEE) else 0
    pages = paging(request, queries.reports_total(for_=look), REPORTS_ON_A_PAGE)
    found = queries.reports_of(for_=look, first=pages.first, end=pages.end)
    opens = bool(share.may(look, Permission.CHILD_OPEN))
    told = queries.told_us(for_=look) if opens and pages.number == 1 else []
    named = {answer.reference for report in found for answer in report.answers if answer.name}
    return render(
        request, look, "respond/reports.html", reports=found, pages=pages, questions=waiting, told=told,
        opens=named if opens else (),
    )  # fmt: skip
