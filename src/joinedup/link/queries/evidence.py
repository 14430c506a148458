"""What bears on a set of records (internal: read by actions and batch, never by pages)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from joinedup.ground.grouping import Pair
from joinedup.link.models import Mention, Worked
from joinedup.link.queries.asked import Written, matches_of, records_of, standing_mentions_of, words_on
from joinedup.link.queries.editions import scorers_in_force
from joinedup.link.rules.decide import Evidence, Word
from joinedup.link.rules.score import Scored, Scorer


@dataclass
class Around:
    """Records around others, of every kind: all that could end in one group with them or rival them.

    `against`: by pair, what kept it apart as it stands written. `models`: of each kind, the edition in force.
    """

    written: dict[str, Written] = field(default_factory=dict)
    scored: dict[Pair, Scored] = field(default_factory=dict)
    against: dict[Pair, str] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    lives: list[frozenset[str]] = field(default_factory=list)
    models: dict[str, Scorer] = field(default_factory=scorers_in_force)
    in_messages: dict[str, set[str]] = field(default_factory=dict)

    def kinds(self) -> list[str]:
        return sorted({record.kind for record in self.written.values()})

    def evidence(self, kind: str) -> Evidence:
        """Everything that bears on the grouping of the records of one kind."""
        mine = {key: record.features for key, record in self.written.items() if record.kind == kind}
        said = {message: keys & mine.keys() for message, keys in self.in_messages.items()}
        return Evidence(
            records=mine,
            scored={pair: scored for pair, scored in self.scored.items() if pair <= mine.keys()},
            one_notice=together_in(said),
            words=tuple(word for word in self.words if word.a in mine and word.b in mine),
            fallen=frozenset(mine.keys() - {key for keys in said.values() for key in keys}),
            lives=tuple(inside for life in self.lives if (inside := life & mine.keys())),
        )


def around(seeds: Collection[str]) -> Around:
    """Follow pairs heavy enough to join or to rival, people's words and what they work with, until nothing new is met.

    The rest of the population cannot change how these records are grouped. While everything is derived anew, a word
    may be about a record that is not derived yet: whoever derives that one meets the word again.
    """
    found, asked = Around(), set[str]()
    frontier = set(seeds)
    while frontier:
        asked |= frontier
        found.written |= records_of(frontier)
        near = _follow(found, frontier)
        if not near:
            found.words = latest_words(words_on(found.written.keys()))
            found.lives = lives_of(found.written.keys())
            near = {key for word in found.words for key in (word.a, word.b)}.union(*found.lives)
        frontier = near - asked
    found.in_messages = _grouped(standing_mentions_of(found.written.keys()))
    return found


def _follow(found: Around, frontier: Collection[str]) -> set[str]:
    """Take in the heavy pairs of these records; returns the records newly met."""
    met: set[str] = set()
    for a, b, scored, against in matches_of(frontier):
        model = found.models[found.written[a if a in found.written else b].kind].model
        if scored.weight >= model.join_at - model.lead:
            pair = frozenset((a, b))
            found.scored[pair], found.against[pair] = scored, against
            met |= {a, b}
    return met - found.written.keys()


def lives_of(records: Collection[str] | None = None) -> list[frozenset[str]]:
    """The lives to which any of these records belong, each with all its records; null: every life."""
    rows = Worked.objects.all()
    if records is not None:
        rows = rows.filter(life__in=Worked.objects.filter(record__in=records).values("life"))
    found: dict[UUID, set[str]] = defaultdict(set)
    for life, record in rows.values_list("life", "record"):
        found[life].add(record)
    return [frozenset(found[life]) for life in sorted(found)]


def standing_mentions(kind: str) -> dict[str, set[str]]:
    """By message that stands: which records of a kind it mentions."""
    rows = Mention.objects.filter(message__withdrawn_at__isnull=True, record__kind=kind)
    return _grouped(rows.values_list("message_id", "record_id"))


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for message, record in rows:
        said[message].add(record)
    return said


def together_in(in_messages: dict[str, set[str]]) -> frozenset[Pair]:
    """Pairs that one notice mentions as two."""
    return frozenset(
        frozenset(pair) for said in in_messages.values() if len(said) > 1 for pair in combinations(sorted(said), 2)
    )


def latest_words(rows: Iterable[tuple[str, str, bool | None]]) -> list[Word]:
    """Of words in order of time, the last on each pair; who could not tell said nothing."""
    last = {(a, b): same for a, b, same in rows}
    return [Word(a, b, same) for (a, b), same in sorted(last.items()) if same is not None]
