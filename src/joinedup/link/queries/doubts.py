"""Doubts: pairs that may be one, which a person has not settled yet."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from joinedup.ground.grouping import Pair, group
from joinedup.ground.keys import digest
from joinedup.link.models import Judgement, Match, Record
from joinedup.link.queries.editions import model_in_force
from joinedup.link.queries.evidence import latest_words
from joinedup.link.queries.identities import Shown, shown
from joinedup.link.rules.decide import Word
from joinedup.link.rules.judging import DOUBT, JOIN
from joinedup.link.rules.lives import HELD_TOGETHER
from joinedup.link.rules.statements import PLACE
from joinedup.link.rules.waterfall import Waterfall, waterfall
from joinedup.link.rules.words import CONTRADICTED, REASONS, in_one_sentence, says, weighs
from joinedup.share.queries import Subject, at_once, head_ids, subjects, visible_subjects
from joinedup.share.rules import Look

KNOWN_FIRST = ("for", "against", "unknown")

Judged = tuple[Word, Pair]  # a person's latest word, and the groups in which its two records are
Hanging = Callable[[Collection[int]], Mapping[int, tuple[int, datetime | None]]]
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Difference:
    """One comparison in words: what it says, and how much that speaks for or against."""

    says: str
    weighs: str
    way: str  # for, against, unknown


@dataclass(frozen=True)
class Side:
    """One of the two records: its key, its subject's reference and its head's, and what was said."""

    key: str
    reference: str
    head_reference: str
    agency: str
    said: Shown


@dataclass(frozen=True)
class Puzzled:
    """That somebody could not tell, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Hangs:
    """What is open about either of two people: how many items, and the earliest of their clocks (null: none runs)."""

    items: int = 0
    due: datetime | None = None


@dataclass(frozen=True)
class Doubt:
    """Two records side by side. `sentence` is short, for lists; `why` is the rule that kept them apart, in words.

    `clashes`: people's words on them cannot all hold. `hangs`: what waits for the answer. `puzzled`: who could not
    tell. `fall`: how the comparisons weigh together, as a picture.
    """

    key: str
    kind: str
    sides: tuple[Side, Side]
    sentence: str
    why: str
    differences: tuple[Difference, ...]
    clashes: bool = False
    hangs: Hangs = Hangs()
    puzzled: Puzzled | None = None
    fall: Waterfall | None = None


def open_doubts() -> QuerySet[Match]:
    """Pairs that may be one, whose records stand and ended in two groups; or that may be two, and people hold together.

    Places are no question for anybody.
    """
    apart = ~Q(a__group=F("b__group"))
    return (
        Match.objects.filter(Q(outcome=DOUBT) | Q(outcome=JOIN), a__standing=True, b__standing=True)
        .filter(apart | Q(against=HELD_TOGETHER))
        .exclude(a__kind=PLACE)
        .select_related("a", "b")
        .order_by("-weight", "key")
    )


def nothing_hangs(_: Collection[int]) -> Mapping[int, tuple[int, datetime | None]]:
    return {}


def doubts(*, for_: Look, limit: int = 50, hanging: Hanging = nothing_hangs) -> list[Doubt]:
    """Doubts that this look may settle: the strongest pair of each two groups that nobody has settled.

    In order of what hangs on them: words that contradict each other, then by what is open about either person
    (`hanging`, by head: how much, and its earliest clock), then by strength; last those of which nobody could tell.
    """
    words = words_with_groups()
    clashing = list(contradicted(words))
    waiting = _waiting(words, clashing)
    heads = head_ids({record.subject_id for match in waiting for record in (match.a, match.b)})
    open_on = hanging(set(heads.values()))
    hangs = {match.key: _hangs(match, heads, open_on) for match in waiting}
    puzzled, clash = nobody_could_tell(hangs), {match.key for match in clashing}

    def first(match: Match) -> tuple[Any, ...]:
        on = hangs[match.key]
        return match.key in puzzled, match.key not in clash, on.due or LATEST, -on.items, -match.weight, match.key

    found = _as_doubts(sorted(waiting, key=first), for_, limit, clashing)
    return [replace(one, hangs=hangs[one.key], puzzled=puzzled.get(one.key)) for one in found]


def _hangs(match: Match, heads: Mapping[int, int], open_on: Mapping[int, tuple[int, datetime | None]]) -> Hangs:
    found = [open_on.get(heads[record.subject_id], (0, None)) for record in (match.a, match.b)]
    return Hangs(sum(items for items, _ in found), min((due for _, due in found if due), default=None))


def nobody_could_tell(matches: Collection[str]) -> dict[str, Puzzled]:
    """Of these matches (keys), those of which the latest word is that nobody can tell."""
    last: dict[str, Judgement] = {}
    for word in Judgement.objects.select_related("by").order_by("at", "id"):
        last[digest(word.a, word.b)] = word
    return {
        key: Puzzled(word.by.name, word.at, word.reason)
        for key, word in last.items()
        if word.same is None and key in matches
    }


