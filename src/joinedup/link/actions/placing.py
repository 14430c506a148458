"""Placing: from what a notice says to records, scored pairs, groups and heads."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from joinedup.link.actions.editions import begin
from joinedup.link.actions.grouping import one_at_a_time, pair_key, regroup
from joinedup.link.models import BlockingKey, Match, Mention, Record
from joinedup.link.queries.asked import features_of, sharing
from joinedup.link.queries.editions import scorers_in_force, unbegun
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.features import Features, features
from joinedup.link.rules.pairs import Paired, score_pairs
from joinedup.link.rules.score import Scorer
from joinedup.link.rules.statements import CHILD, PLACE, Said, said_in
from joinedup.receive.rules.notice import Notice
from joinedup.share.actions import act, allot_subjects, note
from joinedup.share.queries import head_ids, rows
from joinedup.share.rules import Actor

MENTIONED = "SELECT key, record_id FROM link_mention WHERE message_id IN {message}"
KNOWN = "SELECT key, kind, subject_id, standing FROM link_record WHERE key IN {keys}"


class Sent(Protocol):
    """What link needs to know of a message."""

    key: str
    agency_id: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Placed:
    """Whom a mention is: its record, the record's own subject, and the head under which that stands now."""

    record_key: str
    subject_id: int
    head_id: int
    kind: str


@dataclass(frozen=True)
class Placing:
    """What became of a notice's mentions.

    `mentions`: by person's n (reporters and professionals have none). `places`: by (n, index of address).
    `touched`: ids of children's heads to derive again, heads that are heads no more among them.
    """

    mentions: dict[int, Placed]
    places: dict[tuple[int, int], Placed]
    touched: set[int]


class Row(NamedTuple):
    """What placing needs to know of a record."""

    kind: str
    subject: int
    standing: bool


@act
def place(*, by: Actor, at: datetime, message: Sent, notice: Notice) -> Placing:
    """Find or make the subject of every person and address a notice names. Doing it again changes nothing.

    A message that stands no more keeps its records, but they join nobody to anybody.
    """
    one_at_a_time()
    said = said_in(notice, message.key)
    records = known_records(said)
    begin(by=by, at=at, kinds=unbegun({one.kind for one in said}))
    scorers = scorers_in_force()
    new = write_records(by=by, at=at, agency=message.agency_id, said=said, known=records, scorers=scorers)
    write_matches(new, scorers)
    records |= {record.key: Row(record.kind, record.subject_id, True) for record in new}
    dirty = write_mentions(message, said) | {record.key for record in new} | to_look_at_again(said, records)
    changed = regroup(by=by, at=at, seeds=dirty)
    note(message=message.key, records=len(records), new=len(new), changed=len(changed))
    return where(said, records, changed)


def known_records(said: Collection[Said]) -> dict[str, Row]:
    return {key: Row(*row) for key, *row in rows(KNOWN, keys={one.record for one in said})}


def write_records(
    *,
    by: Actor,
    at: datetime,
    agency: str,
    said: Collection[Said],
    known: Container[str],
    scorers: Mapping[str, Scorer],
) -> list[Record]:
    """Records and blocking keys for statements not made before, each with a subject of its own."""
    fresh = {one.record: one for one in said if one.record not in known}
    if not fresh:
        return []
    subjects = allot_subjects(by=by, at=at, kinds={key: one.kind for key, one in fresh.items()})
    records = [
        Record(
            key=key,
            kind=one.kind,
            agency_id=agency,
            subject_id=subjects[key].pk,
            statement=one.statement,
            features=features(one.kind, agency, one.statement),
            group=key,
        )
        for key, one in fresh.items()
    ]
    Record.objects.bulk_create(records)
    BlockingKey.objects.bulk_create(
        BlockingKey(value=value, record_id=record.key)
        for record in records
        for value in blocking_keys(record.kind, record.features, scorers[record.kind].model)
    )
    return records


def write_mentions(message: Sent, said: Collection[Said]) -> set[str]:
    """Write the mentions; returns the records whose grouping may have changed for their sake alone.

    That is so of a message brought before: its standing may have changed, or a better reader found other mentions.
    """
    before: dict[str, str] = dict(rows(MENTIONED, message=[message.key]))
    wanted = {
        one.key: Mention(
            key=one.key, message_id=message.key, n=one.n, address=one.address, record_id=one.record, role=one.role
        )
        for one in said
    }
    gone = [key for key, record in before.items() if key not in wanted or wanted[key].record_id != record]
    if gone:
        Mention.objects.filter(key__in=gone).delete()
    Mention.objects.bulk_create(mention for key, mention in wanted.items() if key not in before or key in gone)
    again = before or message.withdrawn_at
    return {*before.values(), *(mention.record_id for mention in wanted.values())} if again else set()


def to_look_at_again(said: Collection[Said], records: Mapping[str, Row]) -> set[str]:
    """Records whose grouping this notice may change though they are not new: named beside another, or fallen before."""
    people = {one.record for one in said if one.kind != PLACE}
    beside = people if len(people) > 1 else set()
    return beside | {key for key, record in records.items() if not record.standing}


def write_matches(new: Collection[Record], scorers: Mapping[str, Scorer]) -> None:
    """Score the new records against every record that shares a block with them."""
    pairs = candidates(new, scorers)
    known: dict[str, Features] = {record.key: record.features for record in new}
    known |= features_of({key for pair in pairs for key in pair} - known.keys())
    kinds = {record.key: record.kind for record in new}
    for kind in sorted(set(kinds.values())):
        mine = sorted(pair for pair in pairs if kind in (kinds.get(pair[0]), kinds.get(pair[1])))
        Match.objects.bulk_create(map(as_match, score_pairs(kind, mine, known, scorers[kind])))


def candidates(records: Iterable[Record], scorers: Mapping[str, Scorer]) -> set[tuple[str, str]]:
    """Pairs, smaller key first, of these records with every record (each other, too) that shares a block."""
    mine: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for value in blocking_keys(record.kind, record.features, scorers[record.kind].model):
            mine[value].append(record.key)
    met = ((min(key, other), max(key, other)) for value, other in sharing(mine) for key in mine[value] if key != other)
    return set(met)


def as_match(pair: Paired, against: str = "") -> Match:
    return Match(
        key=pair_key(frozenset((pair.a, pair.b))), a_id=pair.a, b_id=pair.b, weight=pair.scored.weight,
        levels=pair.scored.levels, outcome=pair.outcome, why=pair.why, against=against,
    )  # fmt: skip


def where(said: Collection[Said], records: Mapping[str, Row], changed: set[int]) -> Placing:
    heads = head_ids([record.subject for record in records.values()])
    placed = {key: Placed(key, row.subject, heads[row.subject], row.kind) for key, row in records.items()}
    children = {one.head_id for one in placed.values() if one.kind == CHILD}
    return Placing(
        mentions={one.n: placed[one.record] for one in said if one.address is None},
        places={(one.n, one.address): placed[one.record] for one in said if one.address is not None},
        touched=children | changed,
    )
