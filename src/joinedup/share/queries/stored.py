"""The audit's rows and checkpoints as the database has them, whatever somebody made of them (internal).

Read as plain text: what Django or a driver would stumble over is to be named by its place, not to end the reading.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BinaryField, Func, Q

from joinedup.share.models import AuditLane, AuditRow, Checkpoint, Partnership
from joinedup.share.queries.people import NotFounded
from joinedup.share.rules.chain import LANES, canonical
from joinedup.share.rules.walk import Head, Stored

AT_ONCE = 5000  # rows in memory
TEXTS = ("act", "by", "agency", "purpose", "reason")
UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError)


class Tie(NamedTuple):
    """A checkpoint: its instant, where each lane stood (in order), its digest and that of the one before."""

    at: datetime
    heads: tuple[Head, ...]
    previous: str
    digest: str


class Plain(Func):
    """A column's text, not made into anything; NULL if it is no text at all."""

    template = "CAST(%(expressions)s AS TEXT)"
    output_field = BinaryField()  # SQLite would refuse text that is no UTF-8

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        text = "CASE WHEN typeof(%(expressions)s) = 'text' THEN CAST(%(expressions)s AS BLOB) END"
        return self.as_sql(compiler, connection, template=text)


def salt_of() -> bytes:
    """The log's salt. Raises NotFounded. What is no salt reads as an empty one, to which nothing fits."""
    found = Partnership.objects.values_list("salt", flat=True).first()
    if found is None:
        raise NotFounded
    return b"" if isinstance(found, str) else bytes(found)


def lane_rows(lane: int, *, after: int = 0, upto: int | None = None) -> Iterator[Stored]:
    """The rows of a lane in order of their numbers, one by one: those after row `after`, up to row `upto`."""
    wanted = Q(lane=lane, seq__gt=after) if after else Q(lane=lane)
    wanted &= Q() if upto is None else Q(seq__lte=upto)
    columns = (Plain(name) for name in ("at", *TEXTS, "what", "previous", "digest"))
    for seq, *texts in AuditRow.objects.filter(wanted).order_by("seq").values_list("seq", *columns).iterator(AT_ONCE):
        yield _stored(lane, seq, texts)


def head(lane: int) -> Head | None:
    """Where a lane says that it stands; None if it does not say."""
    found = AuditLane.objects.filter(lane=lane).values_list("seq", Plain("digest")).first()
    try:
        return (_count(found[0]), _text(found[1])) if found else None
    except UNREADABLE:
        return None


def ties() -> Iterator[Tie | None]:
    """The checkpoints in order of their ids; None stands for one that cannot be read."""
    columns = (Plain(name) for name in ("at", "heads", "previous", "digest"))
    for texts in Checkpoint.objects.order_by("pk").values_list(*columns).iterator(AT_ONCE):
        try:
            at, heads, previous, digest = map(_text, texts)
            yield Tie(_instant(at), _heads(_json(heads)), previous, digest)
        except UNREADABLE:
            yield None


def subjects_said(what: Any) -> list[int] | None:
    """Which subjects a row's `what`, as `Plain` has it, says that an answer released; None if it cannot be read."""
    try:
        return [_count(one) for one in json.loads(_text(what)).get("subjects", [])]
    except (*UNREADABLE, AttributeError):
        return None


def _stored(lane: int, seq: Any, texts: list[Any]) -> Stored:
    number = seq if isinstance(seq, int) else None
    try:
        at, *said, what, previous, digest = map(_text, texts)
        row = {"lane": lane, "seq": seq, "at": _instant(at), "what": _json(what)} | dict(zip(TEXTS, said, strict=True))
        return Stored(number, canonical(row), previous, digest)
    except UNREADABLE:
        return Stored(number, "", "", "")


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) else bytes(raw).decode()


def _count(raw: Any) -> int:
    if not isinstance(raw, int) or raw < 0:
        raise ValueError("no count")
    return raw


def _instant(text: str) -> datetime:
    """An instant; in SQLite, where any text will do, only in the one spelling that sorts and is filtered rightly."""
    at = datetime.fromisoformat(text)
    if connection.vendor == "sqlite" and str(at) != text:
        raise ValueError("another spelling")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _json(text: str) -> Any:
    """What a JSON column says; in SQLite only in the one spelling: of two equal keys some readers take the first."""
    said = json.loads(text)
    if connection.vendor == "sqlite" and json.dumps(said) != text:
        raise ValueError("another spelling")
    return said


def _heads(said: Any) -> tuple[Head, ...]:
    """Where each lane stood. Raises ValueError unless it says so of every lane and of nothing else."""
    if not isinstance(said, dict) or said.keys() != {str(lane) for lane in range(LANES)}:
        raise ValueError("not every lane")
    return tuple((_count(seq), _text(digest)) for seq, digest in (said[str(lane)] for lane in range(LANES)))
