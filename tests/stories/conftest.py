"""What the stories share: published cases replayed, each once in a process."""

from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

CASES = Path(__file__).parent / "cases"
Replayed = Callable[[Path], str]


def printed(case: Path) -> str:
    """What `joinedup replay CASE --json` prints."""
    out = StringIO()
    call_command("replay", str(case), json=True, stdout=out)
    return out.getvalue()


once = cache(printed)


@pytest.fixture(autouse=True, scope="session")
def told_on_sqlite() -> None:
    """Replays and the demonstration live in SQLite files of their own, whatever the run is about: once is enough."""
    if connection.vendor != "sqlite":
        pytest.skip("has an SQLite file of its own")


@pytest.fixture
def replay_anew(django_db_blocker: Any) -> Any:
    """Replays a case file; a replay has a database of its own, so the run's is left alone."""

    def replayed(case: Path) -> str:
        with django_db_blocker.unblock():
            return printed(case)

    return replayed


@pytest.fixture
def replay_once(django_db_blocker: Any) -> Any:
    """As `replay_anew`, but a case that was replayed before in this process is not replayed again."""

    def replayed(case: Path) -> str:
        with django_db_blocker.unblock():
            return once(case)

    return replayed
