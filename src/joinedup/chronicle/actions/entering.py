"""From a message that was read and placed to entries in chronologies.

Saying the same again changes nothing, and the order in which messages come changes nothing but when they were received.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Protocol

from joinedup.chronicle.models import Entry
from joinedup.chronicle.rules.entries import Said, Sent, Somebody, report_key, said_by
from joinedup.link.rules.statements import said_in
from joinedup.receive.rules.notice import Notice
from joinedup.share.actions import Reach, act, note, reach, stir
from joinedup.share.queries import head_ids, rows
from joinedup.share.rules import Actor

ENTERED = "SELECT 1 FROM chronicle_entry WHERE message_id IN {message} LIMIT 1"
NOT_READ_AGAIN = "not-read-again"
FOREIGN = {"subject": "subject_id", "message": "message_id", "agency": "agency_id"}
# Every field but the key, and the happening, of which entering gives a first value only.
COLUMNS = [FOREIGN.get(name, name) for name in Entry.data if name not in ("key", "happening")]


class Placed(Protocol):
    """What this room needs to know of link's answer for one mention: the record's own subject."""

    @property
    def subject_id(self) -> int: ...


@act
def enter(*, by: Actor, at: datetime, message: Sent, notice: Notice, placed: Mapping[int, Placed]) -> list[str]:
    """Write the entries of one message; their keys, in order of event and mention.

    `placed`: {mention n: whom link found}. Entries of a message that stands no more are withdrawn since then, and
    those that this reading of it no longer finds since `at`. Subjects whose entries changed are stirred.
    """
    standing = {entry.key: entry for entry in entered(message.key)}
    said = said_by(notice, message, _found(notice, message, placed))
    wanted = {one.key: _entry(one, message) for one in said}
    fresh = [entry for key, entry in wanted.items() if key not in standing]
    lost = [entry for key, entry in standing.items() if key not in wanted and entry.withdrawn_why != NOT_READ_AGAIN]
    changed = [key for key in wanted.keys() & standing.keys() if _differ(wanted[key], standing[key])]
    Entry.objects.bulk_create(fresh)
    Entry.objects.bulk_update([wanted[key] for key in changed], COLUMNS)
    Entry.objects.filter(key__in=[entry.key for entry in lost]).update(withdrawn_at=at, withdrawn_why=NOT_READ_AGAIN)
    moved = [*lost, *(entry for key in changed for entry in (wanted[key], standing[key]))]
    stir(by=by, at=at, subjects=head_ids({entry.subject_id for entry in moved}).values() if moved else ())
    came = fresh + [wanted[key] for key in changed]
    reach(by=by, at=at, reached=reached_by(came, {message.key: message.told_by}))
    note(message=message.key, entries=len(wanted), new=len(fresh), changed=len(changed), lost=len(lost))
    return list(wanted)


def entered(message: str) -> Iterable[Entry]:
    """The entries that a message has already; it mostly has none."""
    return Entry.objects.filter(message_id=message) if rows(ENTERED, message=[message]) else ()


def _found(notice: Notice, message: Sent, placed: Mapping[int, Placed]) -> dict[int, Somebody]:
    """The people of the notice whom link placed; its addresses are told of through ties."""
    kinds = {one.n: one.kind for one in said_in(notice, message.key) if one.address is None}
    return {n: Somebody(one.subject_id, kinds[n]) for n, one in placed.items() if n in kinds}


def _entry(said: Said, message: Sent) -> Entry:
    fields = {name: value for name, value in asdict(said).items() if name not in ("subject", "period")}
    period = said.period
    return Entry(
        **fields | {"concerns": list(said.concerns), "told": None if said.told is None else list(said.told)},
        subject_id=said.subject, message_id=message.key, agency_id=message.agency_id,
        first_day=period.first, end_day=period.end, instant=period.instant, precision=period.precision.value,
        lasting=period.lasting, sent_at=message.sent_at, received_at=message.received_at,
        withdrawn_at=message.withdrawn_at, withdrawn_why=message.withdrawn_why if message.withdrawn_at else "",
        happening=report_key(message.key, said.event_n),
    )  # fmt: skip


def _differ(a: Entry, b: Entry) -> bool:
    return any(getattr(a, name) != getattr(b, name) for name in COLUMNS)


def reached_by(entries: Iterable[Entry], told_by: Mapping[str, int | None]) -> Iterator[Reach]:
    """The agencies that hold an entry about a subject, or were told of one, and who made the notice of it.

    `told_by`: {message key: practitioner}. share decides how far each may open it.
    """
    for entry in entries:
        yield Reach(entry.subject_id, entry.agency_id, "held")
        yield from (Reach(entry.subject_id, one["agency"], "told") for one in entry.told or ())
        if who := told_by.get(entry.message_id):
            yield Reach(entry.subject_id, entry.agency_id, "reported", who, entry.received_at)
