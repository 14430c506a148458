"""Which looks are worth asking about: those of the last weeks, asked anew; and older ones that nobody answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from joinedup.governance.models import GuardianWord, Question
from joinedup.governance.queries.glances import Roles, glances_of
from joinedup.governance.rules import Signal, signals, watch_on
from joinedup.ground.clock import civil_day
from joinedup.share import queries as share
from joinedup.share.queries import Seen


@dataclass(frozen=True)
class Asking:
    """One look worth asking about: by whom in which role, at which of the children in it, why."""

    seen: Seen
    role: str
    heads: frozenset[int]
    signals: frozenset[Signal]


def asking(*, at: datetime) -> dict[int, Asking]:
    """By audit row, everything that a guardian is asked about; of what was answered only the last weeks'."""
    kept = _unanswered()
    found = {row: _with(one, kept.get(row, ())) for row, one in _lately(at=at, before=None).items()}
    return found | _kept({row: said for row, said in kept.items() if row not in found})


def unasked(*, at: datetime, before: datetime | None) -> dict[int, frozenset[Signal]]:
    """What is worth asking about and not yet kept as a question (internal: the tick).

    `before`: when this was last asked; days that were skipped are made up for.
    """
    found = _lately(at=at, before=before)
    known = _signals(Question.objects.filter(row__in=found).values_list("row", "signal"))
    new = {row: one.signals - known.get(row, frozenset()) for row, one in found.items()}
    return {row: said for row, said in new.items() if said}


def _lately(*, at: datetime, before: datetime | None) -> dict[int, Asking]:
    """From the audit alone: the looks of the last weeks (before `before`, if that is longer ago) with their signals."""
    watch = watch_on(civil_day(at))
    since = min(at, before or at) - timedelta(days=watch.look_back_days)
    seen = share.looks_since(since)
    glances = glances_of(seen, since=since, work=watch.work)
    found = signals(glances, watch=watch, salt=bytes(share.partnership().salt), at=at)
    roles = {one.row: one.role for one in glances}
    children: dict[int, dict[int, list[Signal]]] = defaultdict(dict)
    for (row, head), said in found.items():
        children[row][head] = said
    return {
        row: Asking(seen[row], roles[row], frozenset(why), frozenset().union(*why.values()))
        for row, why in children.items()
    }


def _unanswered() -> dict[int, frozenset[Signal]]:
    answered = GuardianWord.objects.values("row")
    return _signals(Question.objects.exclude(row__in=answered).values_list("row", "signal"))


def _signals(rows: Iterable[tuple[int, str]]) -> dict[int, frozenset[Signal]]:
    found: dict[int, set[Signal]] = defaultdict(set)
    for row, signal in rows:
        found[row].add(Signal[signal])
    return {row: frozenset(said) for row, said in found.items()}


def _with(one: Asking, kept: Iterable[Signal]) -> Asking:
    """What was asked once stays asked, also where it would not be any more."""
    return replace(one, signals=one.signals | frozenset(kept))


def _kept(kept: Mapping[int, frozenset[Signal]]) -> dict[int, Asking]:
    """Questions that the last weeks no longer hold; of whom the address named, or else of everybody in the answer."""
    seen = share.looks_in(kept)
    roles = Roles({one.who for one in seen.values()})
    return {row: Asking(one, roles.at(one.who, one.at), one.asked or one.heads, kept[row]) for row, one in seen.items()}
