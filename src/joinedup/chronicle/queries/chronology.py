"""The chronology of one child for one look: its rows, what may be one event, and how much of it is not shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from joinedup.chronicle.queries.reports import happenings_around
from joinedup.chronicle.queries.shown import Mark, marks_on, shown_lines
from joinedup.chronicle.rules.entries import report_key
from joinedup.chronicle.rules.knowing import Knowing, telling_not_known, ways
from joinedup.chronicle.rules.lanes import Drawing, draw
from joinedup.chronicle.rules.line import Line
from joinedup.chronicle.rules.wanted import Wanted
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.share.queries import agencies
from joinedup.share.rules import Look

EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is shown. `reports`: how many lines shown here tell of its event. `doubts`: keys of lines that
    may be of the same event. `knew`: how the agency asked about knew of it."""

    line: Line
    mark: Mark | None
    reports: int
    doubts: tuple[str, ...]
    knew: tuple[Knowing, ...]


@dataclass(frozen=True, slots=True)
class Chronology:
    """`rows` as asked for, of `total` lines that may be shown. Of the rest, with `known_to`: how many that agency is
    not known to have been told of (`not_told`), and of how many nobody knows whether it was (`not_known`)."""

    rows: tuple[Row, ...]
    total: int
    not_told: int
    not_known: int
    contradictions: tuple[tuple[str, str], ...]  # keys of lines that people said are one event, and cannot be
    everything: tuple[Line, ...]  # all that may be shown, for filters and drawings

    @property
    def lines(self) -> list[Line]:
        return [row.line for row in self.rows]


def chronology(*, for_: Look, head: int, wanted: Wanted = EVERYTHING) -> Chronology:
    """The lines of a child that this look may be shown and asked for, in total order; notes each on the look."""
    found = read_chronology(for_=for_, head=head, wanted=wanted)
    for_.note(subjects=[head], entries=[line.key for line in found.lines])
    return found


def read_chronology(*, for_: Look, head: int, wanted: Wanted = EVERYTHING) -> Chronology:
    """As `chronology`, noting nothing: for a page that shows a part of it and notes that part."""
    as_of = wanted.moment or for_.as_of
    shown = shown_lines(for_=for_, head=head, as_of=as_of)
    marks = marks_on([line.key for line in shown], for_=for_, head=head, as_of=as_of)
    chosen = [line for line in shown if wanted.takes(line) and (not wanted.significant or _marked(marks.get(line.key)))]
    knew = {line.key: ways(line, wanted.known_to, wanted.as_of) for line in chosen} if wanted.known_to else {}
    kept = [line for line in chosen if not wanted.known_to or knew[line.key]]
    left = [line for line in chosen if wanted.known_to and not knew[line.key]]
    not_known = sum(telling_not_known(line, wanted.known_to) for line in left)
    made = happenings_around([head], as_of).made
    entries = {report_key(line.message, line.event_n): line.key for line in shown}
    doubts = _doubts(_as_entries(made.doubts, entries))
    reports = Counter(line.happening for line in shown if not line.withdrawn)
    rows = tuple(
        Row(line, marks.get(line.key), reports[line.happening], doubts.get(line.key, ()), knew.get(line.key, ()))
        for line in kept
    )
    return Chronology(
        rows, len(shown), len(left) - not_known, not_known, _as_entries(made.contradictions, entries), tuple(shown)
    )


def _marked(mark: Mark | None) -> bool:
    return mark is not None and mark.significant


def _as_entries(pairs: Iterable[tuple[str, str]], entries: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of reports as pairs of shown lines; left out where one of them may not be shown."""
    return tuple(sorted((entries[x], entries[y]) for x, y in pairs if x in entries and y in entries))


def _doubts(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Of each line, the other lines that may be of one event with it."""
    found: dict[str, tuple[str, ...]] = {}
    for a, b in pairs:
        found[a], found[b] = (*found.get(a, ()), b), (*found.get(b, ()), a)
    return found


def drawing(
    *, for_: Look, lines: Sequence[Line], since: date | None = None, until: date | None = None
) -> Drawing:  # fmt: skip
    """Swim-lanes of lines that were shown already."""
    names = {code: one.name for code, one in agencies().items()}
    return draw(lines, names, codes(civil_day(for_.at)).kinds, since=since, until=until)
