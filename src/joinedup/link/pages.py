"""link's pages: the doubts, and two records side by side for a person to settle."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.link import actions, queries
from joinedup.link.forms import SAME, WordForm
from joinedup.share.doors import door
from joinedup.share.queries import agencies
from joinedup.share.rules import Look, Permission


@require_GET
@door(Permission.DOUBTS_SETTLE)
def doubts(request: HttpRequest, look: Look) -> HttpResponse:
    """Pairs of records that may be one person, the strongest first."""
    return render(request, look, "link/doubts.html", doubts=queries.doubts(for_=look), agencies=agencies())


@require_http_methods(["GET", "POST"])
@door(Permission.DOUBTS_SETTLE)
def doubt(request: HttpRequest, look: Look, key: str) -> HttpResponse:
    """Two records side by side, in words; the same or not the same, with a reason."""
    pair = queries.doubt_of(for_=look, key=key)
    if pair is None:
        raise Http404
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["word"] == SAME
        one, two = pair.sides
        actions.settle(by=look.actor, at=look.at, a=one.key, b=two.key, same=same, reason=form.cleaned_data["reason"])
        messages.success(request, "Recorded: the same" if same else "Recorded: not the same")
        return redirect("link:doubts")
    return render(request, look, "link/doubt.html", doubt=pair, form=form, agencies=agencies())
