"""Row-level security: on PostgreSQL the database itself gives a look no row of a child that the policy closes to it.

That it opens what the policy opens, and nothing else, is in `test_policy_against_oracle`.
"""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction

from joinedup.share import wall
from joinedup.share.queries import second_wall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security: the policy's own filters stand alone there")


def asked(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def test_every_table_has_its_policies_and_they_are_forced() -> None:
    tables = {model._meta.db_table for model in wall.house_models()}
    assert wall.unwalled() == []
    assert set(asked(wall.GUARDED)) == tables
    assert asked(f"SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = '{wall.SITE}'") == [False]


def test_without_a_look_there_are_no_rows(house) -> None:
    house.child("a", known_to=("hospital",))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [wall.SITE])
        assert asked("SELECT joinedup_opened()") == []
        assert asked("SELECT count(*) FROM chronicle_entry") == [0]
        assert asked("SELECT count(*) FROM link_record") == [0]


def test_the_site_role_changes_nothing_and_reads_no_key_and_no_message(house) -> None:
    for sql in (
        "UPDATE share_subject SET kind = 'x'", "DELETE FROM share_involvement", "SELECT 1 FROM receive_payloadkey",
        "SELECT 1 FROM receive_message", "SELECT 1 FROM sealed_seal", "SELECT 1 FROM share_auditrow",
        "ALTER TABLE share_subject DISABLE ROW LEVEL SECURITY", "SELECT 1 FROM share_credential",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError), second_wall(for_=house.look("mash"), heads=[]):
            asked(sql)


def test_the_look_ends_with_its_transaction_also_when_it_fails(house) -> None:
    with pytest.raises(DatabaseError), second_wall(for_=house.look("mash", reason="x"), heads=[]):
        asked("SELECT 1 / 0")
    assert asked("SELECT current_user = session_user") == [True]
    assert asked("SELECT coalesce(current_setting('joinedup.look', true), '')") == [""]


def test_within_a_wall_the_inner_one_holds_and_then_the_outer_again(house) -> None:
    child = house.child("a", known_to=("hospital",))
    with second_wall(for_=house.look("nurse", reason="x"), heads=[child.pk]):
        with second_wall(for_=house.look("lead", reason="x"), heads=[child.pk]):
            assert asked("SELECT joinedup_opened()") == []
        assert asked("SELECT joinedup_opened()") == [child.pk]
    assert asked("SELECT current_user = session_user") == [True]


def test_a_wall_that_was_taken_down_is_found_and_built_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE chronicle_entry NO FORCE ROW LEVEL SECURITY")
    assert wall.unwalled() == ["chronicle_entry"]
    assert [fault.id for fault in wall.check_wall(databases=["default"])] == ["share.E002"]
    call_command("migrate", verbosity=0)
    assert wall.unwalled() == []
