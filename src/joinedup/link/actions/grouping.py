"""Grouping written down: records' groups, the rules that kept pairs apart, and (through share) subjects' heads."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connection

from joinedup.ground.grouping import Pair
from joinedup.ground.keys import digest
from joinedup.link.models import Match, Record
from joinedup.link.queries.evidence import Known, component
from joinedup.link.rules.decide import Decided, decide
from joinedup.link.rules.model import model_for
from joinedup.share.actions import set_heads
from joinedup.share.rules import Actor

ONE_AT_A_TIME = 0x6C696E6B  # "link": the advisory lock of placing and settling


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else places: two records of one child must not miss each other.

    SQLite's write transactions are alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def regroup(*, by: Actor, at: datetime, kind: str, seeds: Collection[str]) -> set[int]:
    """Group again the records that these touch. Returns the ids of subjects whose membership changed, old heads too."""
    model = model_for(kind)
    known = component(model, seeds)
    decided = decide(model, known.evidence)
    write_standing(known)
    write_reasons(known.against, decided.against)
    if not write_groups(known, decided):
        return set()
    subjects = {key: written.subject for key, written in known.written.items()}
    return set_heads(by=by, at=at, heads=heads_of(subjects, decided.groups))


def write_groups(known: Known, decided: Decided) -> bool:
    """Each record's group is its smallest key; only what changed is written. Whether anything did.

    Members cannot change without the group of one of them changing.
    """
    moved: dict[str, list[str]] = {
        members[0]: away
        for members in decided.groups
        if (away := [key for key in members if known.written[key].group != members[0]])
    }
    for group, keys in moved.items():
        Record.objects.filter(key__in=keys).update(group=group)
    return bool(moved)


def write_standing(known: Known) -> None:
    """Mark the records that fell, and those that stand again."""
    for fallen in (True, False):
        keys = [
            key
            for key, written in known.written.items()
            if written.standing is fallen and (key in known.evidence.fallen) is fallen
        ]
        if keys:
            Record.objects.filter(key__in=keys).update(standing=not fallen)


def write_reasons(written: Mapping[Pair, str], decided: Mapping[Pair, str]) -> None:
    """Put beside each scored pair the rule that, in this company, kept it apart; only what changed is written."""
    for pair, why in written.items():
        if (now := decided.get(pair, "")) != why:
            Match.objects.filter(key=pair_key(pair)).update(against=now)


def heads_of(subjects: Mapping[str, int], groups: Iterable[tuple[str, ...]]) -> dict[int, int]:
    """{subject: head} from each record's subject: the head is the subject allotted first."""
    ids = [[subjects[key] for key in members] for members in groups]
    return {subject: min(together) for together in ids for subject in together}


def pair_key(pair: Pair) -> str:
    return digest(*sorted(pair))
