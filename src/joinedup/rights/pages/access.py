"""Pages of access: somebody asks to read what is kept; each line in or out; released by a second person; printed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import papers as face_papers
from joinedup.face import render
from joinedup.face.words import moment
from joinedup.ground.clock import civil_day, start_of
from joinedup.respond.pages import opened
from joinedup.rights import actions, queries
from joinedup.rights.forms import AccessForm, LineForm, StepForm, WordForm
from joinedup.rights.pages.doing import done
from joinedup.rights.queries import Bundle
from joinedup.rights.rules.access import Asker, Doing
from joinedup.share import queries as share
from joinedup.share.doors import Refused, door, prove_again
from joinedup.share.queries import Subject
from joinedup.share.rules import Look, Permission


@require_GET
@door(Permission.RIGHTS_CASE)
def requests(request: HttpRequest, look: Look) -> HttpResponse:
    """What people asked about the children of this look, and by when they are to be answered."""
    return render(
        request,
        look,
        "rights/requests.html",
        access=queries.access_waiting(for_=look),
        demands=queries.demands_waiting(for_=look),
    )


@require_GET
@door(Permission.RIGHTS_CASE)
def asked(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """What was asked about one child."""
    look, child = opened(request, look, reference)
    return render(
        request, look, "rights/asked.html", reference=child.reference,
        access=queries.access_of(for_=look, child=child), demands=queries.demands_of(for_=look, child=child),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.RIGHTS_CASE)
def new(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Keep that somebody asks to read a child's record."""
    look, child = opened(request, look, reference)
    form = AccessForm(request.POST or None, today=civil_day(look.at))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        received = min(start_of(said.pop("received")), look.at)
        made = actions.ask_access(
            by=look.actor, at=look.at, subject=child, received=received, asker=Asker[said.pop("asker")], **said
        )
        return redirect("rights:bundle", reference=child.reference, access=made.pk)
    return render(request, look, "rights/new_access.html", reference=child.reference, form=form)


@require_http_methods(["GET", "POST"])
@door(Permission.RIGHTS_CASE)
def bundle(request: HttpRequest, look: Look, reference: str, access: UUID) -> HttpResponse:
    """One request: every line in or out, and what happens next."""
    look, child = opened(request, look, reference)
    found = shown(look, child, access)
    pressed, posted = request.POST.get("do", ""), request.POST or None
    step = StepForm(
        posted if pressed == "step" else None, releasable=[one.what for one in found.withheld if one.releasable]
    )
    word = WordForm(posted if pressed in ("release", "back") else None, prefix="word")
    form: forms.Form = step if pressed == "step" else word
    if pressed == "release":
        prove_again(request)
    if posted and form.is_valid() and done(form, lambda: did(look, found, pressed, step, word)):
        messages.success(request, "Kept.")
        return redirect("rights:bundle", reference=child.reference, access=access)
    seconds = bool(share.may(look, Permission.DECIDE_SECOND)) and not found.mine
    return render(
        request, look, "rights/bundle.html", reference=child.reference, bundle=found, step=step, word=word,
        seconds=seconds, PROPOSE=Doing.PROPOSE, RELEASE=Doing.RELEASE,
    )  # fmt: skip


def did(look: Look, found: Bundle, pressed: str, step: StepForm, word: WordForm) -> None:
    """Do what was pressed. Raises ValueError where it is not for this person, or not now."""
    by, at, fact = look.actor, look.at, found.fact
    if pressed == "step":
        actions.do_access(by=by, at=at, request=fact, **step.said)
        return
    if pressed == "release" and not share.may(look, Permission.DECIDE_SECOND):
        raise ValueError("a second person who may release it does")
    what = Doing.RELEASE if pressed == "release" else Doing.BACK
    actions.do_access(by=by, at=at, request=fact, what=what, reason=word.cleaned_data["reason"])


@require_http_methods(["GET", "POST"])
@door(Permission.RIGHTS_CASE)
def line(request: HttpRequest, look: Look, reference: str, access: UUID, key: str) -> HttpResponse:
    """One line of a bundle: what it raises, and whether it is in."""
    look, child = opened(request, look, reference)
    found = shown(look, child, access)
    one = next((line for line in found.lines if line.key == key), None)
    if one is None:
        raise Http404
    form = LineForm(request.POST or None, offered=found.offered)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        given = {"request": found.fact, "entry": key, "exemption": form.exemption, "reason": reason}
        if done(form, lambda: actions.decide_line(by=look.actor, at=look.at, **given)):
            return redirect("rights:bundle", reference=child.reference, access=access)
    return render(request, look, "rights/line.html", reference=child.reference, bundle=found, line=one, form=form)


@require_GET
@door(Permission.RIGHTS_CASE)
def printed(request: HttpRequest, look: Look, reference: str, access: UUID) -> HttpResponse:
    """A released bundle, as it leaves: for whoever asked, on A4, in plain words."""
    look, child = opened(request, look, reference)
    found = shown(look, child, access)
    if found.standing is not Doing.RELEASE:
        raise Refused
    return HttpResponse(face_papers.as_html(as_paper(found, child)))


INTRODUCTION = (
    "This is what people who work with children wrote down about you, in the order in which it happened. Each line "
    "says who wrote it. You may not agree with it. You can tell us that something is wrong, and how it was: we keep "
    "your own words beside it."
)
OF_A_CHILD = INTRODUCTION.replace("about you", "about the child").replace("your own words", "what you say")
READ_WITH = (
    "It can be hard to read. You can ask somebody to read it with you, and you can stop whenever you want to. Where it "
    "says “[left out]” or “[withheld]” it also says why. You can ask us to look again, and you can complain to the "
    "Information Commissioner."
)


def as_paper(found: Bundle, child: Subject) -> face_papers.Paper:
    """The blocks of a bundle, as whoever asked reads them."""
    own = found.asker in (Asker.CHILD, Asker.ADULT)
    rows = [("; ".join([one.texts[1], *filter(None, one.texts[2:4])]), one) for one in found.lines]
    table = [(one.texts[0], what, one.agency, " ".join(one.beside)) for what, one in rows]
    blocks: list[face_papers.Block] = [
        face_papers.Paragraph(INTRODUCTION if own else OF_A_CHILD), face_papers.Paragraph(READ_WITH),
        face_papers.Table("What was written down", ["When", "What", "Who wrote it", "What was said of it"], table),
    ]  # fmt: skip
    if found.withheld:
        blocks.append(
            face_papers.Note(f"Withheld in the text: {', '.join(sorted({one.what for one in found.withheld}))}.")
        )
    if found.words:
        blocks.append(face_papers.Table("What the words mean", ["Word", "What it means"], found.words))
    partnership, fact = share.partnership(), found.fact
    return face_papers.Paper(
        title="What is kept about you" if own else "What is kept about a child", reference=child.reference,
        blocks=blocks, recipient=found.name, recipient_agency=found.asker, purpose="their right to read it",
        made_by=fact.by.name, made_at=moment(found.steps[-1].at), partnership=partnership.name,
        simulated=partnership.simulated, theirs=True,
    )  # fmt: skip


def shown(look: Look, child: Subject, key: UUID) -> Bundle:
    """The request; raises Http404 if it is none about this child."""
    found = queries.bundle_of(for_=look, child=child, key=key)
    if found is None:
        raise Http404
    return found
