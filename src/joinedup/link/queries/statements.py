"""What agencies have said of somebody, statement by statement (internal: to train a model, or to link all again)."""

from collections.abc import Iterator

from joinedup.link.models import Record
from joinedup.link.rules.statements import Spoken


def standing_statements(kind: str) -> Iterator[Spoken]:
    """The statements of a kind that stand."""
    rows = Record.objects.filter(kind=kind, standing=True).order_by("key").values_list("agency", "statement")
    yield from (Spoken(agency, statement) for agency, statement in rows.iterator(chunk_size=5_000))
