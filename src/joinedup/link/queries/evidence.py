"""What bears on a set of records (internal: read by actions and batch, never by pages)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations

from django.db.models import Q

from joinedup.ground.grouping import Pair
from joinedup.link.models import Judgement, Match, Mention, Record
from joinedup.link.rules.decide import Evidence, Word
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scored


def component(model: Model, seeds: Collection[str]) -> tuple[set[str], dict[Pair, Scored]]:
    """The records that could end in a group with these or be rivals for it, and the scored pairs among them.

    Followed along pairs heavy enough to join or to rival, and along people's words; the rest of the population
    cannot change how these are grouped.
    """
    found: set[str] = set()
    scored: dict[Pair, Scored] = {}
    frontier = set(seeds)
    while frontier:
        found |= frontier
        near = _heavy(model.join_at - model.lead, frontier)
        scored |= near
        ends = {key for pair in near for key in pair} | {key for word in words_on(frontier) for key in (word.a, word.b)}
        frontier = ends - found
    return found, scored


def _heavy(at_least: int, keys: Collection[str]) -> dict[Pair, Scored]:
    rows = Match.objects.filter(Q(a__in=keys) | Q(b__in=keys), weight__gte=at_least)
    return {
        frozenset((a, b)): Scored(weight, {name: (level, share) for name, (level, share) in levels.items()})
        for a, b, weight, levels in rows.values_list("a_id", "b_id", "weight", "levels")
    }


def evidence(model: Model, seeds: Collection[str]) -> Evidence:
    """Everything that bears on the grouping of these records."""
    keys, scored = component(model, seeds)
    features = dict(Record.objects.filter(key__in=keys).values_list("key", "features"))
    in_messages = standing_mentions(keys)
    return Evidence(
        records=features,
        scored=scored,
        one_notice=together_in(in_messages),
        words=tuple(words_on(keys)),
        fallen=frozenset(keys - {key for said in in_messages.values() for key in said}),
    )


def standing_mentions(keys: Collection[str]) -> dict[str, set[str]]:
    """By message that stands: which of these records it mentions."""
    said: dict[str, set[str]] = defaultdict(set)
    rows = Mention.objects.filter(record__in=keys, message__withdrawn_at__isnull=True)
    for message, record in rows.values_list("message_id", "record_id"):
        said[message].add(record)
    return said


def together_in(in_messages: dict[str, set[str]]) -> frozenset[Pair]:
    """Pairs that one notice mentions as two."""
    return frozenset(
        frozenset(pair) for said in in_messages.values() if len(said) > 1 for pair in combinations(sorted(said), 2)
    )


def words_on(keys: Collection[str]) -> list[Word]:
    """People's latest word on every pair that has an end among these records."""
    rows = Judgement.objects.filter(Q(a__in=keys) | Q(b__in=keys))
    return latest_words(rows.order_by("at", "id").values_list("a", "b", "same"))


def latest_words(rows: Iterable[tuple[str, str, bool]]) -> list[Word]:
    """Of words in order of time, the last on each pair."""
    last = {(a, b): same for a, b, same in rows}
    return [Word(a, b, same) for (a, b), same in sorted(last.items())]
