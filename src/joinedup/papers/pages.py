"""papers' pages: the log of what was shared; making a paper, seeing it as its recipient will; an owner's word."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.chronicle.queries import shown_lines
from joinedup.face import papers as face_papers
from joinedup.face import render
from joinedup.face.words import moment
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import says
from joinedup.papers import actions, queries
from joinedup.papers.forms import BarForm, PaperForm, ReleaseForm, UnbarForm, WordForm
from joinedup.papers.queries import PaperShown
from joinedup.papers.rules import Class
from joinedup.respond.pages import opened
from joinedup.share import queries as share
from joinedup.share.doors import Refused, door, prove_again
from joinedup.share.queries import Subject
from joinedup.share.rules import HandlingCode, Look, Permission

QUOTABLE = 60  # the latest entries of a child that a paper can quote


@require_GET
@door(Permission.PAPER_MAKE)
def papers(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """What was shared about this child, with whom and why, and what was decided not to be."""
    look, child = opened(request, look, reference)
    return render(
        request, look, "papers/papers.html", reference=child.reference,
        papers=queries.papers_about(for_=look, child=child), barred=queries.barred_of(for_=look, child=child),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.PAPER_MAKE)
def new(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Make a paper for one recipient."""
    look, child = opened(request, look, reference)
    form = PaperForm(request.POST or None, lines=list(quotable(look, child)))
    if request.method == "POST" and form.is_valid():
        made = actions.prepare(by=look.actor, at=look.at, subject=child, **form.said)
        return redirect("papers:paper", reference=child.reference, paper=made.pk)
    return render(request, look, "papers/new.html", reference=child.reference, form=form)


def quotable(look: Look, child: Subject) -> Iterator[tuple[str, str]]:
    """(key, in words) of the latest entries whose content this look may be shown."""
    known, names = codes(civil_day(look.at)), share.agencies()
    lines = [line for line in shown_lines(for_=look, head=child.pk) if not line.withdrawn]
    for line in reversed(lines[-QUOTABLE:]):
        if line.handling != HandlingCode.ASK:
            look.note(entries=[line.key])
            what = known.tells([line.kind], sorted(line.concerns))
            yield line.key, f"{says(line.period)}: {what}, {names[line.agency].name}"


@require_http_methods(["GET", "POST"])
@door(Permission.PAPER_MAKE)
def paper(request: HttpRequest, look: Look, reference: str, paper: UUID) -> HttpResponse:
    """One paper as its recipient will read it, what is left out and why, and what can be done with it."""
    look, child = opened(request, look, reference)
    found = shown(look, child, paper)
    form = ReleaseForm(request.POST or None, releasable=[one.what for one in found.releasable])
    if request.method == "POST" and form.is_valid() and did(request, look, found, form):
        return redirect("papers:paper", reference=child.reference, paper=paper)
    seconds = bool(share.may(look, Permission.DECIDE_SECOND)) and not found.mine
    names = {code: agency.name for code, agency in share.agencies().items()}
    return render(
        request, look, "papers/paper.html", reference=child.reference, paper=found, form=form, seconds=seconds,
        names=names,
    )  # fmt: skip


def did(request: HttpRequest, look: Look, found: PaperShown, form: ReleaseForm) -> bool:
    """Do what was pressed; False with the error on the form where it is not for this person."""
    by, at, fact, reason = look.actor, look.at, found.paper, form.cleaned_data["reason"]
    try:
        match request.POST.get("do"):
            case "ask":
                actions.ask_second(by=by, at=at, paper=fact, classes=form.chosen, reason=reason)
                says_ = "A second person is asked to release it."
            case "release":
                prove_again(request)
                actions.release(
                    by=by, at=at, paper=fact, classes=found.classes, reason=reason, read=found.shown
                )  # fmt: skip
                says_ = "Released. Print it, or read it to them; it is in the log."
            case "refuse":
                actions.refuse(by=by, at=at, paper=fact, reason=reason)
                says_ = "Not shared. The reason is kept."
            case _:
                return False
    except ValueError as wrong:
        form.add_error(None, str(wrong))
        return False
    messages.success(request, says_)
    return True


