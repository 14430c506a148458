"""The lines that a look may be shown: share's filter on entries, and share's mask on what is shielded in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from joinedup.chronicle.models import Significance
from joinedup.chronicle.queries.story import lines
from joinedup.chronicle.rules.line import Line
from joinedup.ground.shielded import Shielded
from joinedup.link.queries import shielded_places
from joinedup.sealed.queries import former_life
from joinedup.share.queries import Opens, Subject, entry_filter, mask, release, second_wall, subjects
from joinedup.share.rules import POINTER, Field, HandlingCode, Look, Source, redacted
from joinedup.share.rules.scan import without

TYPED = ("words", "childs_words", "going_well", "reference", "date_words")  # of a line, what people wrote


@dataclass(frozen=True, slots=True)
class Mark:
    """A practitioner's last word on whether an entry is significant."""

    significant: bool
    reason: str
    by: str  # their name
    at: datetime


def shown_lines(*, for_: Look, head: int, as_of: datetime | None = None) -> list[Line]:
    """The lines under a head that this look may be shown, shielded fields emptied where they may not. Notes nothing."""
    child = subjects([head])[head]
    found = lines(head, entry_filter(for_=for_, subject=child), as_of, second_wall(for_=for_, heads=[head]))
    rights = {source: _rights(for_, child, source) for source in {_source(line, for_) for line in found}}
    former = former_life(head)
    shielded = any(one.place is None for one in rights.values())
    known = {text for _, text in shielded_places(head)} if shielded else set[str]()
    shown = (_as_shown(line, _source(line, for_), rights[_source(line, for_)], known) for line in found)
    return [_without_former(line, former) for line in shown] if former else list(shown)


def _source(line: Line, for_: Look) -> Source:
    if line.agency == for_.agency:
        return Source.OWN
    if for_.agency in line.knowing:
        return Source.TOLD
    return Source.KEPT if line.handling == HandlingCode.OWNER else Source.OTHERS


@dataclass(frozen=True)
class _Rights:
    """What opens where somebody is, and who reported, in statements from one source; None: the look may not have it."""

    place: Opens | None
    reporter: Opens | None


def _rights(for_: Look, child: Subject, source: Source) -> _Rights:
    return _Rights(
        place=release(for_=for_, what=Field.ADDRESS, subject=child, source=source),
        reporter=release(for_=for_, what=Field.REPORTER, subject=child, source=source),
    )


def _as_shown(line: Line, source: Source, rights: _Rights, known: Collection[str]) -> Line:
    """The line as this look may have it: opened where it may, else emptied, and free text without what is shielded."""
    if line.handling == HandlingCode.ASK and source not in (Source.OWN, Source.TOLD):
        return _pointer(line)
    line = replace(
        line, place=_opened(line.place, rights.place), observer_role=_opened(line.observer_role, rights.reporter)
    )
    if rights.reporter is None:
        line = replace(line, observer="", first_hand=None)
    return _without_addresses(line, known) if rights.place is None else line


def _pointer(line: Line) -> Line:
    """That its owner holds something, since when, and nothing of what."""
    return Line(
        key=line.key, subject=line.subject, agency=line.agency, agency_kind=line.agency_kind, kind=POINTER,
        period=line.period, happening=line.happening, received_at=line.received_at, message=line.message,
        event_n=line.event_n, handling=line.handling, withdrawn=line.withdrawn, withdrawn_why=line.withdrawn_why,
    )  # fmt: skip


def _opened(value: Shielded | str, opens: Opens | None) -> str:
    """The text, or empty where it may not be had."""
    assert isinstance(value, Shielded)  # as `lines` reads it
    return opens(value) if opens else ""


def _without_addresses(line: Line, known: Collection[str]) -> Line:
    """Free text without postcodes, phone numbers, e-mail addresses, and where this child is known to live or stay."""
    return replace(
        line,
        words=redacted(line.words, known),
        childs_words=redacted(line.childs_words, known),
        going_well=redacted(line.going_well, known),
        reference=redacted(line.reference, known),
        date_words=redacted(line.date_words, known),
    )


def _without_former(line: Line, former: Collection[str]) -> Line:
    """What people typed of the life now without a life before that is sealed: whoever opens the one learns not the
    other (decision 21)."""
    typed: dict[str, Any] = {name: without(getattr(line, name), former) for name in TYPED}
    return replace(line, **typed)


def marks_on(keys: Iterable[str], *, for_: Look, head: int, as_of: datetime | None = None) -> dict[str, Mark]:
    """The last word on each of these entries of a head, by key; none for whoever may not see what people decided."""
    if mask(for_=for_, what=Field.DECISION, subject=subjects([head])[head]):
        return {}
    rows = Significance.objects.filter(entry__in=list(keys)).select_related("by").order_by("at", "pk")
    rows = rows.filter(at__lte=as_of) if as_of else rows
    former = former_life(head)
    return {row.entry: Mark(row.significant, without(row.reason, former), row.by.name, row.at) for row in rows}
