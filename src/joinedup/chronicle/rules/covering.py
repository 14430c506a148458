"""Which agencies' information a chronology covers: "not in this list" must never be read as "not anywhere"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from joinedup.chronicle.rules.line import Line


@dataclass(frozen=True, slots=True)
class Source:
    """An agency of the partnership: code, name, kind, and when anything last came from it, about anybody (UTC)."""

    code: str
    name: str
    kind: str
    last_heard: datetime | None


@dataclass(frozen=True, slots=True)
class Covered:
    """One agency that holds entries about this child: how many, from which day, and when it was last heard."""

    name: str
    entries: int
    since: date | None  # None: none of them is dated
    last_heard: datetime | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One kind of agency. `silent`: how many agencies of the kind have nothing here that may be shown."""

    kind: str
    covered: tuple[Covered, ...]
    silent: int
    last_heard: datetime | None  # the latest from any agency of the kind


def coverage_of(lines: Iterable[Line], sources: Sequence[Source], order: Sequence[str]) -> list[Coverage]:
    """Coverage by kind of agency, in the order of the code set. Withdrawn lines cover nothing."""
    by_agency: dict[str, list[Line]] = {}
    for line in lines:
        if not line.withdrawn:
            by_agency.setdefault(line.agency, []).append(line)
    kinds = sorted({source.kind for source in sources}, key=lambda kind: (_place(kind, order), kind))
    return [_of_kind(kind, [source for source in sources if source.kind == kind], by_agency) for kind in kinds]


def _place(kind: str, order: Sequence[str]) -> int:
    return order.index(kind) if kind in order else len(order)


def _of_kind(kind: str, sources: Sequence[Source], by_agency: Mapping[str, list[Line]]) -> Coverage:
    covered = [_covered(source, by_agency[source.code]) for source in sources if source.code in by_agency]
    heard = [source.last_heard for source in sources if source.last_heard]
    return Coverage(kind, tuple(covered), len(sources) - len(covered), max(heard, default=None))


def _covered(source: Source, lines: Sequence[Line]) -> Covered:
    days = [line.period.first for line in lines if line.period.first]
    return Covered(source.name, len(lines), min(days, default=None), source.last_heard)
