"""Plain SQL, in one wording for SQLite and PostgreSQL, for the questions that every single notice asks (internal).

Only these: Django needs longer to build such a question than the database to answer it, and a notice asks dozens.
"""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from string import Formatter
from typing import Any, overload

from django.db import connection


def under_heads(subject: str) -> str:
    """The condition that a joined `share_subject` is one of `{heads}` or stands under one.

    Under a subject that is no head any more stands nobody. As plain ORs, because PostgreSQL plans a subquery of this
    far longer than it runs it.
    """
    return f"(({subject}.id IN {{heads}} AND {subject}.head_id IS NULL) OR {subject}.head_id IN {{heads}})"


def rows(sql: str, **lists: Collection[Any]) -> list[Any]:
    """The rows that a query gives. Each `{name}` in it is one of `lists`, in brackets; a single value is a list of it.

    Where all the lists are empty nothing is asked. Values are as the database has them: see `utc` and `from_json`.
    """
    if lists and not any(lists.values()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_filled(sql, lists))
        return list(cursor.fetchall())


def change(sql: str, **lists: Collection[Any]) -> None:
    """Run one statement that changes rows; `{name}` as in `rows`."""
    with connection.cursor() as cursor:
        cursor.execute(*_filled(sql, lists))


def _filled(sql: str, lists: dict[str, Collection[Any]]) -> tuple[str, list[Any]]:
    """The statement with a mark for every value, and the values in order. Nothing is in an empty list."""
    marks = {name: f"({', '.join(['%s'] * len(values)) or 'NULL'})" for name, values in lists.items()}
    names = [name for _, name, _, _ in Formatter().parse(sql) if name]
    return sql.format(**marks), [_adapted(value) for name in names for value in lists[name]]


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@overload
def utc(value: datetime) -> datetime: ...
@overload
def utc(value: None) -> None: ...
def utc(value: datetime | None) -> datetime | None:
    """An instant as every database means it: SQLite gives it without its zone."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def from_json(value: Any) -> Any:
    """SQLite gives JSON as text, and so does PostgreSQL under Django."""
    return json.loads(value) if isinstance(value, str) else value
