"""Append-only tables: the database itself refuses to change or remove a row of them, in SQLite and in PostgreSQL.

A model says `append_only = True`; the triggers are installed again after every migration, because Django remakes a
SQLite table when a field changes, and its triggers are then silently gone.
A table's owner can still drop triggers: hence the chains.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connection

REFUSAL = "append-only: this table keeps what was once written"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION joinedup_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {events} ON {table}
FOR EACH {each} EXECUTE FUNCTION joinedup_append_only()
"""
COUNT = {  # of triggers that stand and are switched on, by table
    "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master "
    "WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT, ''append-only:%' GROUP BY 1",
    "postgresql": "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'joinedup_append_only' AND t.tgenabled <> 'D' GROUP BY 1",
}


def append_only_tables() -> list[str]:
    """The tables of every model that says so, of any room."""
    kept = (model for model in apps.get_models() if getattr(model, "append_only", False))
    return sorted(model._meta.db_table for model in kept)  # noqa: SLF001 - Django's own way to a table's name


def statements(vendor: str, tables: Iterable[str]) -> Iterator[str]:
    """What guards these tables; harmless where they are guarded already."""
    if vendor == "sqlite":
        for table in tables:
            yield SQLITE.format(table=table, event="update", refusal=REFUSAL)
            yield SQLITE.format(table=table, event="delete", refusal=REFUSAL)
        return
    yield FUNCTION
    for table in tables:
        yield POSTGRESQL.format(table=table, name="row", events="UPDATE OR DELETE", each="ROW")
        yield POSTGRESQL.format(table=table, name="truncate", events="TRUNCATE", each="STATEMENT")


def install(sender: AppConfig | None, **_: Any) -> None:  # noqa: ARG001 - the signal's
    """After migrate: put the triggers (back) on every append-only table that exists."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, [table for table in append_only_tables() if table in present]):
            cursor.execute(statement)


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
