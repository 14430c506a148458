"""Pages of retention: whose time is over, what is held, and the word of two people that a record goes."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.rights import actions, queries
from joinedup.rights.forms import DestroyForm, HoldForm, LiftForm, WordForm
from joinedup.rights.pages.doing import done
from joinedup.rights.queries import Kept
from joinedup.rights.rules import Ground
from joinedup.share.doors import door, prove_again
from joinedup.share.rules import Look, Permission, Purpose


@require_GET
@door(Permission.RETENTION_KEEP, purpose=Purpose.GOVERNANCE)
def retention(request: HttpRequest, look: Look) -> HttpResponse:
    """Records whose time is over, what waits for a second person, and what is held. References and counts only."""
    return render(
        request, look, "rights/retention.html", over=queries.time_over(for_=look),
        waiting=queries.proposals(for_=look), holds=queries.holds(for_=look),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.RETENTION_KEEP, purpose=Purpose.GOVERNANCE)
def record(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """One record: until when it is kept and by which rule, and what was proposed."""
    found = queries.record_of(for_=look, reference=reference)
    if found is None:
        raise Http404
    pressed, posted = request.POST.get("do", ""), request.POST or None
    propose = DestroyForm(posted if pressed == "propose" else None, over=found.over)
    word = WordForm(posted if pressed in ("release", "refuse") else None, prefix="word")
    form: forms.Form = propose if pressed == "propose" else word
    if pressed == "release":
        prove_again(request)
    if posted and form.is_valid() and done(form, lambda: did(look, found, pressed, form)):
        messages.success(request, "Kept.")
        return redirect("rights:record", reference=found.subject.reference)
    return render(request, look, "rights/record.html", record=found, propose=propose, word=word)


def did(look: Look, found: Kept, pressed: str, form: forms.Form) -> None:
    """Do what was pressed. Raises ValueError where it is not for this person, or not now."""
    by, at, reason = look.actor, look.at, form.cleaned_data["reason"]
    if pressed == "propose":
        ground = Ground[form.cleaned_data["ground"]]
        actions.propose_destruction(by=by, at=at, subject=found.subject, ground=ground, reason=reason)
        return
    waiting = next((one.fact for one in found.proposed if one.waits), None)
    if waiting is None:
        raise ValueError("nothing waits for a second person")
    says = actions.release_destruction if pressed == "release" else actions.refuse_destruction
    says(by=by, at=at, destruction=waiting, reason=reason)


@require_http_methods(["GET", "POST"])
@door(Permission.RETENTION_KEEP, purpose=Purpose.GOVERNANCE)
def holding(request: HttpRequest, look: Look) -> HttpResponse:
    """Hold one record, or every record; end a hold."""
    standing, pressed, posted = queries.holds(for_=look), request.POST.get("do", ""), request.POST or None
    place = HoldForm(posted if pressed == "hold" else None)
    lift = LiftForm(
        posted if pressed == "lift" else None, prefix="lift", holds=[(one.key, one.title) for one in standing]
    )
    form: forms.Form = place if pressed == "hold" else lift
    if posted and form.is_valid() and done(form, lambda: held(look, pressed, form)):
        messages.success(request, "Kept. It holds from now on." if pressed == "hold" else "Kept. It is held no more.")
        return redirect("rights:retention")
    return render(request, look, "rights/holding.html", holds=standing, place=place, lift=lift)


def held(look: Look, pressed: str, form: forms.Form) -> None:
    said, by, at = form.cleaned_data, look.actor, look.at
    if pressed == "hold":
        actions.hold(by=by, at=at, subject=said["subject"], title=said["title"], reason=said["reason"])
        return
    fact = next(one.fact for one in queries.holds(for_=look) if str(one.key) == said["hold"])
    actions.lift_hold(by=by, at=at, hold=fact, reason=said["reason"])
