"""What was linked at once, held against what stands written in this database: matches and groups, pair by pair."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from joinedup.engine import AnyEngine
from joinedup.link.batch.facts import AT_ONCE, Source
from joinedup.link.models import BlockingKey, Judgement, Match, Mention
from joinedup.link.rules.partitions import levels_of
from joinedup.link.rules.reconciling import Difference, GroupDiffers, Held, Known, MatchDiffers, differences
from joinedup.link.rules.statements import canonical

WRITTEN = {
    "a": "VARCHAR", "b": "VARCHAR", "weight": "INTEGER", "levels": "VARCHAR", "outcome": "VARCHAR", "why": "VARCHAR",
    "against": "VARCHAR",
}  # fmt: skip
MATCHES = """
SELECT coalesce(d.a, w.a) AS one, coalesce(d.b, w.b) AS other,
    d.weight AS weight_1, d.levels AS levels_1, d.outcome AS outcome_1, d.why AS why_1, d.against AS against_1,
    w.weight AS weight_2, w.levels AS levels_2, w.outcome AS outcome_2, w.why AS why_2, w.against AS against_2
FROM pairs d FULL JOIN written w ON d.a = w.a AND d.b = w.b
WHERE d.a IS NULL OR w.a IS NULL OR d.weight <> w.weight OR d.levels <> w.levels OR d.outcome <> w.outcome
OR d.why <> w.why OR d.against <> w.against
"""
WRITTEN_ONLY_AND_MET = """
SELECT w.a, w.b FROM written w JOIN met m ON m.a = w.a AND m.b = w.b
LEFT JOIN pairs d ON d.a = w.a AND d.b = w.b WHERE d.a IS NULL
"""
LABELS = 'SELECT g.record, g."group" AS due, r."group" AS written FROM groups g JOIN records r ON r.key = g.record'
TOGETHER = """
SELECT l.record AS a, r.record AS b FROM labels l JOIN labels r ON l.{label} = r.{label} WHERE l.record < r.record
"""
REREAD = "SELECT r.key FROM records r JOIN said s ON s.key = r.key WHERE r.features <> s.features"
Row = tuple[Any, ...]


def written_now() -> tuple[int, ...]:
    """What changes with everything that is placed or settled."""
    return Mention.objects.count(), Match.objects.count(), Judgement.objects.count()


def reconciled(engine: AnyEngine, source: Source, began: tuple[int, ...]) -> list[Difference]:
    """Every difference between the relations that `link_kind` made and what stands written, with its explanation.

    `began`: `written_now()` before the records were read.
    """
    engine.relation("written", WRITTEN, matches_written(source.kind))
    engine.table("labels", LABELS)
    matches, groups = list(match_differences(engine)), list(group_differences(engine))
    if not matches and not groups:
        return []
    return differences(matches, groups, known(engine, source, matches, began))


def matches_written(kind: str) -> Iterator[Row]:
    """A row of `WRITTEN` for each match that stands written."""
    rows = Match.objects.filter(a__kind=kind).values_list(
        "a_id", "b_id", "weight", "levels", "outcome", "why", "against"
    )
    for a, b, weight, levels, *verdict in rows.iterator(chunk_size=AT_ONCE):
        yield a, b, weight, canonical(levels), *verdict


def match_differences(engine: AnyEngine) -> Iterator[MatchDiffers]:
    met = set(engine.rows(WRITTEN_ONLY_AND_MET))
    for a, b, *sides in engine.rows(MATCHES):
        due, written = held(*sides[:5]), held(*sides[5:])
        yield MatchDiffers(a, b, due, written, met=due is not None or (a, b) in met)


def held(weight: int | None, levels: str, outcome: str, why: str, against: str) -> Held | None:
    return None if weight is None else Held(weight, levels_of(levels), outcome, why, against)


def group_differences(engine: AnyEngine) -> Iterator[GroupDiffers]:
    """Pairs that are together in one and not in the other; then records whose group only bears a wrong name."""
    for label in ("due", "written"):
        engine.table(f"together_{label}", TOGETHER.format(label=label))
    found = {
        (a, b): together
        for one, other, together in (("due", "written", True), ("written", "due", False))
        for a, b in engine.rows(f"SELECT a, b FROM together_{one} EXCEPT SELECT a, b FROM together_{other}")  # noqa: S608
    }
    yield from (GroupDiffers(a, b, together) for (a, b), together in found.items())
    seen = {key for pair in found for key in pair}
    misnamed = engine.rows("SELECT record FROM labels WHERE due <> written")
    yield from (GroupDiffers(key, key, together=True) for (key,) in misnamed if key not in seen)


def known(engine: AnyEngine, source: Source, matches: Collection[MatchDiffers], began: tuple[int, ...]) -> Known:
    """All that may explain a difference."""
    waiting = Mention.objects.filter(message__stage="unread", record__kind=source.kind)
    not_written = [frozenset((one.a, one.b)) for one in matches if one.written is None]
    blocks = blocks_written({key for pair in not_written for key in pair})
    labels = {key: (due, written) for key, due, written in engine.rows("SELECT record, due, written FROM labels")}
    return Known(
        labels=labels,
        words=tuple(word for word in source.given.words if {word.a, word.b} <= labels.keys()),
        reread=frozenset(key for (key,) in engine.rows(REREAD)),
        waiting=frozenset(waiting.values_list("record_id", flat=True)),
        unblocked=frozenset(pair for pair in not_written if not set.intersection(*(blocks[key] for key in pair))),
        meanwhile=written_now() != began,
    )


def blocks_written(keys: Iterable[str]) -> dict[str, set[str]]:
    """By record, the blocking keys that are written for it."""
    left, found = iter(sorted(keys)), dict[str, set[str]]()
    while some := list(islice(left, AT_ONCE)):
        found |= {key: set() for key in some}
        for key, value in BlockingKey.objects.filter(record__in=some).values_list("record_id", "value"):
            found[key].add(value)
    return found
