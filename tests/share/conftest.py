"""The partnership of these tests, and a database that refuses."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from share import cast


@pytest.fixture
def house(db: None) -> cast.House:
    return cast.found()


@pytest.fixture
def refused_by_database() -> Callable[[str], None]:
    """Runs a statement that the database must refuse, in a savepoint so that the test can go on."""

    def run(statement: str) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run
