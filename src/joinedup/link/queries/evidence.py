"""What bears on a set of records (internal: read by actions and batch, never by pages)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from django.db.models import Q

from joinedup.ground.grouping import Pair
from joinedup.link.models import Judgement, Match, Mention, Record
from joinedup.link.rules.decide import Evidence, Word
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scored


def evidence(model: Model, seeds: Collection[str]) -> tuple[Evidence, dict[Pair, str]]:
    """Everything that bears on the grouping of these records; and, as it stands written, what kept pairs apart.

    Followed along pairs heavy enough to join or to rival, and along people's words: the rest of the population cannot
    change how these are grouped.
    """
    found: set[str] = set()
    scored: dict[Pair, Scored] = {}
    against: dict[Pair, str] = {}
    words: set[Word] = set()
    frontier = set(seeds)
    while frontier:
        found |= frontier
        for pair, one, why in _heavy(model.join_at - model.lead, frontier):
            scored[pair], against[pair] = one, why
        words |= set(words_on(frontier))
        frontier = {key for pair in scored for key in pair} | {key for word in words for key in (word.a, word.b)}
        frontier -= found
    return _evidence(found, scored, words), against


def _heavy(at_least: int, keys: Collection[str]) -> Iterator[tuple[Pair, Scored, str]]:
    rows = Match.objects.filter(Q(a__in=keys) | Q(b__in=keys), weight__gte=at_least)
    for a, b, weight, levels, against in rows.values_list("a_id", "b_id", "weight", "levels", "against"):
        yield (
            frozenset((a, b)),
            Scored(weight, {name: (level, share) for name, (level, share) in levels.items()}),
            against,
        )


def _evidence(keys: set[str], scored: dict[Pair, Scored], words: set[Word]) -> Evidence:
    in_messages = standing_mentions(keys)
    return Evidence(
        records=dict(Record.objects.filter(key__in=keys).values_list("key", "features")),
        scored=scored,
        one_notice=together_in(in_messages),
        words=tuple(sorted(words)),
        fallen=frozenset(keys - {key for said in in_messages.values() for key in said}),
    )


def standing_mentions(keys: Collection[str] | None, *, kind: str = "") -> dict[str, set[str]]:
    """By message that stands: which records it mentions; of these keys, or (None) of everything of a kind."""
    said: dict[str, set[str]] = defaultdict(set)
    rows = Mention.objects.filter(message__withdrawn_at__isnull=True)
    rows = rows.filter(record__kind=kind) if keys is None else rows.filter(record__in=keys)
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
