"""Pages of what police and courts ask of a victim's record, and of an owner's word on its own entries."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import papers as face_papers
from joinedup.face import render
from joinedup.face.words import moment
from joinedup.respond.pages import opened
from joinedup.rights import actions, queries
from joinedup.rights.forms import DemandForm, OwnerForm, TurnForm, WordForm
from joinedup.rights.pages.doing import done
from joinedup.rights.queries import Demand
from joinedup.rights.rules.victims import Demander, Turn
from joinedup.share import queries as share
from joinedup.share.doors import Refused, door, prove_again
from joinedup.share.queries import Subject
from joinedup.share.rules import Look, Permission


@require_http_methods(["GET", "POST"])
@door(Permission.RIGHTS_CASE)
def new(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Keep that police or a court ask."""
    look, child = opened(request, look, reference)
    form = DemandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        made = actions.keep_demand(
            by=look.actor, at=look.at, subject=child, demander=Demander[said.pop("demander")], **said
        )
        return redirect("rights:demand", reference=child.reference, demand=made.pk)
    return render(request, look, "rights/new_demand.html", reference=child.reference, form=form)


@require_http_methods(["GET", "POST"])
@door(Permission.RIGHTS_CASE)
def demand(request: HttpRequest, look: Look, reference: str, demand: UUID) -> HttpResponse:
    """One request: why, the victim's notice, what was chosen, its owners' word, and what goes."""
    look, child = opened(request, look, reference)
    found = shown(look, child, demand)
    pressed, posted = request.POST.get("do", ""), request.POST or None
    step = TurnForm(posted if pressed == "step" else None, lines=found.lines)
    word = WordForm(posted if pressed == "release" else None, prefix="word")
    form: forms.Form = step if pressed == "step" else word
    if pressed == "release":
        prove_again(request)
    if posted and form.is_valid() and done(form, lambda: did(look, found, pressed, step, word)):
        messages.success(request, "Kept.")
        return redirect("rights:demand", reference=child.reference, demand=demand)
    seconds = bool(share.may(look, Permission.DECIDE_SECOND)) and not found.mine
    return render(
        request, look, "rights/demand.html", reference=child.reference, demand=found, step=step, word=word,
        seconds=seconds, RELEASE=Turn.RELEASE,
    )  # fmt: skip


def did(look: Look, found: Demand, pressed: str, step: TurnForm, word: WordForm) -> None:
    """Do what was pressed. Raises ValueError where it is not for this person, or not now."""
    by, at, fact = look.actor, look.at, found.fact
    if pressed == "release":
        if not share.may(look, Permission.DECIDE_SECOND):
            raise ValueError("a second person who may release it does")
        actions.turn(by=by, at=at, request=fact, what=Turn.RELEASE, reason=word.cleaned_data["reason"])
        return
    said = step.cleaned_data
    actions.turn(by=by, at=at, request=fact, what=Turn[said["what"]], reason=said["reason"], entries=said["entries"])


@require_GET
@door(Permission.RIGHTS_CASE)
def printed(request: HttpRequest, look: Look, reference: str, demand: UUID) -> HttpResponse:
    """The released set, as it leaves: for whoever asked, on A4."""
    look, child = opened(request, look, reference)
    found = shown(look, child, demand)
    if found.standing.over is not Turn.RELEASE:
        raise Refused
    return HttpResponse(face_papers.as_html(as_paper(found, child)))


def as_paper(found: Demand, child: Subject) -> face_papers.Paper:
    """The blocks of a released set."""
    rows = [part.texts for part in found.set]
    blocks: list[face_papers.Block] = [
        face_papers.Table("What was recorded", ["When", "What", "In words", "The child’s words", "Said by"], rows)
    ]
    if found.withheld:
        withheld = ", ".join(sorted({one.what for one in found.withheld}))
        blocks.append(face_papers.Note(f"Withheld: {withheld}."))
    partnership, fact = share.partnership(), found.fact
    return face_papers.Paper(
        title="Information about a victim", reference=child.reference, blocks=blocks, recipient=found.office,
        recipient_agency=found.demander, purpose=found.wants, made_by=fact.by.name, made_at=moment(found.steps[-1].at),
        partnership=partnership.name, simulated=partnership.simulated,
    )  # fmt: skip


def shown(look: Look, child: Subject, key: UUID) -> Demand:
    """The request; raises Http404 if it is none about this child."""
    found = queries.demand_of(for_=look, child=child, key=key)
    if found is None:
        raise Http404
    return found


@require_GET
@door(Permission.PAPER_WORD)
def owners(request: HttpRequest, look: Look) -> HttpResponse:
    """What my agency is asked: may these entries of ours go to police or a court?"""
    return render(request, look, "rights/owners.html", asked=queries.owners_questions(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.PAPER_WORD)
def owner(request: HttpRequest, look: Look, demand: UUID) -> HttpResponse:
    """One question to my agency, and its answer."""
    found = next((one for one in queries.owners_questions(for_=look) if one.key == demand), None)
    if found is None:
        raise Http404
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: answered(look, found, form)):
        messages.success(request, "Kept. Whoever asked you reads it.")
        return redirect("rights:owners")
    return render(request, look, "rights/owner.html", one=found, form=form)


def answered(look: Look, found: queries.OwnersQuestion, form: OwnerForm) -> None:
    what = Turn.AGREE if form.cleaned_data["given"] == "yes" else Turn.DISAGREE
    actions.turn(by=look.actor, at=look.at, request=found.fact, what=what, reason=form.cleaned_data["reason"])
