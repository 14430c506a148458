"""The chronology of a child, and one entry of it. What people say of an entry is asked on the entry's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from joinedup.chronicle import actions, queries
from joinedup.chronicle.forms import FilterForm, MarkForm, OneEventForm
from joinedup.chronicle.queries import Chronology, Row
from joinedup.chronicle.queries.beside import beside
from joinedup.chronicle.rules.ages import age_at
from joinedup.chronicle.rules.lanes import Drawing
from joinedup.chronicle.rules.line import Line
from joinedup.face import render
from joinedup.face.tables import paging, with_query
from joinedup.face.words import span, when
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import Period, read_period, says
from joinedup.link.queries import Identity, identity
from joinedup.share.doors import door, open_child
from joinedup.share.queries import Subject, agencies, by_reference, lapsed, may
from joinedup.share.queries import mask as mask_of
from joinedup.share.rules import Field, Look, Permission

NEAR = timedelta(days=31)  # how far from an entry another report of its event is looked for
MOST_OTHERS = 15
ROWS_ON_A_PAGE = 100


@require_GET
@door(Permission.CHILD_OPEN)
def chronology(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Everything this look may be shown of one child, in order, with what it covers and a drawing of the same."""
    child = open_child(look, by_reference(reference), reference)
    form = FilterForm(request.GET)
    shown = queries.chronology(for_=look, head=child.pk, wanted=form.wanted)
    around = _around(look, child, shown.everything)
    form.offer(shown.everything, around["agencies"], around["codes"])
    pages = paging(request, len(shown.rows), ROWS_ON_A_PAGE)
    rows = shown.rows[pages.first : pages.end]
    return render(
        request, look, "chronicle/chronology.html", **around,
        form=form, chosen=_chosen(request, form), known_to=around["agencies"].get(form.wanted.known_to, ""),
        shown=shown, rows=rows, pages=pages,
        beside=beside(for_=look, child=child, keys=[row.line.key for row in rows]),
        lapsed=lapsed(for_=look),
        coverage=queries.coverage(for_=look, head=child.pk, as_of=form.wanted.moment, shown=shown.everything),
        heard=lambda instant: _ago(instant, look.at),
        limited=mask_of(for_=look, what=Field.CASE, subject=child),
        drawing=queries.drawing(for_=look, lines=shown.lines),
    )  # fmt: skip


@require_GET
@door(Permission.CHILD_OPEN)
def entry(request: HttpRequest, look: Look, reference: str, key: str) -> HttpResponse:
    """One entry in full, with what may be said of it."""
    return _entry_page(request, look, _opened(look, reference, key))


@require_POST
@door(Permission.ENTRY_MARK)
def mark(request: HttpRequest, look: Look, reference: str, key: str) -> HttpResponse:
    """Say that an entry is significant, or is not."""
    opened = _opened(look, reference, key)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, look, opened, mark=form)
    significant = form.cleaned_data["significant"] == "yes"
    actions.mark_significant(
        by=look.actor, at=look.at, entry=opened.line.key, significant=significant, reason=form.cleaned_data["reason"]
    )
    return redirect("chronicle:entry", reference, key)


@require_POST
@door(Permission.ENTRY_MARK)
def one_event(request: HttpRequest, look: Look, reference: str, key: str) -> HttpResponse:
    """Say that two reports are of one event, or of two."""
    opened = _opened(look, reference, key)
    form = OneEventForm(request.POST, others=_others(opened))
    if not form.is_valid():
        return _entry_page(request, look, opened, one_event=form)
    actions.judge_happening(
        by=look.actor, at=look.at, a=opened.line.key, b=form.cleaned_data["other"],
        same=form.cleaned_data["same"] == "yes", reason=form.cleaned_data["why"],
    )  # fmt: skip
    return redirect("chronicle:entry", reference, key)


def drawn(drawing: Drawing, prefix: str = "lanes", base: str = "") -> SafeString:
    """Swim-lanes as SVG. `prefix` keeps the ids of two drawings on one page apart; `base`: where the table stands."""
    text = render_to_string("chronicle/lanes.svg.html", {"drawing": drawing, "prefix": prefix, "base": base})
    return mark_safe(text)  # noqa: S308 - made by our own template, which escapes what it is given


@dataclass(frozen=True)
class Opened:
    """A child, its chronology for this look, and the one entry of it that is asked about."""

    child: Subject
    whole: Chronology
    row: Row
    labels: Mapping[str, str]

    @property
    def line(self) -> Line:
        return self.row.line


