"""A person's word: on two records that may be one person, and on the records that stand under one child."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.face import render
from joinedup.link import actions, queries
from joinedup.link.forms import WORDS, OtherForm, PartForm, ReasonForm, WordForm
from joinedup.share.doors import door, open_child
from joinedup.share.queries import Subject, agencies, by_reference
from joinedup.share.rules import Look, Permission

RECORDED = {True: "Recorded: the same", False: "Recorded: not the same", None: "Recorded: nobody can tell yet"}


@require_http_methods(["GET", "POST"])
@door(Permission.DOUBTS_SETTLE)
def doubt(request: HttpRequest, look: Look, key: str) -> HttpResponse:
    """Two records side by side, in words: the same, not the same or nobody can tell, with a reason."""
    pair = queries.doubt_of(for_=look, key=key)
    if pair is None:
        raise Http404
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = WORDS[form.cleaned_data["word"]]
        one, two = pair.sides
        actions.settle(by=look.actor, at=look.at, a=one.key, b=two.key, same=same, reason=form.cleaned_data["reason"])
        messages.success(request, RECORDED[same])
        return redirect("web:doubts")
    return render(request, look, "link/doubt.html", doubt=pair, form=form, agencies=agencies())


@require_http_methods(["GET", "POST"])
@door(Permission.DOUBTS_SETTLE)
def records(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """The records under one child: those that speak of somebody else are taken out, or another child's are joined."""
    child = open_child(look, by_reference(reference), reference)
    rows = queries.record_rows(for_=look, head=child.pk)
    part = PartForm(request.POST if "part" in request.POST else None, rows=rows)
    other = OtherForm(request.POST if "other" in request.POST else None)
    if part.is_bound and part.is_valid():
        word = actions.part(by=look.actor, at=look.at, **part.sides, reason=part.cleaned_data["reason"])
        return redirect("web:parted", parting=word)
    if other.is_bound and other.is_valid():
        return redirect("link:same-as", reference=child.reference, other=other.cleaned_data["other"])
    return render(
        request, look, "link/records.html", child=child, rows=rows, part=part, other=other, agencies=agencies()
    )


@require_http_methods(["GET", "POST"])
@door(Permission.DOUBTS_SETTLE)
def same_as(request: HttpRequest, look: Look, reference: str, other: str) -> HttpResponse:
    """Two children side by side, record by record: joined by a person's word, with a reason."""
    children = [open_child(look, by_reference(one), one) for one in (reference, other)]
    if children[0].pk == children[1].pk:
        return redirect("link:records", reference=children[0].reference)
    sides = [queries.record_rows(for_=look, head=child.pk) for child in children]
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        one, two = ([row.key for row in side] for side in sides)
        actions.unite(by=look.actor, at=look.at, one=one, other=two, reason=form.cleaned_data["reason"])
        messages.success(request, said(children))
        return redirect("web:child", reference=children[0].reference)
    both = list(zip(children, sides, strict=True))
    return render(request, look, "link/same_as.html", both=both, form=form, agencies=agencies())


def said(children: list[Subject]) -> str:
    one, two = (child.reference for child in children)
    return f"Recorded: {one} and {two} are the same child. Both references lead here"
