"""Which pairs of reports are worth comparing, and what speaks for each: near in time, told, passed on, restated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from joinedup.chronicle.rules.likeness import DOUBT, EVENTS, SAYINGS, SURE, weight
from joinedup.chronicle.rules.reports import Report
from joinedup.ground.grouping import Edge

PASSED = "message-passed"
PASSED_ON = 110  # an agency's note that it passed on the one event of its own that it can mean
PASSED_WITHIN = timedelta(days=28)
CAN_BE_PASSED_ON = EVENTS | SAYINGS - {PASSED}


def edges_between(reports: Iterable[Report]) -> list[Edge]:
    """Every pair for which something speaks, with its strongest ground, at least DOUBT."""
    everything = list(reports)
    live = [report for report in everything if report.live]
    strongest: dict[tuple[str, str], int] = {}
    for x, y, strength in [*_near(live), *_tellings(live), *_passings(live), *_restated(everything)]:
        pair = (min(x, y), max(x, y))
        strongest[pair] = max(strength, strongest.get(pair, 0))
    return [Edge(a, b, strength) for (a, b), strength in strongest.items() if strength >= DOUBT]


Found = Iterator[tuple[str, str, int]]


def _near(live: list[Report]) -> Found:
    """Dated reports on one subject whose periods touch, or follow by a day."""
    for reports in _by_subject(live).values():
        dated = sorted((report for report in reports if report.period.known), key=_first)
        for place, x in enumerate(dated):
            for y in dated[place + 1 :]:
                if _first(y) > _end(x):
                    break
                yield x.key, y.key, weight(x, y)


def _tellings(live: list[Report]) -> Found:
    """Reports that say on which day another agency was told, with what that agency noted on that day."""
    noted: dict[tuple[int, str, date], list[Report]] = defaultdict(list)
    for report in live:
        if report.period.days == 1:
            for subject in report.subjects:
                noted[subject, report.agency, _first(report)].append(report)
    for x in live:
        for told in x.told:
            if told.when.days == 1 and told.when.first:
                for y in (y for subject in x.subjects for y in noted.get((subject, told.agency, told.when.first), [])):
                    yield x.key, y.key, weight(x, y)


def _passings(live: list[Report]) -> Found:
    """An agency's note that it told others of an earlier event of its own: joined if it can mean one event only."""
    notes = [report for report in live if report.kind == PASSED and report.period.known]
    events: dict[tuple[int, str], list[Report]] = defaultdict(list)
    for report in live if notes else ():
        for subject in report.subjects:
            events[subject, report.source].append(report)
    for note in notes:
        for subject in note.subjects:
            meant = [report for report in events[subject, note.source] if _can_mean(note, report)]
            numbered = [report for report in meant if report.reference and report.reference == note.reference]
            for report in numbered or meant:
                yield note.key, report.key, PASSED_ON if len(numbered or meant) == 1 else DOUBT


def _can_mean(note: Report, event: Report) -> bool:
    if not event.period.known or event.message == note.message or event.kind not in CAN_BE_PASSED_ON:
        return False
    in_time = _first(event) <= _first(note) <= _end(event) + PASSED_WITHIN
    return in_time and bool(event.concerns & note.concerns or (event.reference and event.reference == note.reference))


def _restated(reports: list[Report]) -> Found:
    """What a correction says again under the same number in it: so that what people said of the first still holds."""
    withdrawn: dict[tuple[str, str, int, str], list[Report]] = defaultdict(list)
    for report in reports:
        if not report.live:
            withdrawn[report.agency, report.sender_id, report.event_n, report.kind].append(report)
    for later in reports:
        if later.replaces and later.replaces != later.sender_id:
            for earlier in withdrawn.get((later.agency, later.replaces, later.event_n, later.kind), []):
                yield earlier.key, later.key, SURE


def _by_subject(reports: Iterable[Report]) -> dict[int, list[Report]]:
    by_subject: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        for subject in report.subjects:
            by_subject[subject].append(report)
    return by_subject


def _first(report: Report) -> date:
    return report.period.first or date.max


def _end(report: Report) -> date:
    return report.period.end or date.max
