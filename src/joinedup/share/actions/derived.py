"""Derived rows: made exactly what follows from the facts, and written only where that differs (law 1)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

R = TypeVar("R", bound=Model)


def make_exactly(
    model: type[R], wanted: Iterable[R], kept: Mapping[str, Sequence[Any]], fields: Sequence[str]
) -> list[str]:
    """Make some rows of a room's own derived table exactly these; part of the act that derives. Returns keys changed.

    `kept`: the values of `fields` that stand, by key, of every row that may have to go. What stands elsewhere under a
    wanted key, before a join or a split, moves here.
    """
    manager, rows = model._default_manager, {str(row.pk): row for row in wanted}  # noqa: SLF001 - what any model has
    gone = [key for key in kept if key not in rows]
    put = [row for key, row in rows.items() if kept.get(key) != [getattr(row, name) for name in fields]]
    if gone:
        manager.filter(pk__in=gone).delete()
    if put:
        manager.bulk_create(put, update_conflicts=True, unique_fields=["key"], update_fields=fields)
    return [*gone, *(str(row.pk) for row in put)]
