"""The second wall, attacked by somebody who runs SQL of their own in a look: what it holds, and what it does not.

What it does not hold is said in decision 22: whoever can run any SQL at all can also say that somebody else looks.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from joinedup.papers.models import MustNotLearn
from joinedup.share import actions, wall
from joinedup.share.models import Subject
from joinedup.share.queries import second_wall
from joinedup.share.rules import LockReason
from share.cast import AT, House

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security: the policy's own filters stand alone there")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def asked(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def as_nurse(house: House) -> Iterator[None]:
    """What an injected statement runs as: the site role, in a nurse's own look."""
    with second_wall(for_=house.look("nurse", reason="x"), heads=[]):
        yield


def barring_of(house: House, child: Subject) -> None:
    """A row about a child, with words in it."""
    MustNotLearn.objects.create(
        subject=child, name="Dana Arden", what=[], reason="Said in confidence.", by=house.people["worker"], at=AT
    )


def refuses(house: House, sql: str) -> None:
    with pytest.raises(ProgrammingError) as refused, as_nurse(house):
        run(sql)
    assert isinstance(refused.value.__cause__, InsufficientPrivilege), sql


def test_a_table_of_ones_own_does_not_stand_before_the_policys(house) -> None:
    """PostgreSQL looks into a session's temporary tables first, unless a function says otherwise."""
    mine, other = house.child("a", known_to=("hospital",)), house.child("b", known_to=("police",))
    house.allocate(other, "worker")
    with as_nurse(house):
        before = asked("SELECT joinedup_opened()")
        run(
            "CREATE TEMP TABLE share_involvement AS SELECT 'held'::text AS relation, NULL::bigint AS practitioner_id,"
            f" 'hospital'::text AS agency_id, {other.pk}::bigint AS subject_id, NULL::timestamptz AS until,"
            " '2020-01-01'::timestamptz AS since"
        )
        run("GRANT ALL ON pg_temp.share_involvement TO PUBLIC")
        assert asked("SELECT joinedup_opened()") == before
    assert mine.pk in before
    assert other.pk not in before


@pytest.mark.parametrize("sql", [
    "SELECT password FROM share_practitioner", "SELECT salt FROM share_partnership", "TABLE share_practitioner",
    "SELECT reason FROM share_breakglass", "SELECT reason FROM share_caselock", "SELECT reason FROM share_conflict",
    "SELECT reason FROM share_glassreview", "SELECT secret_hash FROM share_credential",
    "SELECT 1 FROM sealed_caught", "SELECT 1 FROM sealed_caughtword", "SELECT 1 FROM receive_payloadkey",
    "SELECT 1 FROM django_session", "SELECT 1 FROM mfa_authenticator", "SELECT 1 FROM socialaccount_socialaccount",
])  # fmt: skip
def test_no_secret_no_reason_and_nothing_sealed_is_read(house, sql) -> None:
    actions.lock_case(
        by=house.look("manager").actor, at=AT, subject=house.child("a"), why=LockReason.REVIEW, reason="Ordered."
    )
    refuses(house, sql)


@pytest.mark.parametrize("sql", [
    "TRUNCATE chronicle_entry", "INSERT INTO share_involvement DEFAULT VALUES", "COPY share_auditrow TO STDOUT",
    "SELECT nextval('share_subject_id_seq')", "CREATE TABLE public.mine (x int)", "LOCK TABLE chronicle_entry",
    "DROP FUNCTION joinedup_opened()", "DROP POLICY site ON chronicle_entry", "ALTER ROLE joinedup_site BYPASSRLS",
    "CREATE VIEW public.all_of_it AS SELECT 1", "SELECT pg_read_file('postgresql.conf')",
    "CREATE OR REPLACE FUNCTION public.joinedup_opened() RETURNS SETOF bigint LANGUAGE sql AS 'SELECT 1::bigint'",
])  # fmt: skip
def test_nothing_is_written_or_made_and_no_file_is_read(house, sql) -> None:
    refuses(house, sql)


