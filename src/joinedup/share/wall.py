"""The second wall, in PostgreSQL: row-level security. Whatever a query forgot, the database itself gives no other row.

Pages read about children as the role `joinedup_site`, which may not get round policies, inside a transaction that says
who looks (`queries.wall`). Every table of the house has row-level security enabled and forced, and is one of three
kinds, found from the models and not from a list: about a subject (its rows are seen of the subjects that the look
opens), what the policy itself is decided by, and everything else, of which the site role sees nothing unless it is
named in `PLAIN`. SQLite has no such thing; there the policy's filters stand alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connection, models

from joinedup.ground.keys import digest
from joinedup.share.rules import GLASS, REPORTED

SITE = "joinedup_site"
LOOK = "joinedup.look"  # the setting that says who looks; local to a transaction, empty: nobody, and no rows
DECIDED_BY = frozenset(  # what the policy itself reads: who works with whom, what is locked; no case content
    {"share.Subject", "share.Involvement", "share.CaseLock", "share.Conflict", "share.BreakGlass", "share.GlassReview"}
)
PLAIN = frozenset(  # about no child
    {"share.Partnership", "share.ClockSetting", "share.Agency", "share.Practitioner", "share.Appointment"}
    | {"share.Agreement", "recognise.PatternEdition"}
)
# The same question as `queries.policy.visible_subjects`, asked by the database: a test holds the two equal.
OPENED = f"""
CREATE OR REPLACE FUNCTION joinedup_opened() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    look jsonb := nullif(current_setting('{LOOK}', true), '')::jsonb;
    who bigint := (look->>'practitioner')::bigint;
    at_ timestamptz := (look->>'at')::timestamptz;
    heads bigint[] := ARRAY(SELECT jsonb_array_elements_text(look->'heads')::bigint);
    ids bigint[];
BEGIN
    IF look IS NULL THEN RETURN; END IF;
    IF heads = '{{}}' THEN ids := ARRAY(SELECT id FROM share_subject);
    ELSE ids := ARRAY(
        SELECT id FROM share_subject WHERE id = ANY (heads)
        UNION SELECT id FROM share_subject WHERE head_id = ANY (heads)
    ); END IF;
    RETURN QUERY
    WITH candidate AS (SELECT s.id, coalesce(s.head_id, s.id) AS head FROM share_subject s WHERE s.id = ANY (ids)),
    part AS (
        SELECT c.head, i.practitioner_id, i.agency_id, i.relation
        FROM share_involvement i JOIN candidate c ON c.id = i.subject_id
        WHERE i.subject_id = ANY (ids) AND i.since <= at_ AND (i.until IS NULL OR i.until > at_)
    ),
    mine AS (
        SELECT head, CASE WHEN practitioner_id IS NULL THEN 'AGENCY' WHEN part.relation = '{GLASS}' THEN 'GLASS'
            WHEN part.relation = '{REPORTED}' THEN 'REPORTED' ELSE 'OWN' END AS relation
        FROM part WHERE practitioner_id = who OR practitioner_id IS NULL AND agency_id = look->>'agency'
        UNION SELECT head, 'ANY' FROM candidate
    ),
    locked AS (
        SELECT c.head FROM candidate c JOIN (
            SELECT DISTINCT ON (l.subject_id) l.subject_id, l.stands FROM share_caselock l WHERE l.at <= at_
            ORDER BY l.subject_id, l.at DESC, l.id DESC
        ) l ON l.subject_id = c.id WHERE l.stands
    ),
    barred AS (
        SELECT c.head FROM candidate c JOIN (
            SELECT DISTINCT ON (l.subject_id) l.subject_id, l.stands FROM share_conflict l
            WHERE l.at <= at_ AND l.practitioner_id = who ORDER BY l.subject_id, l.at DESC, l.id DESC
        ) l ON l.subject_id = c.id WHERE l.stands
    ),
    state AS (
        SELECT each.head, CASE WHEN each.head IN (SELECT locked.head FROM locked) THEN 'LOCKED'
            WHEN each.head IN (SELECT part.head FROM part WHERE practitioner_id IS NOT NULL AND relation = 'allocated')
            THEN 'OPEN' ELSE 'NOT_OPEN' END AS state
        FROM (SELECT DISTINCT candidate.head FROM candidate) each
        WHERE each.head NOT IN (SELECT barred.head FROM barred)
    ),
    granted AS (
        SELECT relation, state FROM jsonb_array_elements(look->'rows') AS line,
            jsonb_array_elements_text(line->'relations') AS relation, jsonb_array_elements_text(line->'states') AS state
    )
    SELECT DISTINCT c.id
    FROM candidate c JOIN state USING (head) JOIN mine USING (head) JOIN granted USING (relation, state);
