"""recognise's pages: the patterns in force, and one pattern with its meaning, source and worked examples."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from joinedup.face import render
from joinedup.ground.clock import civil_day
from joinedup.ground.editions import GRADES
from joinedup.recognise import queries
from joinedup.recognise.rules.language import Example, Pattern
from joinedup.recognise.rules.manual import TIERS, cells
from joinedup.recognise.rules.words import clause, label
from joinedup.share.doors import door
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
    return render(request, look, "recognise/patterns.html", patterns=in_force)


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
        rule=rule(found),
        tier=TIERS[found.tier],
        grade=GRADES[found.grade],
        names=[label("agency", code) for code in found.names],
        examples=[shown(example) for example in found.examples],
    )


def rule(pattern: Pattern) -> list[tuple[int, str]]:
    """The rule as list items: how deep each stands, and its words."""
    return [((len(line) - len(line.lstrip())) // 2, line.strip(" -")) for line in clause(pattern.when)]


def shown(example: Example) -> Shown:
    heading, *rows = cells(example.lines)
    not_heard = [label("agency", kind) for kind in example.not_heard]
    return Shown(example.title, heading, rows, example.says, example.on, not_heard)
