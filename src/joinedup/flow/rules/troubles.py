"""Which troubles pass by themselves: another worker was in the way, the disk is full, the database is away.

What passes is tried again and is no fault of the message; everything else is, and goes to a person (law 4).
"""

SQLITE_PASSING = {5, 6, 10, 13, 14}  # busy, locked, disk error, disk full, cannot open: sqlite.org/rescode.html
# Classes of PostgreSQL's SQLSTATE: connection, rolled back (deadlock), no resources, in use, operator, system.
POSTGRES_PASSING = ("08", "40", "53", "55", "57", "58")
LOST = {"OperationalError", "InterfaceError"}  # of psycopg, without an SQLSTATE: the connection is gone


def passes(trouble: BaseException | None) -> bool:
    """True if this trouble, or one that it came from, is of the kind that passes."""
    while trouble is not None:
        if _passes(trouble):
            return True
        trouble = trouble.__cause__
    return False


def _passes(trouble: BaseException) -> bool:
    sqlite = getattr(trouble, "sqlite_errorcode", None)
    if sqlite is not None:
        return sqlite & 0xFF in SQLITE_PASSING
    if not type(trouble).__module__.startswith("psycopg"):
        return False
    state = getattr(trouble, "sqlstate", None)
    return state.startswith(POSTGRES_PASSING) if state else type(trouble).__name__ in LOST