END $$
"""  # noqa: S608 - the setting's own name
ROLE = f"""
DO $$ BEGIN CREATE ROLE {SITE} NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
MEMBER = f"SELECT pg_has_role(current_user, '{SITE}', 'member')"
STANDS = "SELECT obj_description(to_regprocedure('joinedup_opened()'), 'pg_proc')"
GUARDED = """
SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = 'house'
"""


def house_models() -> list[type[models.Model]]:
    """Every model of the house, by the name of its table."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("joinedup."))
    return sorted(ours, key=lambda model: model._meta.db_table)  # noqa: SLF001 - Django's own way to a table's name


def conditions() -> dict[str, str]:
    """Which rows of each table the site role sees, as SQL; a table of which it sees none is left out."""
    found = dict.fromkeys((_table(model) for model in house_models() if _label(model) in DECIDED_BY | PLAIN), "true")
    about = {model: _about(model) for model in house_models() if _label(model) not in DECIDED_BY}
    found |= {_table(model): condition for model, condition in about.items() if condition}
    while more := {_table(model): via for model in about if _table(model) not in found and (via := _via(model, found))}:
        found |= more
    return found


def _about(model: type[models.Model]) -> str:
    """Of the subjects that a row names, one must be opened."""
    names = [field.column for field in _foreign(model) if _label(field.related_model) == "share.Subject"]
    return " OR ".join(f"{name} IN (SELECT joinedup_opened())" for name in names)


def _via(model: type[models.Model], found: dict[str, str]) -> str:
    """The row hangs on one that is about a subject: it is seen with it."""
    parents = [
        (field.column, _table(field.related_model), field.target_field.column)
        for field in _foreign(model)
        if found.get(_table(field.related_model), "true") != "true"
    ]
    return " OR ".join(f"{name} IN (SELECT {key} FROM {table})" for name, table, key in parents)  # noqa: S608 - names


def _foreign(model: type[models.Model]) -> Iterator[Any]:
    return (field for field in model._meta.concrete_fields if field.is_relation)  # noqa: SLF001


def _table(model: Any) -> str:
    return str(model._meta.db_table)  # noqa: SLF001


def _label(model: Any) -> str:
    return str(model._meta.label)  # noqa: SLF001


def statements() -> list[str]:
    """What builds the wall, in order; harmless where it stands already."""
    seen = conditions()
    tables = [table for model in house_models() for table in _policies(_table(model), seen.get(_table(model), ""))]
    shared = f"GRANT SELECT ON {', '.join(sorted(seen))} TO {SITE}"
    return [OPENED, f"GRANT USAGE ON SCHEMA public TO {SITE}", *tables, shared]


def _policies(table: str, condition: str) -> Iterator[str]:
    """`house`: whoever owns the table, flow and what people's acts do; `site`: what is read for a look."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS house ON {table}"
    yield f"DROP POLICY IF EXISTS site ON {table}"
    yield f"CREATE POLICY house ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    if condition:
        yield f"CREATE POLICY site ON {table} FOR SELECT TO {SITE} USING ({condition})"


def install(sender: AppConfig | None, **_: Any) -> None:  # noqa: ARG001 - the signal's
    """After migrate: build the wall, if it does not stand as it is now drawn and every table exists."""
    if connection.vendor != "postgresql" or unwalled() == []:
        return
    if {_table(model) for model in house_models()} - set(connection.introspection.table_names()):
        return  # only some rooms are migrated: it is built with the last
    drawn = statements()
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        cursor.execute(MEMBER)
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {SITE} TO CURRENT_USER")
        for statement in [*drawn, f"COMMENT ON FUNCTION joinedup_opened() IS '{digest(*drawn)}'"]:
            cursor.execute(statement)


def unwalled() -> list[str]:
    """Tables without their policies; all of them if the wall is drawn otherwise than it stands."""
    tables = [_table(model) for model in house_models()]
    with connection.cursor() as cursor:
        cursor.execute(STANDS)
        if cursor.fetchone()[0] != digest(*statements()):
            return tables
        cursor.execute(GUARDED)
        guarded = {row[0] for row in cursor.fetchall()}
    return [table for table in tables if table not in guarded]


def check_wall(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's check (`check --database default`): on PostgreSQL every table has its policies, forced."""
    missing = unwalled() if databases and connection.vendor == "postgresql" else []
    return [
        Error(f"{table} has no row-level security as it should be", hint="run migrate again", id="share.E002")
        for table in missing
    ]
