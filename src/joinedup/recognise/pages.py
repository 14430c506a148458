"""recognise's pages: the patterns in force, and one pattern with its meaning, source and worked examples."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from joinedup.face import render
from joinedup.ground.clock import civil_day
from joinedup.ground.editions import GRADES
from joinedup.recognise import actions, queries
from joinedup.recognise.forms import OwnPatternForm
from joinedup.recognise.rules.language import Example, Pattern
from joinedup.recognise.rules.manual import TIERS, cells
from joinedup.recognise.rules.reading import shipped_text
from joinedup.recognise.rules.words import clause, label
from joinedup.share.doors import door
from joinedup.share.queries import may
from joinedup.share.rules import Look, Permission


@dataclass(frozen=True)
class Shown:
    """A worked example as a page shows it: its table's heading row, its other rows, and what it says."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    says: str
    asked_on: date | None
    not_heard: list[str]


@require_GET
@door(Permission.PATTERNS_SEE)
def patterns(request: HttpRequest, look: Look) -> HttpResponse:
    """Every pattern in force today: what it is called, how soon somebody looks, whose it is."""
    in_force = queries.patterns(on=civil_day(look.at))
    return render(
        request, look, "recognise/patterns.html", patterns=in_force, owns=bool(may(look, Permission.PATTERNS_OWN))
    )


@require_GET
@door(Permission.PATTERNS_SEE)
def pattern(request: HttpRequest, look: Look, id_: str) -> HttpResponse:
    """One pattern: what it means in words, why, what to ask next, and its worked examples."""
    found = next((one for one in queries.patterns(on=civil_day(look.at)) if one.id == id_), None)
    if found is None:
        raise Http404
    return render(
        request,
        look,
        "recognise/pattern.html",
        pattern=found,
        owns=bool(may(look, Permission.PATTERNS_OWN)),
        rule=rule(found),
        tier=TIERS[found.tier],
        grade=GRADES[found.grade],
        names=[label("agency", code) for code in found.names],
        examples=[shown(example) for example in found.examples],
    )


@require_http_methods(["GET", "POST"])
@door(Permission.PATTERNS_OWN)
def own(request: HttpRequest, look: Look, id_: str = "") -> HttpResponse:
    """Write an edition of the partnership's own, try it on its worked examples, and take it up."""
    form = OwnPatternForm(request.POST or None, initial={"text": shipped_text(id_)})
    sound = form.pattern if form.is_valid() else None
    if sound and "take-up" in request.POST:
        actions.adopt(by=look.actor, at=look.at, text=form.cleaned_data["text"])
        messages.success(request, f"Taken up: {sound.title}, from {sound.since}")
        return redirect("recognise:patterns")
    return render(request, look, "recognise/own.html", form=form, sound=sound, rule=rule(sound) if sound else [])


def rule(pattern: Pattern) -> list[tuple[int, str]]:
    """The rule as list items: how deep each stands, and its words."""
    return [((len(line) - len(line.lstrip())) // 2, line.strip(" -")) for line in clause(pattern.when)]


def shown(example: Example) -> Shown:
    heading, *rows = cells(example.lines)
    not_heard = [label("agency", kind) for kind in example.not_heard]
    return Shown(example.title, heading, rows, example.says, example.on, not_heard)
