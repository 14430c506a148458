"""What looking gives: a match with its evidence, and a question that waits for its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from joinedup.chronicle.rules.line import Line
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.windows import Certainty


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the rule in words, and what was found: "at least 3 happenings" – "4 happenings"."""

    rule: str
    found: str


@dataclass(frozen=True, slots=True)
class Match:
    """One pattern's evidence for one child. Facts, never a score; it has no status of its own (law 6).

    `tier`: the pattern's, but *know* when it rests on an entry coarser than its window (never pushed).
    `true_from`: the first day of the newest episode, on the days things happened; None when nothing in it is dated.
    `day`: the day whose windows the counts are of. `may`: keys of the entries whose coarse date it rests on.
    `shown_at`: when enough had been received here for it to stand (aware UTC); derived, so the same after a rebuild.
    `amounts`: every measure of the first count. `lines`: the evidence, in chronology order.
    `knowing`: codes of agencies that hold or were told of it; `not_told`: those that should have been and were not.
    """

    pattern: Pattern
    certainty: Certainty
    tier: str
    true_from: date | None
    day: date | None
    shown_at: datetime
    sentence: str
    steps: tuple[Step, ...]
    amounts: Mapping[str, int]
    lines: tuple[Line, ...]
    may: tuple[str, ...]
    unknown: tuple[str, ...]
    knowing: tuple[str, ...]
    not_told: tuple[str, ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """Keys of the entries, in chronology order."""
        return tuple(line.key for line in self.lines)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a named role at the agency that holds an entry, before its silence becomes a finding."""

    pattern: Pattern
    agency: str
    role: str
    asks: str
    entries: tuple[str, ...]
    asked_at: datetime
    due: date
