"""Whose information there is about a child, and when each agency was last heard at all."""

from collections.abc import Sequence
from datetime import UTC, datetime

from joinedup.chronicle.queries.shown import shown_lines
from joinedup.chronicle.rules.covering import Coverage, Source, coverage_of
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.share.queries import agencies, rows, utc
from joinedup.share.rules import Look


def coverage(
    *, for_: Look, head: int, as_of: datetime | None = None, shown: Sequence[Line] | None = None
) -> list[Coverage]:  # fmt: skip
    """Coverage of this child's chronology by kind of agency, over what this look may be shown.

    `shown`: the lines, where they were read already.
    """
    heard = last_heard(as_of)
    sources = [Source(code, one.name, one.kind, heard.get(code)) for code, one in sorted(agencies().items())]
    lines = shown_lines(for_=for_, head=head, as_of=as_of) if shown is None else shown
    return coverage_of(lines, sources, list(codes(civil_day(for_.at)).agency_kinds))


LAST_HEARD = """
SELECT code, (
    SELECT received_at FROM chronicle_entry WHERE agency_id = code AND received_at <= {until}
    ORDER BY received_at DESC LIMIT 1
) FROM share_agency
"""


def last_heard(as_of: datetime | None = None) -> dict[str, datetime]:
    """When an entry last came from each agency, about anybody (UTC); left out: never (internal).

    One step into an index for each agency, however many entries there are.
    """
    until = as_of or datetime.max.replace(tzinfo=UTC)
    return {code: utc(heard) for code, heard in rows(LAST_HEARD, until=[until]) if heard}


QUIET = """
SELECT coalesce(s.head_id, s.id) FROM chronicle_entry e JOIN share_subject s ON s.id = e.subject_id
WHERE s.kind = 'child' GROUP BY 1 HAVING max(e.received_at) < {before} ORDER BY max(e.received_at), 1
LIMIT {most}
"""


def quiet_since(before: datetime, *, most: int) -> list[int]:
    """Children about whom nothing was received since this instant, the longest quiet first, at most so many
    (internal: retention)."""
    return [head for (head,) in rows(QUIET, before=[before], most=[most])]


HEARD = "SELECT 1 FROM chronicle_entry WHERE agency_id IN {code} LIMIT 1"


def was_heard(agency: str) -> bool:
    """Whether any entry ever came from this agency, about anybody (internal)."""
    return bool(rows(HEARD, code=[agency]))
