"""Grouping written down: records' groups, the rules that kept pairs apart, and (through share) subjects' heads."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connection

from joinedup.ground.grouping import Pair
from joinedup.ground.keys import digest
from joinedup.link.models import Match, Record
from joinedup.link.queries.evidence import Around, around
from joinedup.link.rules.decide import Decided, Evidence, decide
from joinedup.link.rules.statements import CHILD
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


def regroup(*, by: Actor, at: datetime, seeds: Collection[str]) -> set[int]:
    """Group again, kind by kind, the records that these touch.

    Returns the ids of children's subjects whose membership changed, heads that are heads no more among them.
    """
    if not seeds:
        return set()
    found = around(seeds)
    changed: set[int] = set()
    for kind in found.kinds():
        evidence = found.evidence(kind)
        decided = decide(found.models[kind].model, evidence)
        write_standing(found, evidence)
        write_reasons(found.against, evidence, decided)
        if write_groups(found, decided):
            moved = set_heads(by=by, at=at, heads=heads_of(subjects_of(found), decided.groups))
            changed |= moved if kind == CHILD else set()
    return changed


def write_groups(found: Around, decided: Decided) -> bool:
    """Each record's group is its smallest key; only what changed is written. Whether anything did.

    Members cannot change without the group of one of them changing.
    """
    moved: dict[str, list[str]] = {
        members[0]: away
        for members in decided.groups
        if (away := [key for key in members if found.written[key].group != members[0]])
    }
    for group, keys in moved.items():
        Record.objects.filter(key__in=keys).update(group=group)
    return bool(moved)


def write_standing(found: Around, evidence: Evidence) -> None:
    """Mark the records that fell, and those that stand again."""
    turned = [key for key in evidence.records if found.written[key].standing is (key in evidence.fallen)]
    for standing in {key not in evidence.fallen for key in turned}:
        keys = [key for key in turned if (key not in evidence.fallen) is standing]
        Record.objects.filter(key__in=keys).update(standing=standing)


def write_reasons(written: Mapping[Pair, str], evidence: Evidence, decided: Decided) -> None:
    """Put beside each scored pair the rule that, in this company, kept it apart; only what changed is written."""
    for pair in evidence.scored:
        if (now := decided.against.get(pair, "")) != written[pair]:
            Match.objects.filter(key=pair_key(pair)).update(against=now)


def subjects_of(found: Around) -> dict[str, int]:
    return {key: record.subject for key, record in found.written.items()}


def heads_of(subjects: Mapping[str, int], groups: Iterable[tuple[str, ...]]) -> dict[int, int]:
    """{subject: head} from each record's subject: the head is the subject allotted first."""
    ids = [[subjects[key] for key in members] for members in groups]
    return {subject: min(together) for together in ids for subject in together}


def pair_key(pair: Pair) -> str:
    return digest(*sorted(pair))
