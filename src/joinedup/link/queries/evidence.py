"""What bears on a set of records (internal: read by actions and batch, never by pages)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from joinedup.ground.grouping import Pair
from joinedup.link.models import Judgement, Match, Mention, Record
from joinedup.link.rules.decide import Evidence, Word
from joinedup.link.rules.model import Model
from joinedup.link.rules.score import Scored


@dataclass(frozen=True)
class Written:
    """How a record stands written: its group, its subject, and whether a standing message says it."""

    group: str
    subject: int
    standing: bool


@dataclass(frozen=True)
class Known:
    """The evidence on a component, and what stands written of it. `against`: by pair, what kept it apart."""

    evidence: Evidence
    written: dict[str, Written]
    against: dict[Pair, str]


def component(model: Model, seeds: Collection[str]) -> Known:
    """Everything that bears on the grouping of these records.

    Followed along pairs heavy enough to join or to rival, and along people's words: the rest of the population cannot
    change how these are grouped.
    """
    scored: dict[Pair, Scored] = {}
    against: dict[Pair, str] = {}
    found, frontier, words = set[str](), set(seeds), list[Word]()
    while frontier:
        found |= frontier
        for pair, one, why in _heavy(model.join_at - model.lead, frontier):
            scored[pair], against[pair] = one, why
        frontier = {key for pair in scored for key in pair} - found
        if not frontier:
            words = words_on(found)
            frontier = {key for word in words for key in (word.a, word.b)} - found
    return _known(found, scored, against, words)


def _heavy(at_least: int, keys: Collection[str]) -> Iterator[tuple[Pair, Scored, str]]:
    rows = Match.objects.filter(Q(a__in=keys) | Q(b__in=keys), weight__gte=at_least)
    for a, b, weight, levels, against in rows.values_list("a_id", "b_id", "weight", "levels", "against"):
        yield (
            frozenset((a, b)),
            Scored(weight, {name: (level, share) for name, (level, share) in levels.items()}),
            against,
        )


def _known(keys: set[str], scored: dict[Pair, Scored], against: dict[Pair, str], words: Iterable[Word]) -> Known:
    rows = Record.objects.filter(key__in=keys).values_list("key", "features", "group", "subject_id", "standing")
    read = {key: (features, Written(*written)) for key, features, *written in rows}
    in_messages = standing_mentions(read)
    evidence = Evidence(
        records={key: features for key, (features, _) in read.items()},
        scored=scored,
        one_notice=together_in(in_messages),
        words=tuple(word for word in words if word.a in read and word.b in read),
        fallen=frozenset(read.keys() - {key for said in in_messages.values() for key in said}),
    )
    return Known(evidence, {key: written for key, (_, written) in read.items()}, against)


def standing_mentions(keys: Collection[str] | None, *, kind: str = "") -> dict[str, set[str]]:
    """By message that stands: which records it mentions; of these keys, or (None) of everything of a kind."""
    said: dict[str, set[str]] = defaultdict(set)
    rows = Mention.objects.filter(message__withdrawn_at__isnull=True)
    rows = rows.filter(record__kind=kind) if keys is None else rows.filter(record__in=list(keys))
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
