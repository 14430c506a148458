"""The lines that a look may be shown: share's filter on entries, and share's mask on what is shielded in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from joinedup.chronicle.models import Significance
from joinedup.chronicle.queries.story import lines
from joinedup.chronicle.rules.line import Line
from joinedup.share.queries import entry_filter, mask, subjects
from joinedup.share.rules import Field, Look, Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A practitioner's last word on whether an entry is significant."""

    significant: bool
    reason: str
    by: str  # their name
    at: datetime


def shown_lines(*, for_: Look, head: int, as_of: datetime | None = None) -> list[Line]:
    """The lines under a head that this look may be shown, shielded fields emptied where they may not. Notes nothing."""
    found = lines(head, entry_filter(for_=for_), as_of)
    by_source: dict[Source, list[Line]] = {}
    for line in found:
        by_source.setdefault(_source(line, for_), []).append(line)
    place, reporter = (
        {source for source, of in by_source.items() if any(map(said, of))} for said in (_place, _reporter)
    )
    no_place = {source for source in place if _hidden(for_, head, Field.ADDRESS, source)}
    no_reporter = {source for source in reporter if _hidden(for_, head, Field.REPORTER, source)}
    if not no_place | no_reporter:
        return found
    return [_masked(line, _source(line, for_) in no_place, _source(line, for_) in no_reporter) for line in found]


def _source(line: Line, for_: Look) -> Source:
    if line.agency == for_.agency:
        return Source.OWN
    return Source.TOLD if for_.agency in line.knowing else Source.OTHERS


def _place(line: Line) -> bool:
    return line.place != ""


def _reporter(line: Line) -> bool:
    return line.observer_role != "" or line.first_hand is not None or line.observer != ""


def _hidden(for_: Look, head: int, what: Field, source: Source) -> bool:
    return mask(for_=for_, what=what, subject=subjects([head])[head], source=source)


def _masked(line: Line, no_place: bool, no_reporter: bool) -> Line:
    line = replace(line, place="") if no_place else line
    return replace(line, observer="", observer_role="", first_hand=None) if no_reporter else line


def marks_on(keys: Iterable[str], *, for_: Look, head: int, as_of: datetime | None = None) -> dict[str, Mark]:
    """The last word on each of these entries of a head, by key; none for whoever may not see what people decided."""
    if mask(for_=for_, what=Field.DECISION, subject=subjects([head])[head]):
        return {}
    rows = Significance.objects.filter(entry__in=list(keys)).select_related("by").order_by("at", "pk")
    rows = rows.filter(at__lte=as_of) if as_of else rows
    return {row.entry: Mark(row.significant, row.reason, row.by.name, row.at) for row in rows}
