"""The named officers' pages: what is sealed, what met it, what may cross."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.face.words import day, sentence
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import CodeSet, codes
from joinedup.receive.rules.notice import Happened, Notice
from joinedup.sealed import actions, queries
from joinedup.sealed.forms import AnswerForm, SealForm, SummaryForm, WordForm
from joinedup.sealed.queries import CaughtShown, SealShown
from joinedup.sealed.rules import Kind
from joinedup.sealed.rules.outcomes import OUTCOMES
from joinedup.share.doors import door, prove_again
from joinedup.share.rules import Look, Permission

Do = Callable[[], object]


@require_GET
@door(Permission.SEAL_KEEP)
def seals(request: HttpRequest, look: Look) -> HttpResponse:
    """Every sealed identity, and how much of each waits for an officer."""
    return render(request, look, "sealed/seals.html", seals=queries.seals(for_=look))


@require_http_methods(["GET", "POST"])
@door(Permission.SEAL_KEEP)
def new(request: HttpRequest, look: Look) -> HttpResponse:
    """Ask for an identity to be sealed."""
    prove_again(request)
    form = SealForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: asked(look, form)):
        messages.success(request, "Kept. Nothing is sealed until a second officer confirms it.")
        return redirect("sealed:seals")
    return render(request, look, "sealed/new.html", form=form)


def asked(look: Look, form: SealForm) -> None:
    said = form.cleaned_data
    actions.seal(
        by=look.actor, at=look.at, kind=Kind[said["kind"]], reason=said["reason"], old=said["old"], now=said["now"],
        said=form.statement,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door(Permission.SEAL_KEEP)
def seal(request: HttpRequest, look: Look, seal: UUID) -> HttpResponse:
    """One sealed identity: both lives as they are spoken of, what met it, what crossed."""
    prove_again(request)
    found, target = shown(look, seal), request.POST.get("on", "")
    asked = forms_on(found, target, request.POST)
    form = asked.get(target)
    if form is not None and form.is_valid():
        pressed = request.POST.get("do", "")
        if done(form, lambda: did(look, found, target, pressed, form)):
            messages.success(request, "Kept.")
            return redirect("sealed:seal", seal=seal)
    for one in found.caught:
        actions.see(by=look.actor, at=look.at, caught=one.fact)
    return render(
        request, look, "sealed/seal.html", seal=found, forms=asked, kind=sentence(found.kind),
        told={str(one.fact.pk): list(told_in(one.notice, codes(civil_day(look.at)))) for one in found.caught},
    )  # fmt: skip


def told_in(notice: Notice, known: CodeSet) -> Iterator[tuple[str, str, str, str]]:
    """What a message says, as rows: when, what, in words, the child's words."""
    for event in notice.events:
        what = known.tells([event.kind], event.concerns)
        yield on_day(event.happened), what, event.words or "", event.childs_words or ""


def on_day(happened: Happened) -> str:
    """When, as people write it; a coarser date as it was said."""
    try:
        return day(date.fromisoformat(happened.from_ or ""))
    except ValueError:
        return happened.words or happened.from_ or "not known"


def forms_on(found: SealShown, target: str, posted: QueryDict) -> dict[str, forms.Form]:
    """Every form of the page, by what it is about; the one that was sent holds what was sent."""

    def sent(key: str) -> QueryDict | None:
        return posted if key == target else None

    caught = [str(one.fact.pk) for one in found.caught if one.waits]
    summaries = [str(one.fact.pk) for one in found.summaries if one.word is None]
    return {
        **{key: WordForm(sent(key), prefix=key) for key in ("seal", *summaries)},
        **{key: AnswerForm(sent(key), prefix=key, outcomes=OUTCOMES.items()) for key in caught},
    }


def did(look: Look, found: SealShown, target: str, pressed: str, form: forms.Form) -> None:
    """Do what was pressed. Raises ValueError where it is not for this person, or not now."""
    by, at, why = look.actor, look.at, form.cleaned_data["reason"]
    if target == "seal":
        on_seal = {"confirm": actions.confirm, "refuse": actions.refuse, "lift": actions.lift}.get(pressed, no_button)
        return on_seal(by=by, at=at, seal=found.fact, reason=why)
    for one in found.summaries:
        if str(one.fact.pk) == target:
            on_summary = {"release": actions.release_summary, "refuse": actions.refuse_summary}.get(pressed, no_button)
            return on_summary(by=by, at=at, summary=one.fact, reason=why)
    return answer_to(look, next(one for one in found.caught if str(one.fact.pk) == target), pressed, form)


def no_button(**_: object) -> None:
    """Raises ValueError: what was pressed is no button of this page."""
    raise ValueError("press one of the buttons of this page")


def answer_to(look: Look, one: CaughtShown, pressed: str, form: forms.Form) -> None:
    said, by, at = form.cleaned_data, look.actor, look.at
    if pressed == "answer":
        return actions.answer(
            by=by, at=at, caught=one.fact, outcome=said["outcome"], feedback=said["feedback"], reason=said["reason"]
        )
    on_caught = {"give-back": actions.give_back, "set-aside": actions.set_aside}.get(pressed, no_button)
    return on_caught(by=by, at=at, caught=one.fact, reason=said["reason"])


@require_http_methods(["GET", "POST"])
@door(Permission.SEAL_KEEP)
def summary(request: HttpRequest, look: Look, seal: UUID) -> HttpResponse:
    """Write what may be known on the other side."""
    found, known = shown(look, seal), codes(civil_day(look.at))
    form = SummaryForm(
        request.POST or None, concerns=[(code, one.label) for code, one in sorted(known.concerns.items())],
        initial={"about": found.now_reference},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and done(form, lambda: write(look, found, form)):
        messages.success(request, "Kept. It crosses once a second officer releases it.")
        return redirect("sealed:seal", seal=seal)
    return render(request, look, "sealed/summary.html", seal=found, form=form)


def write(look: Look, found: SealShown, form: SummaryForm) -> None:
    actions.summarise(by=look.actor, at=look.at, seal=found.fact, **form.cleaned_data)


def done(form: forms.Form, do: Do) -> bool:
    """Whether it was done; if it was not for this person to do, the form says so."""
    try:
        do()
    except ValueError as wrong:
        form.add_error(None, str(wrong)[0].upper() + str(wrong)[1:])
        return False
    return True


def shown(look: Look, key: UUID) -> SealShown:
    """The seal; raises Http404 if there is none."""
    found = queries.seal_of(for_=look, key=key)
    if found is None:
        raise Http404
    return found
