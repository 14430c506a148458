"""What a glance at a child's lines must answer: the child's own voice, when somebody saw them, what goes well.

Plain functions over the lines that a look was shown; the chronology itself has everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from joinedup.chronicle.rules.line import Line

SEEN = frozenset({"visit", "return-conversation", "attendance", "planned-attendance"})  # somebody met the child
SINCE = {
    "looked-after-begun": ("looked-after-ended", "Looked after"),
    "plan-begun": ("plan-ended", "On a plan"),
    "home-education": ("", "Educated at home"),
}
MOST_GOOD = 4


@dataclass(frozen=True)
class Last:
    """The last time that something was so: the line that says it, and how many days ago (None: no date)."""

    line: Line
    days: int | None


def standing(lines: Iterable[Line]) -> list[Line]:
    """The lines that nobody has taken back, the latest first; what has no date comes last."""
    kept = [line for line in lines if not line.withdrawn]
    return sorted(kept, key=lambda line: (line.period.last or date.min, line.key), reverse=True)


def last_voice(lines: Iterable[Line], on: date) -> Last | None:
    """The child's own words, as last recorded."""
    return last([line for line in standing(lines) if line.childs_words], on)


def last_seen(lines: Iterable[Line], on: date) -> Last | None:
    """The last time that a professional is known to have met the child."""
    return last([line for line in standing(lines) if line.kind in SEEN and not to_come(line, on)], on)


def last(found: Sequence[Line], on: date) -> Last | None:
    if not found:
        return None
    day = found[0].period.last
    return Last(found[0], max((on - day).days, 0) if day else None)


def to_come(line: Line, on: date) -> bool:
    return line.period.first is not None and line.period.first > on


def going_well(lines: Iterable[Line]) -> list[Line]:
    """What goes well, the latest first: good news, and whatever was said to go well in any other line."""
    return [line for line in standing(lines) if line.going_well or line.kind == "good-news"][:MOST_GOOD]


def statuses(lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """What has begun and not ended, in words, each with the line that began it."""
    latest = standing(lines)
    found = []
    for begun, (ended, words) in SINCE.items():
        turn = next((line for line in latest if line.kind in (begun, ended)), None)
        if turn is not None and turn.kind == begun:
            found.append((words, turn))
    return found


def by_happening(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines with those that report one event together, in the order of the chronology: what was counted once."""
    groups: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.order):
        groups.setdefault(line.happening, []).append(line)
    return list(groups.values())
