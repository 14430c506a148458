"""Grouping written down: records' groups, the rules that kept pairs apart, and (through share) subjects' heads."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from joinedup.ground.grouping import Pair
from joinedup.ground.keys import digest
from joinedup.link.models import Match, Record
from joinedup.link.queries.evidence import evidence
from joinedup.link.rules.decide import decide
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
    known, against = evidence(model, seeds)
    decided = decide(model, known)
    rows = {
        record.key: record for record in Record.objects.filter(key__in=known.records).defer("statement", "features")
    }
    write_groups(rows, decided.groups, known.fallen)
    write_reasons(against, decided.against)
    if len(rows) == 1:
        return set()
    return set_heads(by=by, at=at, heads=heads_of(rows, decided.groups))


def write_groups(rows: Mapping[str, Record], groups: Collection[tuple[str, ...]], fallen: Collection[str]) -> None:
    """Each record's group is its smallest key; only what changed is written."""
    changed = []
    for members in groups:
        for key in members:
            record, now = rows[key], (members[0], key not in fallen)
            if (record.group, record.standing) != now:
                record.group, record.standing = now
                changed.append(record)
    if changed:
        Record.objects.bulk_update(changed, ["group", "standing"])


def write_reasons(written: Mapping[Pair, str], decided: Mapping[Pair, str]) -> None:
    """Put beside each scored pair the rule that, in this company, kept it apart; only what changed is written."""
    for pair, why in written.items():
        if (now := decided.get(pair, "")) != why:
            Match.objects.filter(key=pair_key(pair)).update(against=now)


def heads_of(rows: Mapping[str, Record], groups: Collection[tuple[str, ...]]) -> dict[int, int]:
    """{subject: head}: the head is the subject allotted first."""
    ids = [[rows[key].subject_id for key in members] for members in groups]
    return {subject: min(subjects) for subjects in ids for subject in subjects}


def pair_key(pair: Pair) -> str:
    return digest(*sorted(pair))
