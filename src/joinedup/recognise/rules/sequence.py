"""*First this, then that*: what comes after what, when dates are stretches of days."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.language import After
from joinedup.recognise.rules.windows import EVER, Certainty


class Firsts:
    """What may have come first, ready to be asked what came after it.

    Two reports of one event are not a sequence. To be sure, first and then must stand so wherever in their periods
    they happened; else it is enough that they can.
    """

    def __init__(self, rule: After, facts: Iterable[Fact]) -> None:
        dated = ((f.first, f.last, f.key, f) for f in facts if f.first is not None and f.last is not None)
        self._firsts = sorted(dated, key=lambda one: one[:3])
        self._latest_yet = list(accumulate((last for _, last, _, _ in self._firsts), max))
        self._gap = rule.within.n if rule.within else None
        self._least = 0 if rule.same_day == "counts" else 1

    def latest_before(self, then: Fact, certainty: Certainty) -> Fact | None:
        """The last thing that `then` comes after, within the gap; None if there is none."""
        if then.first is None or then.last is None:
            return None
        at = bisect_right(self._firsts, then.last - self._least, key=lambda one: one[0])
        while at > 0 and (self._gap is None or then.first - self._latest_yet[at - 1] <= self._gap):
            at -= 1
            from_, to, _, first = self._firsts[at]
            if first.happening != then.happening and self._allows(then.first - to, then.last - from_, first, certainty):
                return first
        return None

    def _allows(self, nearest: int, farthest: int, first: Fact, certainty: Certainty) -> bool:
        """Whether the gap is right, given the fewest and the most days that can lie between the two."""
        longest = EVER if self._gap is None else self._gap
        if certainty is Certainty.SURE:
            return nearest >= self._least and farthest <= longest
        return nearest <= longest and (first.span <= longest or certainty is Certainty.SHOWN)
