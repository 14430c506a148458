"""Pages of share: why do you open this child; what was opened in an emergency; who looked at what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from joinedup import face
from joinedup.ground.reference import is_reference, normalise
from joinedup.share import actions, queries
from joinedup.share.doors import Refused, door, state_reason
from joinedup.share.forms import GlassReviewForm, ReasonForm
from joinedup.share.queries import agencies, audit_rows, counts
from joinedup.share.rules import GlassFound, Look, Permission, Purpose


@door(Permission.CHILD_OPEN)
def reason(request: HttpRequest, look: Look) -> HttpResponse:
    """Ask why, keep it, and go on to the child. Asks whether or not there is such a child."""
    reference, onward = normalise(request.GET.get("child", "")), request.GET.get("next", "")
    if not is_reference(reference) or not url_has_allowed_host_and_scheme(onward, None):
        raise Refused
    form = ReasonForm(request.POST if request.method == "POST" else None, purpose=look.purpose)
    if form.is_valid():
        state_reason(request, reference=reference, reason=form.reason)
        return redirect(onward)
    return face.render(request, look, "share/reason.html", form=form, reference=reference)


@door(Permission.GLASS_REVIEW)
def emergencies(request: HttpRequest, look: Look) -> HttpResponse:
    """What was opened in an emergency and waits for its review."""
    return face.render(request, look, "share/emergencies.html", waiting=queries.emergencies(for_=look))


@door(Permission.GLASS_REVIEW)
def emergency(request: HttpRequest, look: Look, key: str) -> HttpResponse:
    """One opening, and somebody else's word on it."""
    found = queries.emergency(for_=look, key=key)
    if found is None:
        raise Refused
    glass, fact = found
    form = GlassReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.review_glass(
            by=look.actor, at=look.at, glass=fact, found=GlassFound[form.cleaned_data["found"]],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        messages.success(request, "Reviewed. It is kept with your name.")
        return redirect("share:emergencies")
    return face.render(
        request, look, "share/emergency.html", glass=glass, form=form,
        pages=queries.pages_opened(for_=look, glass=fact),
    )  # fmt: skip


@door(Permission.AUDIT_SEE, purpose=Purpose.GOVERNANCE)
def audit(request: HttpRequest, look: Look) -> HttpResponse:
    """Who looked at what, when and why: staff, keys and counts, never case content."""
    who, act = request.GET.get("who", "").strip(), request.GET.get("act", "").strip()
    rows = audit_rows(for_=look, who=who, act=act)
    return face.render(
        request, look, "share/audit.html", rows=rows, counts=counts(for_=look), who=who, act=act, agencies=agencies()
    )
