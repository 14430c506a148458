"""What one agency knew of an entry, by which of the five words of law 3, since when, and on whose word.

*Held* is its own record; *sent*, *delivered*, *seen by a person* and *acknowledged* are told of by whoever reported.
They are never merged: what was sent need not have arrived.
"""

from dataclasses import dataclass
from datetime import date

from joinedup.chronicle.rules.line import Line
from joinedup.ground.periods import Period

WORDS = {
    "held": "their own record",
    "sent": "sent to them",
    "delivered": "delivered to them",
    "seen": "seen by a person there",
    "acknowledged": "acknowledged by them",
}


@dataclass(frozen=True, slots=True)
class Knowing:
    """One way in which an agency knew. `since` is UNKNOWN where nobody said when."""

    state: str  # one of the five words
    since: Period
    by: str  # the agency on whose word: the reporter's

    @property
    def words(self) -> str:
        return WORDS.get(self.state, self.state)


def ways(line: Line, agency: str, on: date | None = None) -> tuple[Knowing, ...]:
    """Each way in which the agency knew of the entry (by the end of a day), in the order of the five words.

    Its own record counts from the first day on which the event can have happened; a telling without a day counts
    from the beginning, since nobody can say that it came later. Empty: not known to have reached it.
    """
    found = [Knowing(told.state, told.when, line.agency) for told in line.told or () if told.agency == agency]
    if line.agency == agency:
        found.append(Knowing("held", line.period, agency))
    order = list(WORDS)
    return tuple(
        sorted(
            (one for one in found if on is None or one.since.first is None or one.since.first <= on),
            key=lambda one: (order.index(one.state) if one.state in order else len(order), one.since.first or date.min),
        )
    )


def telling_not_known(line: Line, agency: str) -> bool:
    """Whether nobody can say if the agency was told: not the same as knowing that it was not."""
    return line.told is None and line.agency != agency
