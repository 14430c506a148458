"""respond's pages: deciding about one child, taking it, an action done, and what became of my agency's reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.face import render
from joinedup.respond import actions, queries
from joinedup.respond.forms import STEPS, DecideForm
from joinedup.share import queries as share
from joinedup.share.doors import door, open_child
from joinedup.share.rules import Look, Permission


@door(Permission.DECIDE)
def decide(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The decision about one child's open items, in three fields."""
    subject = open_child(look, share.by_reference(reference), reference)
    form = DecideForm(
        request.POST or None,
        items=queries.open_on(for_=look, head=subject.pk),
        agencies=[(code, agency.name) for code, agency in share.agencies().items()],
    )
    if request.method == "POST" and form.is_valid() and decided(look, subject.pk, form):
        messages.success(request, "Decision recorded")
        return redirect("web:child", reference=subject.reference)
    return render(
        request, look, "respond/decide.html", form=form, reference=subject.reference, steps=range(1, STEPS + 1)
    )


def decided(look: Look, head: int, form: DecideForm) -> bool:
    """Record it; False with the errors on the form where a part is missing or it needs somebody else."""
    try:
        actions.decide(
            by=look.actor,
            at=look.at,
            subject=head,
            what=form.cleaned_data["what"],
            why=form.cleaned_data["why"],
            answers=form.contacts(),
            themes=form.themes(),
            until=form.until_when(),
            wrong_part=form.cleaned_data["wrong_part"],
            feedback=form.cleaned_data["feedback"],
            steps=form.steps(),
        )
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
    """Take a child's items onto one's own desk."""
    subject = open_child(look, share.by_reference(reference), reference)
    seen = request.POST.get("holder") or None
    try:
        actions.take(by=look.actor, at=look.at, subject=subject.pk, from_=int(seen) if seen else None)
    except actions.Taken as taken:
        messages.warning(request, str(taken))
    return redirect("web:child", reference=subject.reference)


@require_http_methods(["POST"])
@door(Permission.ACTION_DONE)
def done(request: HttpRequest, look: Look, reference: str, action: UUID) -> HttpResponse:
    """Say that an action is done."""
    subject = open_child(look, share.by_reference(reference), reference)
    if action not in queries.actions_on(head=subject.pk, agency=look.agency):
        messages.warning(request, "Only the agency that was given this action can say that it is done.")
    else:
        actions.finish(by=look.actor, at=look.at, action=action, note=request.POST.get("note", ""))
    return redirect("web:child", reference=subject.reference)


@door(Permission.REPORT_MINE)
def reports(request: HttpRequest, look: Look) -> HttpResponse:
    """My agency's reports: receipt, seen by a person, outcome."""
    return render(request, look, "respond/reports.html", reports=queries.reports_of(for_=look))
