"""Fills the index of records: what the linker meets in a town of this size, without the years of notices behind it.

Each record has its subject, its mention by a message that stands, its features and its blocking keys, as placing would
have written them. Matches and groups among them are left out: they do not bear on a newcomer's search.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from rich.progress import track

from benches.link_population import AGENCIES, lines
from joinedup.ground.keys import digest, new_fact_id
from joinedup.link.models import BlockingKey, Mention, Record
from joinedup.link.rules.blocks import blocking_keys
from joinedup.link.rules.features import features
from joinedup.receive.models import Message, PayloadKey
from joinedup.share import actions as share
from joinedup.share.rules import FLOW

AT_ONCE = 5_000
Row = dict[str, Any]


def children(n: int, seed: int = 21) -> list[Row]:
    """So many statements about children of the fictional population: {agency, statement}."""
    return list(islice((row for row in lines(n, seed=seed) if row["kind"] == "child"), n))


def add_agencies(at: datetime) -> None:
    """The agencies that the population is known to."""
    for code in AGENCIES:
        share.add_agency(by=FLOW, at=at, code=code, name=code, kind="other")


def index(rows: list[Row], at: datetime) -> None:
    """Write a record for each of these statements, with all that it is found by."""
    payload = PayloadKey.objects.create(id=new_fact_id(), wrapped=b"")  # of messages without a body
    starts = range(0, len(rows), AT_ONCE)
    for start in track(starts, description=f"{len(rows):,} records", transient=True):
        with transaction.atomic():
            write(dict(keyed(rows[start : start + AT_ONCE], start)), payload, at)


def keyed(rows: list[Row], start: int) -> Iterator[tuple[str, Row]]:
    return ((digest("child", row["agency"], str(n)), row) for n, row in enumerate(rows, start))


def write(rows: dict[str, Row], payload: PayloadKey, at: datetime) -> None:
    subjects = share.allot_subjects(by=FLOW, at=at, kinds=dict.fromkeys(rows, "child"))
    records = [
        Record(key=key, kind="child", agency_id=row["agency"], subject=subjects[key], group=key,
               statement=row["statement"], features=features("child", row["agency"], row["statement"]))
        for key, row in rows.items()
    ]  # fmt: skip
    Record.objects.bulk_create(records)
    Message.objects.bulk_create(
        Message(key=r.key, agency_id=r.agency_id, sender_id=r.key, channel="file", media="", body=b"", size=0,
                payload_key=payload, received_at=at, placed_at=at, stage="placed")
        for r in records
    )  # fmt: skip
    Mention.objects.bulk_create(
        Mention(key=r.key, message_id=r.key, n=1, record_id=r.key, role="subject") for r in records
    )
    BlockingKey.objects.bulk_create(
        BlockingKey(value=value, record_id=r.key) for r in records for value in blocking_keys("child", r.features)
    )
