"""Everything read of chronologies."""

from joinedup.chronicle.queries.reports import happenings_around
from joinedup.chronicle.queries.story import story

__all__ = ["happenings_around", "story"]
