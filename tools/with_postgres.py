"""Runs a command beside a PostgreSQL of its own: `python tools/with_postgres.py COMMAND ...`.

Makes a cluster in a temporary folder (as user `postgres` when run as root, since PostgreSQL refuses root), listens on a
socket only, sets JOINEDUP_DATABASE for the command, and removes everything afterwards. Durable: fsync stays on.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


def programs() -> Path:
    """The folder of the newest installed PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        sys.exit("PostgreSQL is not installed: apt-get install --no-install-recommends postgresql")
    return found[-1].parent


def as_postgres(*command: str | Path) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields its JOINEDUP_DATABASE address."""
    folder = Path(tempfile.mkdtemp(prefix="joinedup-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    as_postgres(programs() / "initdb", "-D", data, "-U", "joinedup", "-A", "trust", "--no-locale", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=50 -c shared_buffers=512MB"
    as_postgres(programs() / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        as_postgres(programs() / "createdb", "-h", folder, "-U", "joinedup", "joinedup")
        yield f"postgres://joinedup@{quote(str(folder), safe='')}/joinedup"
    finally:
        as_postgres(programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a run cut short leaves no cluster behind
    with cluster() as address:
        status = subprocess.run(sys.argv[1:], env={**os.environ, "JOINEDUP_DATABASE": address}, check=False).returncode
    sys.exit(status)