def count_doubts() -> int:
    """How many pairs wait (internal: measures)."""
    words = words_with_groups()
    return len({_groups(match) for match in _waiting(words, list(contradicted(words)))})


def _waiting(words: Iterable[Judged], clashing: Iterable[Match]) -> list[Match]:
    chosen = list(clashing)
    passed = {groups for word, groups in words if not word.same} | {_groups(match) for match in chosen}
    for match in open_doubts().iterator(chunk_size=500):
        if _groups(match) not in passed:
            passed.add(_groups(match))
            chosen.append(match)
    return chosen


def _groups(match: Match) -> Pair:
    return frozenset((match.a.group, match.b.group))


def contradicted(words: Collection[Judged]) -> QuerySet[Match]:
    """Pairs on which people's words cannot all hold: who was called the same and stays apart, and what closes the ring.

    Which word is wrong only people can say (law 7), so each is laid before them again.
    """
    same = [word for word, groups in words if word.same and len(groups) == 2]
    ends = {key for word in same for key in (word.a, word.b)}
    rings = group(ends, (), set(), {frozenset((word.a, word.b)) for word in same}, 0, 0).groups
    of = {key: ring for ring in rings for key in ring}
    closing = [word for word, _ in words if not word.same and word.a in of and of[word.a] == of.get(word.b)]
    keys = [digest(word.a, word.b) for word in (*same, *closing)]
    standing = Match.objects.filter(key__in=keys, a__standing=True, b__standing=True).exclude(a__kind=PLACE)
    return standing.select_related("a", "b").order_by("-weight", "key")


def doubt_of(*, for_: Look, key: str) -> Doubt | None:
    """One pair by its key, settled or not; None if there is none or this look may not open both sides."""
    found = Match.objects.filter(key=key).select_related("a", "b")
    doubts_ = _as_doubts(found, for_, 1, contradicted(words_with_groups()))
    return replace(doubts_[0], puzzled=nobody_could_tell({key}).get(key)) if doubts_ else None


def words_with_groups() -> list[Judged]:
    """People's latest words, not taken back, each with the groups (one or two) in which its records are."""
    words = latest_words(Judgement.objects.order_by("at", "id").values_list("a", "b", "same"))
    keys = {key for word in words for key in (word.a, word.b)}
    group_of = dict(Record.objects.filter(key__in=keys).values_list("key", "group"))
    return [
        (word, frozenset((group_of[word.a], group_of[word.b]))) for word in words if {word.a, word.b} <= group_of.keys()
    ]


def _as_doubts(matches: Iterable[Match], for_: Look, limit: int, clashing: Iterable[Match]) -> list[Doubt]:
    matches = list(matches)
    heads = head_ids({record.subject_id for match in matches for record in (match.a, match.b)})
    may_see = set(visible_subjects(for_=for_).filter(pk__in=set(heads.values())).values_list("pk", flat=True))
    allowed = [m for m in matches if {heads[m.a.subject_id], heads[m.b.subject_id]} <= may_see][:limit]
    references = {pk: subject.reference for pk, subject in subjects({*heads, *heads.values()}).items()}
    children = at_once(for_=for_, heads={heads[record.subject_id] for m in allowed for record in (m.a, m.b)})
    for_.note(subjects={heads[record.subject_id] for match in allowed for record in (match.a, match.b)})
    clash = {match.key for match in clashing}
    found = [_as_doubt(match, heads, references, children, for_) for match in allowed]
    return [replace(one, clashes=True, why=REASONS[CONTRADICTED]) if one.key in clash else one for one in found]


def _as_doubt(
    match: Match, heads: dict[int, int], references: dict[int, str], children: dict[int, Subject], for_: Look
) -> Doubt:
    levels = {name: (level, share) for name, (level, share) in match.levels.items()}
    differences = sorted((_difference(*item) for item in levels.items()), key=lambda d: KNOWN_FIRST.index(d.way))
    return Doubt(
        key=match.key,
        kind=match.a.kind,
        sides=(_side(match.a, heads, references, children, for_), _side(match.b, heads, references, children, for_)),
        sentence=in_one_sentence(levels),
        why=REASONS[match.against or match.why],
        differences=tuple(differences),
        fall=waterfall(levels, model_in_force(match.a.kind)),
    )


def _side(
    record: Record, heads: dict[int, int], references: dict[int, str], children: dict[int, Subject], for_: Look
) -> Side:
    head = heads[record.subject_id]
    said = shown(record, children[head], for_)
    return Side(record.key, references[record.subject_id], references[head], record.agency_id, said)


def _difference(comparison: str, level_and_share: tuple[str, int]) -> Difference:
    level, share = level_and_share
    if level == "missing":
        return Difference(says(comparison, level), "says nothing", "unknown")
    return Difference(says(comparison, level), weighs(share), "for" if share > 0 else "against")
