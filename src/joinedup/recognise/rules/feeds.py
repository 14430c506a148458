"""Which agencies there are, of which kind, and when each was last heard: what a silence needs to be believed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

FOREVER_AGO = 0  # a day before every date


@dataclass(frozen=True, slots=True)
class Feed:
    """One agency as a source. `last_heard`: the latest civil day on which anything came from it; None: never."""

    kind: str
    name: str
    last_heard: date | None = None


@dataclass(frozen=True)
class Feeds:
    """All agencies of the partnership by code. An unknown code stands for itself, as its own kind and name.

    `ask`: asked once for the last day of each agency, and only when a silence is at stake; instead of `last_heard`.
    """

    agencies: Mapping[str, Feed] = field(default_factory=dict)
    ask: Callable[[], Mapping[str, date]] | None = None

    @cached_property
    def _last_heard(self) -> Mapping[str, date | None]:
        return self.ask() if self.ask else {code: feed.last_heard for code, feed in self.agencies.items()}

    def kind_of(self, agency: str) -> str:
        feed = self.agencies.get(agency)
        return feed.kind if feed else agency

    def name_of(self, agency: str) -> str:
        feed = self.agencies.get(agency)
        return feed.name if feed else agency.replace("-", " ")

    def heard(self, agency: str) -> int:
        """Ordinal of the day on which the agency was last heard."""
        day = self._last_heard.get(agency)
        return day.toordinal() if day else FOREVER_AGO

    def of_kinds(self, kinds: Iterable[str]) -> list[str]:
        """Codes of the agencies of these kinds, in order; a kind that no agency has stands for itself."""
        wanted = dict.fromkeys(kinds)
        found = sorted(code for code, feed in self.agencies.items() if feed.kind in wanted)
        present = {self.kind_of(code) for code in found}
        return found + [kind for kind in wanted if kind not in present]

    def codes_for(self, kinds: Iterable[str]) -> frozenset[str]:
        """Every code that stands for an agency of these kinds, where a line or a telling names it."""
        wanted = set(kinds)
        return frozenset(code for code in {*self.agencies, *wanted} if self.kind_of(code) in wanted)

    def alive_until(self, kinds: frozenset[str], holding: Iterable[str]) -> int:
        """Until which day silence of these kinds of agency can be believed, for a child known to `holding`.

        The least lately heard of those that hold an entry on the child; where none does, the most lately heard of all.
        """
        own = [self.heard(code) for code in holding if self.kind_of(code) in kinds]
        if own:
            return min(own)
        return max((self.heard(code) for code in self.of_kinds(kinds)), default=FOREVER_AGO)
