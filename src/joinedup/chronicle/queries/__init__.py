"""Everything read of chronologies."""

from joinedup.chronicle.queries.briefs import Brief, briefs, shown_keys
from joinedup.chronicle.queries.chronology import Chronology, Row, chronology, drawing, read_chronology
from joinedup.chronicle.queries.coverage import coverage, last_heard, quiet_since, was_heard
from joinedup.chronicle.queries.numbers import entered_by
from joinedup.chronicle.queries.reporters import reporters
from joinedup.chronicle.queries.reports import happenings_around
from joinedup.chronicle.queries.shown import shown_lines
from joinedup.chronicle.queries.story import received_at, stories, story

__all__ = [
    "Brief", "Chronology", "Row", "briefs", "chronology", "coverage", "drawing", "entered_by",
    "happenings_around", "last_heard", "quiet_since",
    "read_chronology", "received_at", "reporters", "shown_keys", "shown_lines", "stories", "story",
    "was_heard",
]  # fmt: skip
