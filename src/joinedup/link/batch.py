"""The whole population at once: matches and groups derived again from the records alone (`link.rules.whole`).

`differences` proves that what stands is what follows from the facts.
"""

from collections.abc import Iterable
from typing import Any

from joinedup.ground.grouping import Pair
from joinedup.link.actions.grouping import heads_of
from joinedup.link.models import BlockingKey, Judgement, Match, Mention, Record
from joinedup.link.queries.editions import model_in_force
from joinedup.link.queries.evidence import latest_words, lives_of, standing_mentions, together_in
from joinedup.link.rules.statements import ADULT, CHILD, PLACE, canonical
from joinedup.link.rules.whole import Derived, Given, derive
from joinedup.share.queries import head_ids

KINDS = (CHILD, ADULT, PLACE)
DERIVED = (Record, BlockingKey, Mention, Match)  # made anew by placing every message again; judgements are facts
Row = tuple[Any, ...]


def given(kind: str) -> Given:
    """The facts from which everything of a kind follows."""
    rows = Record.objects.filter(kind=kind).values_list("key", "agency_id", "statement")
    statements = {key: (agency, statement) for key, agency, statement in rows}
    in_messages = standing_mentions(kind)
    words = latest_words(Judgement.objects.order_by("at", "id").values_list("a", "b", "same"))
    standing = {key for said in in_messages.values() for key in said}
    fallen = frozenset(statements.keys() - standing)
    return Given(statements, together_in(in_messages), fallen, tuple(words), tuple(lives_of()))


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
