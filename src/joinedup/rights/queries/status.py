"""The partnership in numbers, for governance: who is in it at all (law 11), and what waits; none tells of anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from joinedup.chronicle import queries as chronicle
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.link import queries as link
from joinedup.receive import queries as received
from joinedup.rights.models import Destruction, LegalHold
from joinedup.rights.queries.complaints import clocks_of_complaints
from joinedup.rights.queries.requests import dues
from joinedup.rights.queries.victims import demands_open
from joinedup.rights.rules.numbers import Counted, counted, said
from joinedup.share.queries import agencies, may
from joinedup.share.rules import Look, Permission

LATELY = timedelta(days=30)
STATUSES = ("section-47", "conference", "plan-begun", "plan-ended", "looked-after-begun", "looked-after-ended")
WAYS = {
    "concern": "By a concern", "status": "By a statutory status", "notice": "By another notice",
    "named": "Named beside another child, with nothing of their own",
}  # fmt: skip
STAGES = {
    "unread": "Wait to be brought on", "placed": "Placed", "quarantined": "With a person",
    "destroyed": "Destroyed: only that they came is kept",
}  # fmt: skip


@dataclass(frozen=True)
class Status:
    """Numbers, in words. `waiting`, `late`: (what, how many)."""

    children: Counted
    messages: Counted
    agencies: str
    heard: str
    waiting: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str], ...]


def status(*, for_: Look) -> Status | None:
    """The numbers now; None for whoever may not see them."""
    if not may(for_, Permission.STATUS_SEE):
        return None
    heard = [at for at in chronicle.last_heard(for_.at).values() if at >= for_.at - LATELY]
    return Status(
        counted(_children(for_.at)), counted(_messages()), str(len(agencies())), str(len(heard)), _waiting(),
        _late(for_.at),
    )  # fmt: skip


def _children(at: datetime) -> dict[str, int]:
    kinds = codes(civil_day(at)).kinds
    entered = chronicle.entered_by(
        concerns=[code for code, kind in kinds.items() if kind.is_concern], statuses=STATUSES
    )
    named = max(0, link.count_children() - sum(entered.values()))
    return {words: {**entered, "named": named}[way] for way, words in WAYS.items()}


def _messages() -> dict[str, int]:
    found = received.counts_by_stage()
    return {words: found.get(stage, 0) for stage, words in STAGES.items()}


def _waiting() -> tuple[tuple[str, str], ...]:
    """What is not over; all of it is staff's work, and counted as everything else is."""
    return (
        ("Requests to read what is kept", said(sum(not due.over for _, due in dues()))),
        ("Requests of police and courts", said(demands_open())),
        ("Complaints", said(sum(not one.over for one in clocks_of_complaints()))),
        ("Records proposed to be destroyed", said(Destruction.objects.filter(word=None).count())),
        ("Legal holds", said(LegalHold.objects.filter(lifted=None).count())),
    )


def _late(at: datetime) -> tuple[tuple[str, str], ...]:
    read = [due.by for _, due in dues() if due.by and due.by < at]
    complained = [one.by for one in clocks_of_complaints() if one.by and one.by < at]
    return (
        ("Requests to read, past their clock", said(len(read))),
        ("Complaints not acknowledged in time", said(len(complained))),
    )
