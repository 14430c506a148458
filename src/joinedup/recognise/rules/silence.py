"""*Not followed by*: what was surely not answered in time, from the day on which that is certain (design section 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.language import NotFollowed
from joinedup.recognise.rules.pool import Pool
from joinedup.recognise.rules.spans import last_day_in_time


@dataclass(frozen=True, slots=True)
class Silence:
    """One entry that waits for its answer. Days are ordinals.

    `due`: the last day on which an answer is in time, counted from the last day on which the entry can have happened.
    `ends`: the first day on which the silence is no longer spoken of. `believed`: the awaited agency was heard on or
    after `due`, so that an answer would have come through.
    """

    fact: Fact
    due: int
    ends: int
    believed: bool

    @property
    def speaks(self) -> int:
        """The first day on which it is surely too late."""
        return self.due + 1

    def speaks_on(self, day: int) -> bool:
        return self.believed and self.speaks <= day < self.ends


def silences(rule: NotFollowed, waiting: Sequence[Fact], pool: Pool, feeds: Feeds) -> Iterator[Silence]:
    """The entries in `waiting` that nothing in the pool answers as known now, be it late.

    Only what surely reached an agency whose answer is awaited can be unanswered; telling that is not known speaks
    for nobody's silence. An answer counts from its earliest possible day; one without a date may be any entry's answer.
    """
    answers, kinds = pool.meeting(rule.by), frozenset(rule.from_)
    open_ = [
        (fact, last_day_in_time(fact.last, rule.within))
        for fact in waiting
        if fact.last is not None and fact.reached(kinds) == "yes" and not _answered(fact, answers)
    ]
    if open_:
        alive = feeds.alive_until(kinds, {fact.agency for fact in pool.facts if fact.person == ""})
        for fact, due in open_:
            yield Silence(fact, due, due + 1 + rule.lasts.n, believed=alive >= due)


def _answered(fact: Fact, answers: Sequence[Fact]) -> bool:
    return any(
        answer.key != fact.key and (answer.last is None or fact.first is None or answer.last >= fact.first)
        for answer in answers
    )
