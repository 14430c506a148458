"""The facts that a pattern may look at, each `where` asked once however many patterns ask it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.filters import meets
from joinedup.recognise.rules.language import Where


class Pool:
    """Facts in chronology order, found by their kind or class before any other test is made."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self._met: dict[Where, list[Fact]] = {}
        self._by_kind: dict[str, list[Fact]] = defaultdict(list)
        self._by_class: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by_kind[fact.kind].append(fact)
            for class_ in fact.classes:
                self._by_class[class_].append(fact)

    def meeting(self, where: Where) -> list[Fact]:
        """The facts that `where` means."""
        if where not in self._met:
            met = meets(where)
            self._met[where] = [fact for fact in self._candidates(where) if met(fact)]
        return self._met[where]

    def is_coarse(self, where: Where) -> bool:
        """Whether any of them is dated less exactly than to the day."""
        return any(fact.width > 1 for fact in self.meeting(where))

    def _candidates(self, where: Where) -> Iterable[Fact]:
        if len(where.kind) == 1:
            return self._by_kind[where.kind[0]]
        return self._by_class[where.is_[0]] if len(where.is_) == 1 else self.facts
