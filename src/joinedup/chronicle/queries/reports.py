"""The reports around some heads, and the happenings they make: what regrouping and reading as of a day stand on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from joinedup.chronicle.rules.entries import report_key
from joinedup.chronicle.rules.happenings import Happenings, happenings
from joinedup.chronicle.rules.reports import Report, worries
from joinedup.chronicle.rules.told import concerns_from, told_from
from joinedup.ground.grouping import Pair
from joinedup.ground.periods import Period, Precision
from joinedup.share.queries import rows, under_heads, utc

REPORTS = """
SELECT e.key, coalesce(s.head_id, s.id), e.shared, e.happening, e.message_id, e.event_n, e.agency_id, a.kind,
    e.observer, e.kind, CAST(e.concerns AS text), e.first_day, e.end_day, e.instant, e.precision, e.lasting,
    CAST(e.told AS text), e.reference, e.count, e.withdrawn_at, m.sender_id, m.corrects, m.channel
FROM chronicle_entry e JOIN share_agency a ON a.code = e.agency_id JOIN share_subject s ON s.id = e.subject_id
    JOIN receive_message m ON m.key = e.message_id
WHERE e.received_at <= {until} AND
"""
ABOUT = f"{REPORTS} {under_heads('s')}"
SHARED = f"{REPORTS} e.shared AND e.message_id IN {{messages}} AND coalesce(s.head_id, s.id) NOT IN {{heads}}"
JUDGED = """
SELECT a, b, same FROM chronicle_happeningjudgement WHERE a IN {entries} AND at <= {until} ORDER BY at, id
"""
FOR_EVER = datetime.max.replace(tzinfo=UTC)
BY_HAND = {"form", "link", "young-person", "public"}  # channels on which a person writes
EACH_PERSON = {"family"}  # relatives and the public are one agency only in name


@dataclass
class Around:
    """The reports loaded so far: which heads are loaded, each report's stored happening, and which ones are asked."""

    as_of: datetime | None
    loaded: set[int] = field(default_factory=set)
    reports: dict[str, Report] = field(default_factory=dict)
    stored: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    entries: dict[str, str] = field(default_factory=dict)  # entry key to report key
    shared: set[str] = field(default_factory=set)  # reports about several subjects


@dataclass(frozen=True)
class Regrouped:
    """`of`: report key to happening, for every report that the asked heads' grouping touches. `stored`: as kept now."""

    of: dict[str, str]
    stored: dict[str, set[str]]
    made: Happenings
    entries: dict[str, str]


def happenings_around(heads: Iterable[int], as_of: datetime | None = None) -> Regrouped:
    """Group all reports about these heads, with whatever reports about others they are tied to by a shared event.

    One event told of three siblings is one report of all three, so a sibling's reports may belong to it too.
    """
    around = Around(as_of)
    wanted = set(heads)
    asked = set(wanted)
    while True:
        _load(around, wanted - around.loaded)
        made = happenings(around.reports.values(), _judged(around))
        touched = _touched(around, asked, made)
        wanted = {head for key in touched & around.shared for head in around.reports[key].subjects}
        if wanted <= around.loaded:
            return Regrouped({key: made.of[key] for key in touched}, around.stored, made, around.entries)


def _touched(around: Around, asked: set[int], made: Happenings) -> set[str]:
    """The reports about the asked heads, and those that may be, or were, of one event with them."""
    own = {key for key, report in around.reports.items() if report.subjects & asked}
    within = {made.within[key] for key in own}
    stored = set[str]().union(*(around.stored[key] for key in own))
    return {key for key in around.reports if made.within[key] in within or around.stored[key] & stored}


def _load(around: Around, heads: set[int]) -> None:
    """Read the entries under these heads, and those about other subjects that tell the same events."""
    until = [around.as_of or FOR_EVER]
    found = rows(ABOUT, until=until, heads=heads)
    if told_too := {(row[4], row[5]) for row in found if row[2]}:
        others = rows(SHARED, until=until, messages={message for message, _ in told_too}, heads=heads)
        found += [row for row in others if (row[4], row[5]) in told_too]
    about: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in found:
        about[report_key(row[4], row[5])].append(row)
    for key, told in about.items():
        subjects = frozenset(row[1] for row in told)
        around.reports[key] = _report(key, told[0], subjects, around.as_of)
        around.stored[key] |= {row[3] for row in told}
        around.entries |= {row[0]: key for row in told}
        around.shared |= {key} if told[0][2] else set()
    around.loaded |= heads


def _report(key: str, row: tuple[Any, ...], subjects: frozenset[int], as_of: datetime | None) -> Report:
    (_, _, _, _, message, event_n, agency, agency_kind, observer, kind, concerns, first, end, instant, precision,
     lasting, told, reference, count, withdrawn_at, sender_id, replaces, channel) = row  # fmt: skip
    return Report(
        key=key, subjects=subjects, source=observer if agency_kind in EACH_PERSON else agency, agency=agency, kind=kind,
        concerns=worries(kind, concerns_from(concerns)),
        period=Period(first, end, Precision(precision), utc(instant), lasting) if first else Period.UNKNOWN,
        told=told_from(told) or (), reference=reference, count=count, message=message, event_n=event_n,
        sender_id=sender_id, replaces=replaces, by_hand=channel in BY_HAND,
        live=withdrawn_at is None or (as_of is not None and utc(withdrawn_at) > as_of),
    )  # fmt: skip


def _judged(around: Around) -> dict[Pair, bool]:
    """What people said of pairs of reports: of each pair, the last word."""
    pairs = rows(JUDGED, entries=around.entries.keys(), until=[around.as_of or FOR_EVER]) if around.entries else ()
    return {frozenset((around.entries[a], around.entries[b])): same for a, b, same in pairs if b in around.entries}
