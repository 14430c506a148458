"""Everything read of chronologies."""

from joinedup.chronicle.queries.chronology import (
    Chronology,
    Row,
    Strip,
    chronology,
    drawing,
    recent_strip,
)
from joinedup.chronicle.queries.coverage import coverage, last_heard
from joinedup.chronicle.queries.reports import happenings_around
from joinedup.chronicle.queries.story import story

__all__ = [
    "Chronology", "Row", "Strip", "chronology", "coverage", "drawing", "happenings_around", "last_heard",
    "recent_strip", "story",
]  # fmt: skip
