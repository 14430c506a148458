"""Everything changed here: tying together what a notice says belongs together."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from joinedup.ground.clock import civil_day
from joinedup.link.actions import Placed, Placing
from joinedup.network.models import Tie
from joinedup.network.queries import households_near
from joinedup.network.rules import Days, Mention, Says, everyone, says
from joinedup.receive.rules.notice import Notice
from joinedup.share.actions import act, note, step, stir
from joinedup.share.queries import head_ids, rows
from joinedup.share.rules import Actor

Households = Mapping[int, Days]  # of each child
TIED = "SELECT key FROM network_tie WHERE message_id IN {message}"


class Sent(Protocol):
    """What network needs to know of a message."""

    key: str
    agency_id: str
    sent_at: datetime | None
    received_at: datetime
    withdrawn_at: datetime | None


@act
def tie(*, by: Actor, at: datetime, message: Sent, notice: Notice, placed: Placing) -> set[str]:
    """Write the ties a notice states; returns their keys. Again, it changes nothing; they fall with their message.

    Stirs the children in whose household one of the people named lives (what concerns these may concern them), and
    those whose household becomes another, now or from a day to come.
    """
    wanted = wanted_ties(message, notice, placed)
    before = {key for (key,) in rows(TIED, message=[message.key])}
    people = {one.head_id for one in placed.mentions.values()} | placed.touched
    near = households_near(people, civil_day(at)) if wanted or before else {}  # as it was until this was said
    Tie.objects.bulk_create(row for key, row in wanted.items() if key not in before)
    gone = before - wanted.keys()
    if gone:
        Tie.objects.filter(key__in=gone).update(withdrawn_at=at)
    Tie.objects.filter(key__in=before & wanted.keys()).update(withdrawn_at=message.withdrawn_at) if before else None
    beside = beside_them(people, households_near(people, civil_day(at)), near)
    stir(by=by, at=at, subjects=beside)
    note(message=message.key, ties=len(wanted), gone=len(gone), beside=sorted(beside))
    return set(wanted)


@step
def forget(*, by: Actor, at: datetime, message_key: str) -> None:
    """Take out a message's ties, when it may not have made them: sealed, or destroyed (law 1)."""
    ties = Tie.objects.filter(message=message_key)
    people = {one for ends in ties.values_list("source_id", "target_id") for one in head_ids(ends).values()}
    before = households_near(people, civil_day(at))
    ties.delete()
    stir(by=by, at=at, subjects=beside_them(people, households_near(people, civil_day(at)), before))


def wanted_ties(message: Sent, notice: Notice, placed: Placing) -> dict[str, Tie]:
    """The ties of a notice between mentions that have a subject; none from somebody to themselves."""
    said_on = civil_day(message.sent_at or message.received_at)
    where: dict[Mention, Placed] = {**placed.mentions, **placed.places}  # type: ignore[dict-item]  # its keys are Mentions
    stated = (tie for tie in says(notice, message.key, said_on) if tie.source in where and tie.target in where)
    return {
        one.key: _row(one, where[one.source], where[one.target], message)
        for one in stated
        if where[one.source].subject_id != where[one.target].subject_id
    }


def beside_them(people: Collection[int], now: Households, before: Households) -> set[int]:
    """Children that the notice does not touch, but whose household holds somebody it does, or becomes another by it."""
    changed = {child for child in now.keys() | before.keys() if now.get(child) != before.get(child)}
    with_them = {child for child, days in now.items() if not everyone(days).isdisjoint(people)}
    return changed | with_them


def _row(one: Says, source: Placed, target: Placed, message: Sent) -> Tie:
    return Tie(
        key=one.key, source_id=source.subject_id, target_id=target.subject_id, kind=one.kind, message_id=message.key,
        agency_id=message.agency_id, since=one.since, until=one.until,
        said_on=civil_day(message.sent_at or message.received_at), received_at=message.received_at,
        withdrawn_at=message.withdrawn_at,
    )  # fmt: skip
