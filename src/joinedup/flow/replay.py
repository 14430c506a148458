"""A published case through the front door, day by day: what would have been found, when, and who knew.

The whole way as in life (receive, link, chronicle, recognise), in a scratch simulated database whose clock moves from
one day of arrival to the next, with every day on which a silence begins to speak in between.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.rules.line import Line
from joinedup.flow import ticking, worker
from joinedup.flow.rules.cases import Case, Sent, by_day, not_sent, sendings, undated
from joinedup.flow.scratch import scratch_partnership
from joinedup.ground.clock import start_of
from joinedup.ground.periods import read_period
from joinedup.receive import actions as receive
from joinedup.receive.rules.answers import READ
from joinedup.recognise import queries as recognise
from joinedup.recognise.queries import FindingView, GroundView
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW

FORM = "joinedup/replay/1"
START = date(2015, 1, 1)  # of a case without any date


class NotReadError(Exception):
    """An event that makes no notice anybody could read. Says which, and why."""


@dataclass(frozen=True)
class Found:
    """That a pattern began to stand for a child, as the replay's form gives it.

    `facts`: indexes of the case's events. `not_known`: sentences.
    """

    date: str  # ISO day
    child: str  # as the case calls them
    pattern: str
    edition: str
    theme: str
    tier: str
    sentence: str
    facts: list[int]
    agencies_knowing: list[str]
    agencies_not_told: list[str]
    not_known: list[str]


@dataclass
class Replay:
    """A replay as it goes: which message carried which event, and what was found so far (see `as_json`)."""

    case: Case
    index_of: dict[str, int] = field(default_factory=dict)  # message key → event index
    found: list[Found] = field(default_factory=list)  # in order of date, child and pattern
    standing: set[tuple[str, str]] = field(default_factory=set)  # (child, pattern) that stand now
    entries: dict[str, int] = field(default_factory=dict)  # child → entries

    @property
    def undated(self) -> list[int]:
        return undated(self.case)

    @property
    def not_sent(self) -> list[int]:
        return not_sent(self.case)


def replay(case: Case) -> Replay:
    """Run a case and return what was found. Deterministic: the same case gives the same findings."""
    run = Replay(case, entries=dict.fromkeys(case.refs(), 0))
    days = list(by_day(sendings(case)))
    first = days[0][0] if days else START
    with scratch_partnership(case.name, born_at=start_of(first) - timedelta(days=1)):
        for code in dict.fromkeys(event.agency for event in case.events):
            share.add_agency(by=FLOW, at=start_of(first), code=code, name=code.replace("-", " "), kind=code)
        for day, arriving in days:
            speak_until(run, day)
            arrive(run, day, arriving)
        speak_until(run, last_day(case, days) + timedelta(days=1))
    return run


def last_day(case: Case, days: list[tuple[date, list[Sent]]]) -> date:
    """The last day the replay asks about: the last arrival, or the day agencies acted or harm came if that is later."""
    ends = [read_period(text, None, None, None, None)[0].end for text in (case.acted_on, case.harm_date)]
    return max([day for day, _ in days] + [end for end in ends if end], default=START)


def speak_until(run: Replay, day: date) -> None:
    """Let every silence that falls due before this day speak on its own day."""
    while (due := recognise.next_due()) and due < day:
        at = noon(due)
        share.set_clock(by=FLOW, at=at)
        ticking.tick(at=at)
        note(run, due)


def arrive(run: Replay, day: date, arriving: list[Sent]) -> None:
    """Take in the notices of one day, bring them all the way, and note what is new."""
    at = noon(day)
    share.set_clock(by=FLOW, at=at)
    for sent in arriving:
        body = json.dumps(sent.notice, sort_keys=True).encode()
        taken = receive.receive(by=FLOW, at=at, agency=sent.agency, body=body, media="application/json", channel="file")
        if taken.status != READ:
            raise NotReadError(f"event {sent.index} could not be read as a notice: {taken.problems}")
        run.index_of[taken.message_key] = sent.index
    worker.once(at=at)
    ticking.tick(at=at)
    note(run, day)


def note(run: Replay, day: date) -> None:
    """Write down each pattern that has begun to stand for a child since the last look."""
    standing, new = set(), list[Found]()
    for head in house.every_head(kind="child"):
        lines = {line.key: line for line in chronicle.story(head)}
        child = child_of(run, lines)
        run.entries[child] = len(lines)
        for finding in recognise.findings_at(head):
            for ground in finding.grounds:
                standing.add((child, ground.pattern))
                if (child, ground.pattern) not in run.standing:
                    new.append(as_found(run, day, child, finding, ground, lines))
    run.found += sorted(new, key=lambda one: (one.child, one.pattern))
    run.standing = standing


def child_of(run: Replay, lines: dict[str, Line]) -> str:
    """The case's own name for the child these lines are about."""
    return run.case.child_of(run.case.events[min(run.index_of[line.message] for line in lines.values())])


def as_found(
    run: Replay, day: date, child: str, finding: FindingView, ground: GroundView, lines: dict[str, Line]
) -> Found:
    """One ground of a finding, its entries named by the events that they came from."""
    return Found(
        date=day.isoformat(),
        child=child,
        pattern=ground.pattern,
        edition=ground.edition,
        theme=finding.theme,
        tier=ground.tier,
        sentence=ground.sentence,
        facts=sorted({run.index_of[lines[key].message] for key in ground.entries if key in lines}),
        agencies_knowing=sorted(ground.knowing),
        agencies_not_told=sorted(ground.not_told),
        not_known=list(ground.unknown),
    )


def as_json(run: Replay) -> dict[str, object]:
    """The whole replay in its published form."""
    return {
        "form": FORM,
        "case": run.case.slug,
        "children": [{"ref": ref, "entries": count} for ref, count in run.entries.items()],
        "findings": [asdict(found) for found in run.found],
        "first_finding": run.found[0].date if run.found else None,
        "acted_on": run.case.acted_on,
        "undated": run.undated,
        "not_sent": run.not_sent,
    }


def noon(day: date) -> datetime:
    return start_of(day) + timedelta(hours=12)
