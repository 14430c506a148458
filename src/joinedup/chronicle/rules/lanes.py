"""Swim-lanes: one lane for each agency, time from left to right, when it happened joined to when it was received here.

Only geometry and words, in units of the drawing (pixels at full size); the template turns it into SVG. The table beside
it says the same and comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import Kind
from joinedup.ground.periods import says

LEFT, RIGHT, TOP = 162, 24, 34  # room for the agency's name, the last mark and the dates
TARGET = 24  # what a finger can hit (WCAG 2.5.8): no two marks of a lane are nearer
MOST_ROWS = 12  # beyond it marks of a lane may touch: the table has them all
WIDTHS = ((120, 720), (400, 960), (10_000, 1200))  # days shown at most, width of the drawing
STEPS = (1, 3, 6, 12, 60, 240, 1_200, 12_000)  # months between two ticks; the last is wide enough for all dates
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One line. `x`: when it happened, or began; `end`: where its bar ends, if it has one; `received`: when it came.

    `nature`: concern, event, response, good or closure (a shape each). `bar`: "lasting" (it went on), "coarse" (some
    time within) or "".
    """

    key: str
    nature: str
    x: int
    y: int
    received: int
    end: int
    bar: str
    withdrawn: bool
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    kind: str  # of agency
    top: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`undated`: how many lines have no place on it."""

    width: int
    height: int
    left: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    undated: int
    sentence: str


@dataclass(frozen=True)
class Scale:
    """Civil days to pixels."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return max((self.until - self.since).days, 1)

    @property
    def width(self) -> int:
        return next(width for days, width in WIDTHS if self.days <= days or width == WIDTHS[-1][1])

    def x(self, day: date) -> int:
        """Where a day begins, held within the drawing."""
        held = min(max(day, self.since), self.until)
        return LEFT + round((held - self.since).days * (self.width - LEFT - RIGHT) / self.days)


@dataclass
class Rows:
    """Fills a lane's rows from the top: a mark goes where nothing is within its reach."""

    taken: list[int] = field(default_factory=list)  # of each row, how far it is taken

    def place(self, first: int, last: int) -> int:
        row = next((row for row, until in enumerate(self.taken) if until <= first), len(self.taken))
        if row >= MOST_ROWS:
            row = min(range(MOST_ROWS), key=lambda each: self.taken[each])
        if row == len(self.taken):
            self.taken.append(0)
        self.taken[row] = max(self.taken[row], last)
        return row


def draw(
    lines: Sequence[Line],
    names: Mapping[str, str],
    kinds: Mapping[str, Kind],
    *,
    since: date | None = None,
    until: date | None = None,
) -> Drawing:
    """The drawing of these lines from one day up to another; without days, of all of them.

    `names`: agency code to name; `kinds`: of the code set.
    """
    dated = [line for line in lines if line.period.first and line.period.end]
    scale = _scale(dated, since, until)
    lanes: list[Lane] = []
    top = TOP
    for agency in _agencies(dated):
        lane = _lane([line for line in dated if line.agency == agency], names.get(agency, agency), top, scale, kinds)
        lanes.append(lane)
        top += lane.height
    undated = len(lines) - len(dated)
    return Drawing(scale.width, top + 8, LEFT, tuple(lanes), _ticks(scale), undated, _sentence(dated, names, undated))


def _agencies(dated: Sequence[Line]) -> list[str]:
    """Agencies in the order in which they first appear in the story."""
    return list(dict.fromkeys(line.agency for line in sorted(dated, key=lambda line: line.order)))


def _scale(dated: Sequence[Line], since: date | None, until: date | None) -> Scale:
    firsts = [line.period.first for line in dated if line.period.first]
    lasts = [line.period.end for line in dated if line.period.end]
    came = [civil_day(line.received_at) + DAY for line in dated]
    first = since or min(firsts, default=date(2000, 1, 1))
    return Scale(first, until or max([*lasts, *came], default=first + DAY))


def _lane(lines: Sequence[Line], name: str, top: int, scale: Scale, kinds: Mapping[str, Kind]) -> Lane:
    rows = Rows()
    marks = tuple(_mark(line, top, rows, scale, kinds, name) for line in sorted(lines, key=lambda line: line.order))
    return Lane(name, lines[0].agency_kind, top, max(len(rows.taken), 1) * TARGET + 10, marks)


def _mark(line: Line, top: int, rows: Rows, scale: Scale, kinds: Mapping[str, Kind], name: str) -> Mark:
    first, end = line.period.first or scale.since, line.period.end or scale.until
    bar = "" if line.period.days == 1 else "lasting" if line.period.lasting else "coarse"
    x, stop = scale.x(first), scale.x(end) if bar else scale.x(first)
    received = scale.x(civil_day(line.received_at))
    row = rows.place(min(x, received) - TARGET // 2, max(x, stop, received) + TARGET // 2)
    y = top + 5 + row * TARGET + TARGET // 2
    kind = kinds[line.kind if line.kind in kinds else "other"]
    title = _title(line, kind.label, name)
    return Mark(line.key, kind.nature, x, y, received, stop, bar, line.withdrawn, title)


def _title(line: Line, kind: str, name: str) -> str:
    """What the mark says to somebody who points at it or hears it."""
    came = civil_day(line.received_at)
    days = (came - line.period.last).days if line.period.last else 0
    late = f", {days} day{'' if days == 1 else 's'} later" if days > 0 else ""
    gone = " Withdrawn." if line.withdrawn else ""
    return f"{says(line.period)}: {kind}, {name}. Received here {came.day} {came:%B %Y}{late}.{gone}"


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    """Days on which a month (or a year, a century, a third or sixth month) begins, so that labels do not touch."""
    months = next(step for step in STEPS if scale.days / 30 / step <= (scale.width - LEFT) / 70)
    found = []
    for year in range(scale.since.year, scale.until.year + 1):
        if months >= 12 and year % (months // 12):
            continue
        for month in range(1, 13, min(months, 12)):
            day = date(year, month, 1)
            if scale.since <= day < scale.until:
                found.append(Tick(scale.x(day), str(year) if months >= 12 else f"{day:%b} {year}"))
    return tuple(found)


def _sentence(dated: Sequence[Line], names: Mapping[str, str], undated: int) -> str:
    if not dated:
        return "No dated entries to draw."
    agencies = [names.get(agency, agency) for agency in _agencies(dated)]
    waits = [(civil_day(line.received_at) - line.period.last, line) for line in dated if line.period.last]
    longest, line = max(waits, key=lambda wait: (wait[0], wait[1].key))
    said = f"{_count(len(dated), 'entry', 'entries')} from {_count(len(agencies), 'agency', 'agencies')}."
    if longest > DAY:
        said += f" The longest way here took {longest.days} days ({names.get(line.agency, line.agency)})."
    if undated:
        said += f" {_count(undated, 'entry', 'entries')} without a date stand in the table alone."
    return said


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
