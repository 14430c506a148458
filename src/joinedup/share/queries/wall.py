"""Reading behind the second wall: as the site role, inside a transaction that says who looks (`share.wall`)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from joinedup.share.models import Subject
from joinedup.share.rules import Look, granted
from joinedup.share.wall import LOOK, SITE

P = ParamSpec("P")
R = TypeVar("R")
SET = f"SELECT set_config('{LOOK}', %s, true), set_config('role', %s, true)"
OUTSIDE = ("", "none")
_here: ContextVar[tuple[str, str]] = ContextVar("who looks, and as which role of the database", default=OUTSIDE)


@contextmanager
def second_wall(*, for_: Look, heads: list[int]) -> Iterator[None]:
    """Whatever is read here comes of these heads alone (none named: of any), and only if this look opens them.

    Only reads: the site role changes nothing. Inside another wall, the inner one holds. On SQLite it does nothing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    before, now = _here.get(), (json.dumps(context(for_, heads)), SITE)
    with transaction.atomic():
        token = _stand(now)
        try:
            yield
        finally:
            _here.reset(token)
        _say(before)  # an error rolls back, and takes the settings with it


def _stand(said: tuple[str, str]) -> Any:
    _say(said)
    return _here.set(said)


def _say(said: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, said)


def context(for_: Look, heads: list[int]) -> dict[str, Any]:
    """What the database is told of a look: who, when, and the policy's rows that speak for them and open a child."""
    rows = [
        {"relations": [relation.name for relation in row.relations], "states": [state.name for state in row.states]}
        for row in granted(for_)
        if row.opens_child
    ]
    at = for_.at.isoformat()
    return {"practitioner": for_.practitioner_id, "agency": for_.agency, "at": at, "heads": heads, "rows": rows}


def behind_the_wall(query: Callable[P, R]) -> Callable[P, R]:
    """Let a query `(*, for_, head, ...)`, or with `child` for `head`, read about that child alone, behind the wall."""

    @wraps(query)
    def walled(*args: P.args, **kwargs: P.kwargs) -> R:
        about = kwargs.get("head", kwargs.get("child"))
        head = about.pk if isinstance(about, Subject) else about
        with second_wall(for_=kwargs["for_"], heads=[head]):  # type: ignore[arg-type, list-item]
            return query(*args, **kwargs)

    return walled
