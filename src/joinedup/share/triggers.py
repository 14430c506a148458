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
BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END "
FUNCTION = f"""
CREATE OR REPLACE FUNCTION joinedup_append_only() RETURNS trigger LANGUAGE plpgsql AS
$${BODY}$$
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {events} ON {table}
FOR EACH {each} EXECUTE FUNCTION joinedup_append_only()
"""
# By table, the triggers that stand as they were installed. One that only bears the name guards nothing: in SQLite the
# whole text is compared; in PostgreSQL that it is switched on for everybody, has no condition, is for the right events
# (27: before each updated or deleted row; 34: before truncating), and calls a function whose body is ours.
IN_SQLITE = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
IN_POSTGRESQL = """
SELECT c.relname, t.tgtype FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'joinedup_append_only' AND p.prosrc = %s AND t.tgtype IN (27, 34) AND t.tgenabled IN ('O', 'A')
AND t.tgqual IS NULL AND cardinality(t.tgattr::int2[]) = 0 AND pg_table_is_visible(c.oid)
"""
EACH = 2  # triggers that guard one table


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
    """After migrate: put the triggers (back) on every append-only table that exists, in place of any that only bear
    their names."""
    weak = unguarded()
    with connection.cursor() as cursor:
        for table in weak if connection.vendor == "sqlite" else ():
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}")
        for statement in statements(connection.vendor, weak):
            cursor.execute(statement)


def standing() -> dict[str, int]:
    """How many of its two triggers stand as they were installed, by append-only table that exists."""
    present = set(connection.introspection.table_names())
    found = _in_sqlite() if connection.vendor == "sqlite" else _in_postgresql()
    return {table: sum(one == table for one, _ in found) for table in append_only_tables() if table in present}


def _in_sqlite() -> set[tuple[str, str]]:
    ours = {one.strip().replace("IF NOT EXISTS ", "") for one in statements("sqlite", append_only_tables())}
    with connection.cursor() as cursor:
        cursor.execute(IN_SQLITE)
        return {(table, sql) for table, sql in cursor.fetchall() if sql in ours}


def _in_postgresql() -> set[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(IN_POSTGRESQL, [BODY])
        return set(cursor.fetchall())


def unguarded() -> list[str]:
    """Append-only tables that exist but lack one of their two triggers."""
    return [table for table, number in standing().items() if number != EACH]


def check_triggers(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's check (`check --database default`, and before serving): both triggers of every append-only table."""
    counted = standing() if databases else {}
    return [
        Error(
            f"{table} is not append-only: {number} of its {EACH} triggers stand as installed",
            hint="`joinedup audit verify` finds what was done; `joinedup migrate --skip-checks` puts them back",
            id="share.E001",
        )
        for table, number in counted.items()
        if number != EACH
    ]