@require_GET
@door(Permission.PAPER_MAKE)
def printed(request: HttpRequest, look: Look, reference: str, paper: UUID) -> HttpResponse:
    """A released paper, as it leaves: for its recipient by name, on A4."""
    look, child = opened(request, look, reference)
    found = shown(look, child, paper)
    if found.state != "released":
        raise Refused
    return HttpResponse(face_papers.as_html(as_paper(found, child)))


def as_paper(found: PaperShown, child: Subject) -> face_papers.Paper:
    """The blocks of a paper, as its recipient reads them."""
    (title, text, purpose, name, relation), *quoted = (part.texts for part in found.shown.parts)
    blocks: list[face_papers.Block] = [face_papers.Paragraph(line) for line in text.splitlines() if line.strip()]
    if quoted:
        blocks.append(face_papers.Table("What was recorded", ["When", "What", "In words", "Said by"], quoted))
    if found.shown.redactions:
        left_out = ", ".join(sorted({one.what for one in found.shown.redactions}))
        blocks.append(face_papers.Note(f"Left out: {left_out}. You can ask why, and complain."))
    partnership, fact = share.partnership(), found.paper
    return face_papers.Paper(
        title=title, reference=child.reference, blocks=blocks, recipient=name, recipient_agency=relation,
        purpose=purpose, made_by=fact.by.name, made_at=moment(found.steps[-1].at),
        partnership=partnership.name, simulated=partnership.simulated,
    )  # fmt: skip


def shown(look: Look, child: Subject, key: UUID) -> PaperShown:
    """The paper; raises Http404 if it is none of this child's."""
    found = queries.paper_of(for_=look, child=child, key=key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@door(Permission.PAPER_MAKE)
def barring(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Who must not learn what about this child: say so, or that they may again."""
    look, child = opened(request, look, reference)
    barred, asked = queries.barred_of(for_=look, child=child), request.POST.get("do", "")
    bar = BarForm(request.POST if asked == "bar" else None, prefix="bar", today=civil_day(look.at))
    unbar = UnbarForm(request.POST if asked == "unbar" else None, prefix="unbar", names=[one.name for one in barred])
    if asked == "bar" and bar.is_valid():
        said = bar.cleaned_data
        actions.bar(
            by=look.actor, at=look.at, subject=child, name=said["name"], what=[Class[one] for one in said["what"]],
            reason=said["reason"], until=said["ends"],
        )  # fmt: skip
    elif asked == "unbar" and unbar.is_valid():
        actions.unbar(by=look.actor, at=look.at, subject=child, **unbar.cleaned_data)
    else:
        return render(
            request, look, "papers/barring.html", reference=child.reference, barred=barred, bar=bar, unbar=unbar
        )
    messages.success(request, "Kept. Every paper follows it from now on.")
    return redirect("papers:barring", reference=child.reference)


@require_GET
@door(Permission.PAPER_WORD)
def words(request: HttpRequest, look: Look) -> HttpResponse:
    """What my agency is asked: may this of ours go to that person?"""
    return render(request, look, "papers/words.html", asked=queries.words_asked(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.PAPER_WORD)
def word(request: HttpRequest, look: Look, paper: UUID) -> HttpResponse:
    """One question to my agency, and its answer."""
    found = queries.word_asked(for_=look, key=paper)
    if found is None:
        raise Http404
    asked, fact = found
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, reason = form.cleaned_data["given"] == "yes", form.cleaned_data["reason"]
        actions.give_word(by=look.actor, at=look.at, paper=fact, given=given, reason=reason)
        messages.success(request, "Kept: it may go to them." if given else "Kept: it does not go to them.")
        return redirect("papers:words")
    return render(request, look, "papers/word.html", asked=asked, form=form)
