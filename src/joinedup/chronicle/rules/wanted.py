"""What of a chronology somebody asks to see, and whether a line is it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Empty fields ask for everything. `first`, `last`: civil days, inclusive; a coarse date may be within.

    `as_of`: what had been received here by the end of that day. `known_to`: only what is known to have reached that
    agency (by the end of `as_of`, if given).
    """

    agency: str = ""
    kind: str = ""
    concern: str = ""
    side: str = ""
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    known_to: str = ""
    significant: bool = False

    @property
    def moment(self) -> datetime | None:
        """The last instant of the day asked about."""
        return start_of(self.as_of + timedelta(days=1)) - timedelta(microseconds=1) if self.as_of else None

    def takes(self, line: Line) -> bool:
        """Whether a line is asked for, by what it says itself."""
        asked = (self.agency, self.kind, self.side)
        said = (line.agency, line.kind, line.side)
        if any(want not in ("", have) for want, have in zip(asked, said, strict=True)):
            return False
        return (not self.concern or self.concern in line.concerns) and self._within(line)

    def _within(self, line: Line) -> bool:
        first, last = line.period.first, line.period.last
        if first is None or last is None:
            return self.first is None and self.last is None
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)
