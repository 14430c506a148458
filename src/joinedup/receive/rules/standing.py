"""Which messages stand: a pure property of the messages and of people's words on them, never of what came first.

A message no longer stands when a person set it aside, or when a placed message of the same agency corrects it.
A correction that was itself corrected still corrects; one that a person set aside does not. Corrections in a
circle correct nothing: both stand, contested, until a person says.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Kept:
    """One message as far as standing goes, all of one agency. `placed`: read and on its way, so it can correct."""

    key: str
    sender_id: str
    corrects: str
    placed: bool
    received_at: datetime
    set_aside_at: datetime | None  # by a person


@dataclass(frozen=True)
class Standing:
    """Since when and why it stands no more (never before it came), and whether another one stands in its place too."""

    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""  # corrected, taken-back
    contested: bool = False


def standings(messages: Collection[Kept]) -> dict[str, Standing]:
    """The standing of each message, by key."""
    speaking = [kept for kept in messages if kept.corrects and kept.placed and kept.set_aside_at is None]
    circles = in_circles(speaking)
    corrected: dict[str, datetime] = {}
    for kept in speaking:
        if kept.sender_id not in circles:
            corrected[kept.corrects] = min(kept.received_at, corrected.get(kept.corrects, kept.received_at))
    found = {kept.key: withdrawn(kept, corrected.get(kept.sender_id)) for kept in messages}
    standing = Counter(kept.sender_id for kept in messages if found[kept.key].withdrawn_at is None)
    return {
        kept.key: Standing(contested=standing[kept.sender_id] > 1 or kept.sender_id in circles)
        if found[kept.key].withdrawn_at is None
        else found[kept.key]
        for kept in messages
    }


def withdrawn(kept: Kept, corrected_at: datetime | None) -> Standing:
    """A person's word first, then a correction's."""
    if kept.set_aside_at is not None:
        return Standing(max(kept.received_at, kept.set_aside_at), "taken-back")
    return Standing(max(kept.received_at, corrected_at), "corrected") if corrected_at else Standing()


def in_circles(speaking: Iterable[Kept]) -> set[str]:
    """The ids whose corrections lead back to themselves."""
    follows: dict[str, set[str]] = defaultdict(set)
    for kept in speaking:
        follows[kept.sender_id].add(kept.corrects)
    return {sender_id for sender_id in list(follows) if sender_id in reached(follows, sender_id)}


def reached(follows: dict[str, set[str]], start: str) -> set[str]:
    """Every id that corrections lead to from `start`, by any number of steps."""
    found: set[str] = set()
    waiting: list[str] = sorted(follows.get(start, ()))
    while waiting:
        sender_id = waiting.pop()
        if sender_id not in found:
            found.add(sender_id)
            waiting += sorted(follows.get(sender_id, ()))
    return found
