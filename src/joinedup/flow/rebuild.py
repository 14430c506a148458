"""Derive everything again from nothing but the facts, and say what differs from what stood (law 1).

Every room names its derived tables in its `batch.DERIVED`; the facts (messages, allotted subjects, what people decided
and judged) are left as they are. What waits and what is due is brought on first, so that only what stands is compared.
With `check` nothing is kept: the whole runs in a transaction that is rolled back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from joinedup.chronicle import batch as chronicle
from joinedup.flow import loading, ticking, way
from joinedup.link import batch as link
from joinedup.network import batch as network
from joinedup.receive import queries as received
from joinedup.recognise import batch as recognise
from joinedup.respond import batch as respond
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.actions import acting
from joinedup.share.rules import FLOW

DERIVED: tuple[type[models.Model], ...] = (
    *link.DERIVED,
    *chronicle.DERIVED,
    *network.DERIVED,
    *recognise.DERIVED,
    *respond.DERIVED,
)

Row = tuple[Any, ...]
Rows = dict[str, frozenset[Row]]
Track = Callable[[Iterable[str], int], Iterable[str]]


@dataclass(frozen=True)
class Difference:
    """What one table held before and not after (lost), and after and not before (new): counts and some keys."""

    table: str
    lost: int
    new: int
    examples: tuple[str, ...] = ()


@dataclass
class Rebuilt:
    """What a rebuild did: how many messages and rows, and where it differs from what stood. Empty: no difference."""

    messages: int
    rows: int
    differences: list[Difference] = field(default_factory=list)


class _NothingKept(Exception):  # noqa: N818 - what is so, rather than an error
    """Ends a check, and with it everything that it did."""

    def __init__(self, found: Rebuilt) -> None:
        self.found = found


def rebuild(*, at: datetime, check: bool, track: Track = lambda keys, total: keys) -> Rebuilt:  # noqa: ARG005
    """Derive everything again as of `at`; with `check`, keep what stood and only report."""
    try:
        with acting("flow.rebuild", by=FLOW, at=at):
            found = derived_anew(at=at, track=track)
            if check:
                raise _NothingKept(found)
    except _NothingKept as done:
        found = done.found
    return found


def derived_anew(*, at: datetime, track: Track) -> Rebuilt:
    """Bring on what waits, derive everything from nothing, and compare what stood with what stands now."""
    ticking.stir_due(at=at, waiting=False)  # whoever is asked about tomorrow stands: looking now would hide a fault
    loading.bring_waiting(at=at)
    before = snapshot()
    forget(at=at)
    keys = received.placed_in_order()
    loading.bring_all(track(keys, len(keys)), at=at)
    way.derive(by=FLOW, at=at, heads=house.every_head(kind="child"))
    loading.bring_waiting(at=at)
    after = snapshot()
    return Rebuilt(len(keys), sum(map(len, after.values())), differences(before, after))


def forget(*, at: datetime) -> None:
    """Empty every derived table, the latest room's first, and let every subject be its own head again."""
    for model in reversed(DERIVED):
        model._default_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 - nothing that hangs on it is left
    share.part_all(by=FLOW, at=at)


def snapshot() -> Rows:
    """Every derived row as plain values, without surrogate ids; who is whom; and which agencies know of them."""
    rows = {model._meta.label: frozenset(plain_rows(model)) for model in DERIVED}  # noqa: SLF001 - Django's own name
    together, reached = house.heads_as_they_stand().items(), house.reached_as_they_stand()
    return rows | {"share.Subject": frozenset(together), "share.Involvement": frozenset(reached)}


def plain_rows(model: type[models.Model]) -> Iterator[Row]:
    manager, fields = model._default_manager, model._meta.concrete_fields  # noqa: SLF001 - what any model has
    names = [one.attname for one in fields if not isinstance(one, models.AutoField)]
    for row in manager.values_list(*names).iterator():
        yield tuple(repr(value) if isinstance(value, dict | list) else value for value in row)


def differences(before: Rows, after: Rows) -> list[Difference]:
    found = []
    for table in before:
        lost, new = before[table] - after[table], after[table] - before[table]
        if lost or new:
            examples = tuple(dict.fromkeys(str(row[0])[:12] for row in sorted(lost | new, key=repr)))[:5]
            found.append(Difference(table, len(lost), len(new), examples))
    return found