def test_what_the_planner_knows_of_hidden_rows_it_does_not_tell(house) -> None:
    barring_of(house, house.child("a", known_to=("police",)))
    run("ANALYZE papers_mustnotlearn")
    known = "SELECT count(*) FROM pg_stats WHERE tablename = 'papers_mustnotlearn' AND attname = 'reason'"
    assert asked(known) == [1]
    with as_nurse(house):
        assert asked(known) == [0]


def test_a_function_of_ones_own_is_shown_no_row_that_the_look_does_not_open(house) -> None:
    """However cheap it says it is: the policy's condition is asked before it."""
    barring_of(house, house.child("a", known_to=("police",)))
    run("CREATE TEMP TABLE seen (reason text)")
    run("GRANT INSERT ON pg_temp.seen TO joinedup_site")
    with as_nurse(house):
        run(
            "CREATE FUNCTION pg_temp.peek(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
            " $$ BEGIN INSERT INTO pg_temp.seen VALUES ($1); RETURN true; END $$"
        )
        run("SELECT 1 FROM papers_mustnotlearn WHERE pg_temp.peek(reason)")
    assert asked("SELECT count(*) FROM pg_temp.seen") == [0]
    assert asked("SELECT count(*) FROM papers_mustnotlearn") == [1]


def test_the_question_whom_a_look_opens_is_put_by_nobody_else(house) -> None:
    with transaction.atomic():
        run("CREATE ROLE joinedup_reports NOLOGIN")
        run("GRANT USAGE ON SCHEMA public TO joinedup_reports")
        run("SET LOCAL ROLE joinedup_reports")
        with pytest.raises(ProgrammingError, match="permission denied for function"), transaction.atomic():
            run("SELECT joinedup_opened()")
        transaction.set_rollback(True)


@pytest.mark.parametrize("done", [
    "CREATE POLICY more ON chronicle_entry FOR SELECT TO joinedup_site USING (true)",
    "ALTER POLICY site ON chronicle_entry USING (true)",
    "ALTER POLICY site ON chronicle_entry TO PUBLIC",
    "GRANT SELECT ON receive_message TO joinedup_site",
    "GRANT UPDATE (relation) ON share_involvement TO joinedup_site",
    "GRANT SELECT (password) ON share_practitioner TO joinedup_site",
    "ALTER ROLE joinedup_site BYPASSRLS",
    "ALTER FUNCTION joinedup_opened() RESET search_path",
    "GRANT EXECUTE ON FUNCTION joinedup_opened() TO PUBLIC",
    "ALTER TABLE chronicle_entry DISABLE ROW LEVEL SECURITY",
])  # fmt: skip
def test_a_wall_with_a_hole_in_it_is_found_and_built_again(done) -> None:
    assert wall.unwalled() == []
    run(done)
    assert wall.unwalled()
    assert {fault.id for fault in wall.check_wall(databases=["default"])} == {"share.E002"}
    call_command("migrate", verbosity=0)
    assert wall.unwalled() == []


def test_the_look_is_only_as_true_as_whoever_may_run_sql(house) -> None:
    """The limit, and why it is no secret: the wall is against a forgotten filter, not against SQL of somebody's own."""
    other = house.child("b", known_to=("police",))
    house.allocate(other, "worker")
    everything = [{"relations": ["ANY"], "states": ["OPEN", "NOT_OPEN", "LOCKED"]}]
    forged = json.dumps({"practitioner": 0, "agency": "", "at": AT.isoformat(), "heads": [], "rows": everything})
    with as_nurse(house), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('joinedup.look', %s, true)", [forged])
        assert other.pk in asked("SELECT joinedup_opened()")


def test_a_look_does_not_outlive_its_transaction_in_a_connection_that_is_used_again(house) -> None:
    barring_of(house, house.child("a", known_to=("hospital",)))
    hidden = "SELECT count(*) FROM papers_mustnotlearn"
    with as_nurse(house):
        assert asked(hidden) == [1]
    with pytest.raises(DatabaseError), as_nurse(house):
        run("SELECT 1 / 0")
    with transaction.atomic():
        run("SET LOCAL ROLE joinedup_site")
        assert asked("SELECT joinedup_opened()") == []
        assert asked(hidden) == [0]
        run("RESET ROLE")
