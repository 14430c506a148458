"""The questions that every single notice asks, in plain SQL for SQLite and PostgreSQL alike (internal).

Only these: Django needs longer to build each of them than the database to answer, and a notice asks a dozen.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from joinedup.link.rules.features import Features
from joinedup.link.rules.score import Scored

SHARING = "SELECT value, record_id FROM link_blockingkey WHERE value IN {values}"
FEATURES = "SELECT key, features FROM link_record WHERE key IN {keys}"
RECORDS = 'SELECT key, kind, features, "group", subject_id, standing FROM link_record WHERE key IN {keys}'
MATCHES = """
SELECT a_id, b_id, weight, levels, against FROM link_match WHERE a_id IN {keys}
UNION SELECT a_id, b_id, weight, levels, against FROM link_match WHERE b_id IN {keys}
"""
STANDING_MENTIONS = """
SELECT m.message_id, m.record_id FROM link_mention m JOIN receive_message s ON s.key = m.message_id
WHERE s.withdrawn_at IS NULL AND m.record_id IN {keys}
"""
WORDS = "SELECT a, b, same FROM link_judgement WHERE a IN {keys} OR b IN {keys} ORDER BY at, id"


@dataclass(frozen=True)
class Written:
    """How a record stands written: its kind, features, group and subject, and whether a standing message says it."""

    kind: str
    features: Features
    group: str
    subject: int
    standing: bool


def sharing(values: Collection[str]) -> list[tuple[str, str]]:
    """(block, record) of every record in these blocks."""
    return _rows(SHARING, values)


def features_of(keys: Collection[str]) -> dict[str, Features]:
    return {key: _json(features) for key, features in _rows(FEATURES, keys)}


def records_of(keys: Collection[str]) -> dict[str, Written]:
    """These records as they stand written."""
    return {
        key: Written(kind, _json(features), group, subject, bool(standing))
        for key, kind, features, group, subject, standing in _rows(RECORDS, keys)
    }


def matches_of(keys: Collection[str]) -> list[tuple[str, str, Scored, str]]:
    """(a, b, scored, against) of every kept pair with an end among these records."""
    return [(a, b, scored_of(weight, _json(levels)), why) for a, b, weight, levels, why in _rows(MATCHES, keys)]


def standing_mentions_of(keys: Collection[str]) -> list[tuple[str, str]]:
    """(message, record) of every mention of these records by a message that stands."""
    return _rows(STANDING_MENTIONS, keys)


def words_on(keys: Collection[str]) -> list[tuple[str, str, bool]]:
    """(a, b, same) of people's words with an end among these records, in order of time."""
    return [(a, b, bool(same)) for a, b, same in _rows(WORDS, keys)]


def scored_of(weight: int, levels: dict[str, list[Any]]) -> Scored:
    return Scored(weight, {name: (level, share) for name, (level, share) in levels.items()})


def _rows(sql: str, wanted: Collection[str]) -> list[Any]:
    if not wanted:
        return []
    listed = f"({', '.join(['%s'] * len(wanted))})"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(keys=listed, values=listed), [*wanted] * sql.count("{"))
        return list(cursor.fetchall())


def _json(value: Any) -> Any:
    """SQLite gives JSON as text, and so does PostgreSQL under Django."""
    return json.loads(value) if isinstance(value, str) else value
