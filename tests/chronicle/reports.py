"""Reports to compare, in a few words each: `report("police", "missing", "2026-03-05")`."""

from itertools import count
from typing import Any

from joinedup.chronicle.rules.line import Told
from joinedup.chronicle.rules.reports import Report, worries
from joinedup.ground.keys import digest
from joinedup.ground.periods import read_period

CHILD, SIBLING = 1, 2
_numbers = count(1)


def report(agency: str, kind: str, when: str | None, *concerns: str, **more: Any) -> Report:
    """`when`: "2026-03-05", "2026-03-05T14:00Z", "2026-03" or "2026-03-05/2026-03-07" (lasting)."""
    first, _, last = (when or "").partition("/")
    period, problems = read_period(first or None, last or None, None, True if last else None, None)
    assert not problems
    number = str(next(_numbers))
    defaults: dict[str, Any] = {"subjects": frozenset({CHILD}), "source": agency, "message": number}
    return Report(
        key=digest(agency, kind, str(when), number), agency=agency, kind=kind, concerns=worries(kind, concerns),
        period=period, **defaults | more,
    )  # fmt: skip


def told(agency: str, when: str = "") -> Told:
    return Told(agency, "sent", read_period(when, None, None, None, None)[0])
