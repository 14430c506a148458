"""The second wall, in PostgreSQL: row-level security. Whatever a query forgot, the database itself gives no other row.

Pages read about children as the role `joinedup_site`, which may not get round policies, inside a transaction that says
who looks (`queries.wall`). Every table of the house has row-level security enabled and forced, and is one of three
kinds, found from the models and not from a list: about a subject (its rows are seen of the subjects that the look
opens), what the policy itself is decided by, and everything else, of which the site role sees nothing unless it is
named in `PLAIN`. Of what it sees it reads no secret (a password's hash, the audit's salt), and of what the policy is
decided by no free text. SQLite has no such thing; there the policy's filters stand alone.

It is a wall against a query that forgot its filter. Whoever can run SQL of their own can also say that somebody else
looks, or be the owner again: `set_config` is open to all (decision 22).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connection, models

from joinedup.ground.handling import Handling
from joinedup.ground.keys import digest
from joinedup.share.rules import GLASS, REPORTED

SITE = "joinedup_site"
LOOK = "joinedup.look"  # the setting that says who looks; local to a transaction, empty: nobody, and no rows
DECIDED_BY = frozenset(  # what the policy itself reads: who works with whom, what is locked; no case content
    {"share.Subject", "share.Involvement", "share.CaseLock", "share.Conflict", "share.BreakGlass", "share.GlassReview"}
)
NEVER = "joinedup.sealed."  # though its rows name subjects: that something was stopped tells that somebody is sealed
PLAIN = frozenset(  # about no child
    {"share.Partnership", "share.ClockSetting", "share.Agency", "share.Practitioner", "share.Appointment"}
    | {"share.Agreement", "recognise.PatternEdition"}
)
# The same question as `queries.policy.visible_subjects`, asked by the database: a test holds the two equal. The search
# path ends with pg_temp because PostgreSQL begins with it where it is not named: a temporary table of the asker's would
# then stand before the policy's own.
OPENED = f"""
CREATE OR REPLACE FUNCTION joinedup_opened() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
BOUND = f"""
DO $$ BEGIN IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '{SITE}') THEN
    ALTER ROLE {SITE} NOSUPERUSER NOBYPASSRLS;
END IF; END $$
"""  # noqa: S608 - the role's own name
MEMBER = f"SELECT pg_has_role(current_user, '{SITE}', 'member')"
DRAWN = "SELECT obj_description(to_regprocedure('joinedup_opened()'), 'pg_proc')"
STANDS = f"""
SELECT md5(string_agg(part, chr(10) ORDER BY part COLLATE "C")) FROM (
    SELECT concat_ws(' ', tablename, policyname, permissive, roles::text, cmd, qual, with_check) AS part
    FROM pg_policies WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', pg_get_functiondef(oid), proacl::text)
    FROM pg_proc WHERE oid = to_regprocedure('joinedup_opened()')
    UNION ALL SELECT concat_ws(' ', c.relname, given.privilege_type)
    FROM pg_class c, aclexplode(c.relacl) given WHERE given.grantee = to_regrole('{SITE}')
    UNION ALL SELECT concat_ws(' ', c.relname, a.attname, given.privilege_type)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) given
    WHERE given.grantee = to_regrole('{SITE}')
    UNION ALL SELECT concat_ws(' ', rolsuper, rolbypassrls) FROM pg_roles WHERE rolname = '{SITE}'
) AS wall
"""  # noqa: S608 - the role's own name
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
    about = {model: _about(model) for model in house_models() if _may_be_seen(model)}
    found |= {_table(model): condition for model, condition in about.items() if condition}
    while more := {_table(model): via for model in about if _table(model) not in found and (via := _via(model, found))}:
        found |= more
    return found


def _may_be_seen(model: type[models.Model]) -> bool:
    return _label(model) not in DECIDED_BY and not model.__module__.startswith(NEVER)


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
    shared = [_shared(model) for model in house_models() if _table(model) in seen]
    return [
        OPENED, f"REVOKE ALL ON FUNCTION joinedup_opened() FROM PUBLIC, {SITE}", BOUND,
        f"GRANT EXECUTE ON FUNCTION joinedup_opened() TO {SITE}", f"GRANT USAGE ON SCHEMA public TO {SITE}",
        f"REVOKE ALL ON {', '.join(every_table())} FROM {SITE}", *tables, *shared,
    ]  # fmt: skip


def every_table() -> list[str]:
    """The tables of every room and of every package."""
    return sorted({_table(model) for model in apps.get_models(include_auto_created=True)})


def _shared(model: type[models.Model]) -> str:
    """The columns that the site role reads."""
    shown = (f'"{field.column}"' for field in model._meta.concrete_fields if not _kept_back(model, field))  # noqa: SLF001
    return f"GRANT SELECT ({', '.join(shown)}) ON {_table(model)} TO {SITE}"


def _kept_back(model: Any, field: Any) -> bool:
    words = _label(model) in DECIDED_BY and isinstance(field, models.TextField)
    return words or model.data[field.name] is Handling.SECRET


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
    if set(every_table()) - set(connection.introspection.table_names()):
        return  # only some rooms are migrated: it is built with the last
    drawn = statements()
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        if not _said(MEMBER):
            cursor.execute(f"GRANT {SITE} TO CURRENT_USER")
        for statement in drawn:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION joinedup_opened() IS '{digest(*drawn)} {_said(STANDS)}'")


def unwalled() -> list[str]:
    """Tables without their policies; all of them if the wall is drawn otherwise than it stands, or has a hole.

    A hole is a policy, a grant or a right of the site role that is not as the wall was built.
    """
    tables = [_table(model) for model in house_models()]
    drawn, _, stood = str(_said(DRAWN)).partition(" ")
    if drawn != digest(*statements()):
        return tables
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        guarded = {row[0] for row in cursor.fetchall()}
    without = [table for table in tables if table not in guarded]
    return without or ([] if stood == _said(STANDS) else tables)


def _said(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def check_wall(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's check (`check --database default`): on PostgreSQL every table has its policies, forced."""
    missing = unwalled() if databases and connection.vendor == "postgresql" else []
    return [
        Error(f"{table} has no row-level security as it should be", hint="run migrate again", id="share.E002")
        for table in missing
    ]
