"""Reads a message's bytes: JSON or CSV, any bytes at all, never an exception (law 4).

What can be read becomes a Notice with the problems found on the way; what cannot has none, and a person looks.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from joinedup.ground.codes import CodeSet
from joinedup.ground.keys import digest
from joinedup.receive.rules import csv
from joinedup.receive.rules.check import check
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.problems import Problem, problem
from joinedup.receive.rules.shape import shape

JSON, CSV = "application/json", "text/csv"
DEEPEST = 30  # levels of nesting; a notice has six
READERS = {JSON: "notice-json/1", CSV: "notice-csv/1"}


@dataclass(frozen=True)
class Known:
    """What a reader is told of the world: the civil day, the code set in force, this partnership's agency codes."""

    today: date
    codes: CodeSet
    agencies: frozenset[str]


@dataclass(frozen=True)
class Read:
    """What was understood. `notice` is None when a person must look.

    `content` is what makes two bodies the same: the JSON value in one spelling, otherwise the bytes themselves.
    """

    notice: Notice | None
    problems: tuple[Problem, ...]
    sender_id: str
    content: bytes
    corrects: str = ""


def read(body: bytes, media: str, *, agency: str, known: Known) -> Read:
    """Read one message sent by `agency` (as its credential says, whatever the notice says)."""
    value, content, problems = parse(body, media)
    given = str(value.get("id", "")) if isinstance(value, dict) and isinstance(value.get("id"), str | int) else ""
    sender_id = spoken_id(given) or f"content-{digest(content)[:16]}"
    if not isinstance(value, dict):
        return Read(None, tuple(problems), sender_id, content)
    notice, shape_problems = shape(value, sender_id, agency, known.today)
    if notice is not None:
        notice, check_problems = check(notice, known.codes, known.agencies, known.today)
        shape_problems = [*shape_problems, *check_problems]
    corrects = (notice.corrects or "") if notice else ""
    return Read(notice, distinct([*problems, *shape_problems]), sender_id, content, corrects)


def spoken_id(text: str) -> str:
    """The sender's id, fit for a database key: no control characters, at most 300; otherwise empty."""
    text = text.encode("utf-8", "replace").decode().strip()
    return text if 0 < len(text) <= 300 and text.isprintable() else ""


def distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order found, each once, at most a hundred: a receipt is for reading."""
    return tuple(dict.fromkeys(problems))[:100]


def parse(body: bytes, media: str) -> tuple[Any, bytes, list[Problem]]:
    """The value in the bytes (None if there is none), its content for comparison, and problems.

    JSON is compared in one spelling, so that a retry with other spacing or order of keys is the same message.
    """
    text, problems = decode(body)
    if text is None:
        return None, body, problems
    if media == CSV:
        value, row_problems = csv.notice_of(text)
        return value, body, problems + row_problems
    value, refusal = parse_json(text)
    if refusal:
        return None, body, [*problems, refusal]
    content = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    return value, content, problems + ([] if isinstance(value, dict) else [problem("not-an-object")])


def decode(body: bytes) -> tuple[str | None, list[Problem]]:
    """Text from UTF-8 (with or without its mark) or Windows-1252; None if it is neither."""
    try:
        return body.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return body.decode("cp1252"), [problem("encoding")]
    except UnicodeDecodeError:
        return None, [problem("not-text")]


class RepeatedFieldError(ValueError):
    """One key twice in one JSON object: parsers disagree on which holds (ASVS 5.0, 1.5.3)."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys stand once. Raises RepeatedFieldError."""
    if len(dict(pairs)) != len(pairs):
        raise RepeatedFieldError
    return dict(pairs)


def finite(word: str) -> float:
    """A number; NaN, Infinity and what overflows to them are none. Raises ValueError."""
    if not math.isfinite(float(word)):
        raise ValueError
    return float(word)


def parse_json(text: str) -> tuple[Any, Problem | None]:
    """The JSON value, or what is wrong with it."""
    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=finite, parse_float=finite)
    except RepeatedFieldError:
        return None, problem("repeated-field")
    except RecursionError:
        return None, problem("too-deep")
    except ValueError:
        return None, problem("not-json")
    return (None, problem("too-deep")) if deeper_than(DEEPEST, value) else (value, None)


def deeper_than(most: int, value: Any) -> bool:
    """Whether a JSON value nests deeper than `most`, found level by level, without recursion."""
    level = [value]
    for _ in range(most):
        level = [part for whole in level for part in parts_of(whole)]
    return bool(level)


def parts_of(value: Any) -> Iterable[Any]:
    """What an object or a list holds; nothing else holds anything."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