def _opened(look: Look, reference: str, key: str) -> Opened:
    """Raises what the door turns into the one refusal, for a child or an entry that may not be shown."""
    child = open_child(look, by_reference(reference), reference)
    whole = queries.read_chronology(for_=look, head=child.pk)
    row = next((row for row in whole.rows if row.line.key == key), None)
    if row is None:
        raise Http404
    look.note(entries=[key])
    return Opened(child, whole, row, _labels(look, whole.everything))


def _entry_page(
    request: HttpRequest, look: Look, opened: Opened, *,
    mark: MarkForm | None = None, one_event: OneEventForm | None = None,
) -> HttpResponse:  # fmt: skip
    line, may_mark = opened.line, bool(may(look, Permission.ENTRY_MARK))
    others = _others(opened) if may_mark else []
    together = [one for one in opened.whole.lines if one.happening == line.happening and one.key != line.key]
    look.note(entries=[*(one.key for one in together), *opened.row.doubts, *(key for key, _ in others)])
    return render(
        request, look, "chronicle/entry.html", **_around(look, opened.child, (line,)), row=opened.row,
        together=together, beside=beside(for_=look, child=opened.child, keys=[line.key]),
        contradicted=any(line.key in pair for pair in opened.whole.contradictions),
        labels=opened.labels, others=others, may_mark=may_mark,
        mark=mark or MarkForm(), one_event=one_event or OneEventForm(others=others),
        status=400 if mark or one_event else 200,
    )  # fmt: skip


def _others(opened: Opened) -> list[tuple[str, str]]:
    """Reports that can be meant as the other one: first the doubts, then those of its event, then the nearest."""
    line = opened.line
    near = [one for one in opened.whole.lines if one.key != line.key and _near(one, line)]
    near.sort(
        key=lambda one: (one.key not in opened.row.doubts, one.happening != line.happening, _apart(one, line), one.key)
    )
    return [(one.key, opened.labels[one.key]) for one in near[:MOST_OTHERS]]


def _near(a: Line, b: Line) -> bool:
    return (a.message, a.event_n) != (b.message, b.event_n) and (_apart(a, b) <= NEAR or a.happening == b.happening)


def _apart(a: Line, b: Line) -> timedelta:
    """How far apart two lines begin; what is not dated is a month away from everything."""
    first, second = a.period.first, b.period.first
    return abs(first - second) if first and second else NEAR


def _around(look: Look, child: Subject, lines: tuple[Line, ...]) -> dict[str, Any]:
    """What every page of this room shows: who it is about, and the words for codes and agencies."""
    who = identity(for_=look, head=child.pk, messages={line.message for line in lines})
    born = _born(who)
    return {
        "reference": child.reference, "name": (*who.names, "Name not known")[0],
        "age_now": age_at(born, Period.on(civil_day(look.at))), "age": lambda line: age_at(born, line.period),
        "codes": codes(civil_day(look.at)), "agencies": {code: one.name for code, one in agencies().items()},
        "drawn": drawn, "now": look.at,
    }  # fmt: skip


def _born(who: Identity) -> Period:
    """The date of birth, if all records say the same."""
    born = {read_period(text, None, None, None, None)[0] for text in who.born}
    return born.pop() if len(born) == 1 else Period.UNKNOWN


def _labels(look: Look, lines: tuple[Line, ...]) -> dict[str, str]:
    """Each line in a few words, by key: "5 March 2026: Reported missing, Ellensford Police"."""
    kinds, names = codes(civil_day(look.at)).kinds, agencies()
    return {
        line.key: f"{says(line.period)}: {kinds[line.kind].label if line.kind in kinds else line.kind}, "
        f"{names[line.agency].name if line.agency in names else line.agency}"
        for line in lines
    }


def _ago(instant: datetime, now: datetime) -> str:
    """ "2 h 10 min ago" within the last day, else the day and time."""
    gone = now - instant
    if gone < timedelta(minutes=1):
        return "just now"
    return f"{span(gone)} ago" if gone < timedelta(days=1) else when(instant, now)


def _chosen(request: HttpRequest, form: FilterForm) -> list[tuple[str, str]]:
    """Each filter in force, in words, with the address of the page without it."""
    found = []
    for field in form:
        value = form.cleaned_data.get(field.name)
        if value:
            words = dict(getattr(field.field.widget, "choices", ())).get(value, "")
            words = f"{value.day} {value:%B %Y}" if hasattr(value, "day") else words
            boxes = {f"{field.name}-{box}": None for box in ("day", "month", "year")}
            said = f"{field.label}: {words}" if words else str(field.label)
            found.append((said, with_query(request, **{field.name: None, **boxes, "page": None})))
    return found
