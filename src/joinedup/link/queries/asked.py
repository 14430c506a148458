"""The questions that every single notice asks, in plain SQL for SQLite and PostgreSQL alike (internal).

Only these: Django needs longer to build each of them than the database to answer, and a notice asks a dozen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from joinedup.link.rules.features import Features
from joinedup.link.rules.score import Scored
from joinedup.share.queries import from_json, rows

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
    return rows(SHARING, values=values)


def features_of(keys: Collection[str]) -> dict[str, Features]:
    return {key: from_json(features) for key, features in rows(FEATURES, keys=keys)}


def records_of(keys: Collection[str]) -> dict[str, Written]:
    """These records as they stand written."""
    return {
        key: Written(kind, from_json(features), group, subject, bool(standing))
        for key, kind, features, group, subject, standing in rows(RECORDS, keys=keys)
    }


def matches_of(keys: Collection[str]) -> list[tuple[str, str, Scored, str]]:
    """(a, b, scored, against) of every kept pair with an end among these records."""
    return [(a, b, scored_of(weight, from_json(levels)), why) for a, b, weight, levels, why in rows(MATCHES, keys=keys)]


def standing_mentions_of(keys: Collection[str]) -> list[tuple[str, str]]:
    """(message, record) of every mention of these records by a message that stands."""
    return rows(STANDING_MENTIONS, keys=keys)


def words_on(keys: Collection[str]) -> list[tuple[str, str, bool | None]]:
    """(a, b, same) of people's words with an end among these records, in order of time; null: could not tell."""
    return [(a, b, None if same is None else bool(same)) for a, b, same in rows(WORDS, keys=keys)]


def scored_of(weight: int, levels: dict[str, list[Any]]) -> Scored:
    return Scored(weight, {name: (level, share) for name, (level, share) in levels.items()})
