"""Append-only tables: the database itself refuses to change or remove a row of them, in SQLite and in PostgreSQL.

A model says `append_only = True`; the triggers are installed again after every migration, because Django remakes a
SQLite table when a field changes, and its triggers are then silently gone (reference/stack.md).
A table's owner can still drop triggers: hence the chains.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connection

REFUSAL = "append-only: this table keeps what was once written"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION joinedup_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def append_only_tables() -> list[str]:
    """The tables of every model that says so, of any room."""
    kept = (model for model in apps.get_models() if getattr(model, "append_only", False))
    return sorted(model._meta.db_table for model in kept)  # noqa: SLF001 - Django's own way to a table's name


def statements(vendor: str, table: str) -> Iterator[str]:
    """What installs one table's triggers; harmless where they stand already."""
    if vendor == "sqlite":
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    for name, events, each in (("row", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {events} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION joinedup_append_only()"
        )


def install(sender: AppConfig, **_: Any) -> None:  # noqa: ARG001 - the signal's
    """After migrate: put the triggers (back) on every append-only table that exists."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in append_only_tables():
            for statement in statements(connection.vendor, table) if table in present else ():
                cursor.execute(statement)


COUNT = {
    "sqlite": f"SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%{REFUSAL}%' GROUP BY 1",
    "postgresql": "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'joinedup_append_only' AND t.tgenabled <> 'D' GROUP BY 1",
}


def unguarded() -> list[str]:
    """Append-only tables that exist but lack one of their two triggers."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(COUNT[connection.vendor])
        counts = dict(cursor.fetchall())
    return [table for table in append_only_tables() if table in present and counts.get(table) != 2]


def check_triggers(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's check (`check --database default`, and before serving): every append-only table is guarded."""
    missing = unguarded() if databases else []
    return [
        Error(f"{table} is not append-only: its triggers are gone", hint="run migrate again", id="share.E001")
        for table in missing
    ]
