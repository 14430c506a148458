"""Where a database lives: reads JOINEDUP_DATABASE and the files of JOINEDUP_HOME. No Django here."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-64000;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;"
    "PRAGMA busy_timeout=0;"  # from here on its engine waits, not SQLite (web/sqlite/base.py)
)


class HomeError(ValueError):
    """Where a database is to live is no place that can be used; says what to name instead."""


@contextmanager
def usable(place: Path) -> Iterator[None]:
    """What the machine refuses within is a HomeError that names the place."""
    try:
        yield
    except OSError as trouble:
        refused = f"{place} cannot be used ({trouble.strerror}): name a folder that you may write to, in JOINEDUP_HOME"
        raise HomeError(refused) from trouble


def secret_key(home: Path) -> str:
    """The signing secret of this database, made once and readable by its owner only. Raises HomeError."""
    path = home / "secret.key"
    with usable(home):
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text()


def database(home: Path) -> dict[str, Any]:
    """Django's database settings from JOINEDUP_DATABASE: empty or `sqlite:///path`, or `postgres://user:pw@host/name`.

    Raises HomeError for another scheme, and for a place that cannot be written to.
    """
    url = urlsplit(os.environ.get("JOINEDUP_DATABASE", ""))
    if url.scheme in ("", "sqlite"):
        return sqlite(Path(url.path) if url.path else home / "joinedup.sqlite3")
    if url.scheme in ("postgres", "postgresql"):
        return postgres(url.path.lstrip("/"), url.hostname or "", str(url.port or ""), url.username, url.password)
    raise HomeError(f"JOINEDUP_DATABASE: {url.scheme}:// is not known; use sqlite:///path or postgres://…")


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite so that nothing acknowledged is lost: WAL, IMMEDIATE, synchronous=FULL: committed is on disk."""
    with usable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "joinedup.web.sqlite",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def postgres(name: str, host: str, port: str, user: str | None, password: str | None) -> dict[str, Any]:
    """PostgreSQL; a host that is a folder is a socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": unquote(host),
        "PORT": port,
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "CONN_MAX_AGE": 60,
    }
