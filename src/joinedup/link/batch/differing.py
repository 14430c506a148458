"""Matches and groups derived again in this process from the records alone (`link.rules.whole`), table by table.

`differences` proves that what stands is what follows from the facts.
"""

from collections.abc import Iterable
from typing import Any

from joinedup.ground.grouping import Pair
from joinedup.link.actions.grouping import heads_of
from joinedup.link.batch.facts import KINDS, given
from joinedup.link.models import BlockingKey, Match, Record
from joinedup.link.queries.editions import model_in_force
from joinedup.link.rules.statements import canonical
from joinedup.link.rules.whole import Derived, derive
from joinedup.share.queries import head_ids

Row = tuple[Any, ...]


def differences() -> list[str]:
    """What stands written and does not follow from the facts, or follows and is not written; empty when all is well."""
    return [fault for kind in KINDS for fault in _differences(kind, derive(kind, given(kind), model_in_force(kind)))]


def _differences(kind: str, derived: Derived) -> list[str]:
    pairs = {
        "features": (_features(kind), derived.features.items()),
        "blocking keys": (_blocks(kind), ((key, value) for key, values in derived.blocks.items() for value in values)),
        "matches": (_matches(kind), (_match_row(ends, derived) for ends in derived.matches)),
        "groups": (_groups(kind), ((key, members[0]) for members in derived.groups for key in members)),
        "heads": (_heads(kind), _heads_due(kind, derived)),
    }
    return [f"{kind}: {what} differ" for what, (written, due) in pairs.items() if _bag(written) != _bag(due)]


def _bag(rows: Iterable[Any]) -> list[str]:
    return sorted(canonical(row) for row in rows)  # a database keeps the keys of JSON in an order of its own


def _features(kind: str) -> Iterable[Row]:
    return Record.objects.filter(kind=kind).values_list("key", "features")


def _blocks(kind: str) -> Iterable[Row]:
    return BlockingKey.objects.filter(record__kind=kind).values_list("record_id", "value")


def _groups(kind: str) -> Iterable[Row]:
    return Record.objects.filter(kind=kind).values_list("key", "group")


def _matches(kind: str) -> Iterable[Row]:
    return Match.objects.filter(a__kind=kind).values_list("a_id", "b_id", "weight", "outcome", "why", "against")


def _match_row(ends: Pair, derived: Derived) -> Row:
    pair = derived.matches[ends]
    return (pair.a, pair.b, pair.scored.weight, pair.outcome, pair.why, derived.against.get(ends, ""))


def _heads(kind: str) -> Iterable[Row]:
    return head_ids(Record.objects.filter(kind=kind).values_list("subject_id", flat=True)).items()


def _heads_due(kind: str, derived: Derived) -> Iterable[Row]:
    subjects = dict(Record.objects.filter(kind=kind).values_list("key", "subject_id"))
    return heads_of(subjects, derived.groups).items()
