"""Destroying a record: proposed by one person, released by another, carried out by flow; stopped by a legal hold."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from joinedup.ground.clock import civil_day
from joinedup.link import queries as link
from joinedup.link.rules.statements import CHILD
from joinedup.receive import actions as receive
from joinedup.receive import queries as received
from joinedup.receive.rules.notice import Notice
from joinedup.respond.actions.persons import person
from joinedup.rights.models import Destroyed, Destruction, DestructionPart, DestructionWord
from joinedup.rights.queries.holds import HeldError, held_by
from joinedup.rights.queries.retention import period_of, released_parts
from joinedup.rights.rules import Ground
from joinedup.sealed.rules import without
from joinedup.sealed.rules.crossing import strings
from joinedup.share.actions import act, note, step
from joinedup.share.queries import Subject, head_ids
from joinedup.share.rules import Actor


class SecondPersonError(ValueError):
    """Whoever proposed it cannot also release it."""


@act
def propose_destruction(*, by: Actor, at: datetime, subject: Subject, ground: Ground, reason: str) -> Destruction:
    """Propose that a child's record is destroyed: every message that speaks of the child, as of now.

    Raises ValueError without a person or a reason, if there is nothing, or if its period is not over and that is the
    ground; HeldError if a legal hold stops it.
    """
    if not reason.strip():
        raise ValueError("say why it is to be destroyed")
    head = head_ids([subject.pk])[subject.pk]
    _not_held(head, at)
    over = period_of(head, at)
    if ground is Ground.PERIOD and (over is None or over.on > civil_day(at)):
        raise ValueError("the time for which this record is kept is not over")
    said = link.said_of(head)
    if not said:
        raise ValueError("nothing is kept of this child")
    rule = over.rule if over and ground is Ground.PERIOD else None
    made = Destruction.objects.create(
        subject_id=head, ground=ground.name, reason=reason.strip(), rule=rule.id if rule else "",
        edition=rule.edition if rule else "", by_id=person(by), at=at,
    )  # fmt: skip
    DestructionPart.objects.bulk_create(
        DestructionPart(destruction=made, message_id=key, persons=sorted(who)) for key, who in said.items()
    )
    note(destruction=str(made.pk), subject=head, messages=len(said))
    return made


@act
def release_destruction(*, by: Actor, at: datetime, destruction: Destruction, reason: str) -> None:
    """Let a record be destroyed: flow carries it out with its next tick.

    Raises ValueError without a reason, if there was a word on it, or if something came since that was not proposed;
    SecondPersonError for whoever proposed it; HeldError if a legal hold stops it.
    """
    _not_held(head_ids([destruction.subject_id])[destruction.subject_id], at)
    if set(link.said_of(destruction.subject_id)) - set(destruction.parts.values_list("message_id", flat=True)):
        raise ValueError("something new came about this child since: refuse this, and propose it again if it is right")
    _say(by, at, destruction, reason, released=True)


@act
def refuse_destruction(*, by: Actor, at: datetime, destruction: Destruction, reason: str) -> None:
    """Keep a record whose destruction was proposed. Raises ValueError and SecondPersonError as releasing does."""
    _say(by, at, destruction, reason, released=False)


@step
def carry_out(*, by: Actor, at: datetime, destruction: UUID) -> dict[str, bool]:
    """Drop the keys of what two people released, and a hold does not stop. flow's verb, which then takes out of every
    room what these messages made.

    Returns by message whether something is left of it, to be brought on anew: what it says of other children, without
    whoever is destroyed.
    """
    parts = [part for part in released_parts(destruction) if not _stopped(part, at)]
    names = _spoken_of(
        head for part in parts for n, head in link.children_in(part.message_id).items() if n in part.persons
    )
    left = {part.message_id: _drop(by, at, part, names) for part in parts}
    Destroyed.objects.bulk_create(Destroyed(part=part, left=left[part.message_id], at=at) for part in parts)
    return left


def _stopped(part: DestructionPart, at: datetime) -> bool:
    """Whether a hold stands on this child, or on another whom the message names."""
    heads = {part.destruction.subject_id, *link.children_in(part.message_id).values()}
    return any(held_by(head, at) for head in heads)


def _drop(by: Actor, at: datetime, part: DestructionPart, names: frozenset[str]) -> bool:
    """Destroy one message, or leave of it what it says of others; whether something is left."""
    rest = _rest(part, names)
    if rest is None:
        receive.destroy(by=by, at=at, message_key=part.message_id)
    else:
        receive.leave_only(by=by, at=at, message_key=part.message_id, rest=rest)
    return rest is not None


def _rest(part: DestructionPart, names: frozenset[str]) -> Notice | None:
    """What a message says without whoever is destroyed; None where that is of no other child."""
    others = {head for n, head in link.children_in(part.message_id).items() if n not in part.persons}
    if not others:
        return None
    _, notice = received.reading_of(part.message_id)
    rest = without(notice, part.persons, names - _spoken_of(others))
    return rest if any(person.kind == CHILD for person in rest.persons) else None


def _spoken_of(heads: Iterable[int]) -> frozenset[str]:
    """Every string by which these children could be recognised in a text."""
    return frozenset(strings(said for head in set(heads) for _, said in link.statements_of(head)))


def _not_held(head: int, at: datetime) -> None:
    """Raises HeldError, with what stops it."""
    if standing := held_by(head, at):
        raise HeldError(standing[0])


def _say(by: Actor, at: datetime, destruction: Destruction, reason: str, *, released: bool) -> None:
    second = person(by)
    if not reason.strip():
        raise ValueError("say why")
    if DestructionWord.objects.filter(destruction=destruction).exists():
        raise ValueError("there was a word on this before")
    if second == destruction.by_id:
        raise SecondPersonError("a second person says it: not the one who proposed it")
    DestructionWord.objects.create(
        destruction=destruction, released=released, reason=reason.strip(), by_id=second, at=at
    )
    note(destruction=str(destruction.pk), released=released)
