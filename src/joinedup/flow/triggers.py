"""PostgreSQL tells waiting workers itself: triggers on unread messages and stirred subjects notify their channel.

Installed again after every migration, as share does. SQLite needs none: its workers see that somebody committed.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connection

CHANNEL = "joinedup_flow"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION joinedup_wake() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_wakes AFTER {events} ON {table}
FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION joinedup_wake()
"""
WAKING = {  # what is waiting work, by table: the same conditions as those of the claims
    "receive_message": ("INSERT OR UPDATE OF stage", "NEW.stage = 'unread'"),
    "share_subject": ("UPDATE OF stirred_at", "NEW.stirred_at IS NOT NULL"),
}


def statements() -> Iterator[str]:
    """What wakes workers; harmless where it stands already."""
    yield FUNCTION
    for table, (events, when) in WAKING.items():
        yield TRIGGER.format(table=table, events=events, when=when)


def install(sender: AppConfig | None, **_: Any) -> None:  # noqa: ARG001 - the signal's
    """After migrate: put the triggers (back), where the database notifies and its tables exist."""
    if connection.vendor != "postgresql" or not WAKING.keys() <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
