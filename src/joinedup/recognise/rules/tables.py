"""Worked examples and spec tables: a few dated lines as an ASCII table, and what they should say.

    day        | from     | kind    | concerns | told
    2024-03-05 | hospital | concern | neglect  | police

Columns (any order, all but `day` and `from` may be left out): `day` ("2024-03-05", "2024-03", "2024", "?" not known,
"2024-03-05..2024-03-09" once within, "2024-03-05 to 2024-03-09" all the time), `from` (agency, its kind the same
unless written "code/kind"), `kind`, `concerns` (comma between), `told` ("?" not known, "nobody", or agencies), `side`,
`standing`, `outcome`, `count`, `event` (lines with the same word report one event), `observer`, `first_hand`, `words`,
`who` (empty: the child), `withdrawn`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from joinedup.chronicle.rules.line import Line, Told
from joinedup.ground.editions import EditionError
from joinedup.ground.periods import Period, read_period
from joinedup.recognise.rules.feeds import Feed, Feeds
from joinedup.recognise.rules.language import Example, Pattern

COLUMNS = {
    "day", "from", "kind", "concerns", "told", "side", "standing", "outcome", "count", "event", "observer",
    "first_hand", "words", "who", "withdrawn",
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """An example ready to be asked: the child's lines, those of the household, the day and the feeds."""

    lines: tuple[Line, ...]
    household: dict[str, tuple[Line, ...]]
    on: date
    feeds: Feeds


def rows_of(table: str) -> Iterator[dict[str, str]]:
    """The rows of an ASCII table by column. Raises EditionError for an unknown column or a row of another width."""
    lines = [line for line in table.splitlines() if line.strip()]
    head = [cell.strip() for cell in lines[0].split("|")]
    if unknown := set(head) - COLUMNS:
        raise EditionError([f"The table has no column “{min(unknown)}”: use {', '.join(sorted(COLUMNS))}."])
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(head):
            raise EditionError([f"“{line.strip()}” has {len(cells)} cells but the table has {len(head)} columns."])
        yield dict(zip(head, cells, strict=True))


def scene_of(example: Example, pattern: Pattern) -> Scene:
    """The example's lines, asked about on its day: the one it names, else the day after its last line."""
    people: dict[str, list[Line]] = defaultdict(list)
    for n, row in enumerate(rows_of(example.lines), start=1):
        people[row.get("who", "")].append(_line(n, row))
    own = people.pop("", [])
    everybody = own + [line for theirs in people.values() for line in theirs]
    on = example.on or max((line.period.end for line in everybody if line.period.end), default=date(2024, 1, 1))
    feeds = _feeds(everybody, pattern, on, set(example.not_heard))
    return Scene(tuple(own), {who: tuple(theirs) for who, theirs in people.items()}, on, feeds)


def _line(n: int, row: dict[str, str]) -> Line:
    agency, _, kind_of_agency = row["from"].partition("/")
    period = _period(row["day"])
    return Line(
        key=f"line-{n:03d}",
        subject=row.get("who") or "the child",
        agency=agency,
        agency_kind=kind_of_agency or agency,
        kind=row.get("kind") or "concern",
        period=period,
        happening=row.get("event") or f"event-{n:03d}",
        received_at=datetime.combine(period.last or date(2024, 1, 1), time(12), UTC),
        concerns=frozenset(_words(row.get("concerns", ""))),
        side=row.get("side", ""),
        standing=row.get("standing") or "reported",
        told=_told(row.get("told", "?")),
        observer=row.get("observer", ""),
        first_hand={"yes": True, "no": False}.get(row.get("first_hand", "")),
        outcome=row.get("outcome", ""),
        count=int(row["count"]) if row.get("count") else None,
        words=row.get("words", ""),
        withdrawn=row.get("withdrawn", "") == "yes",
    )


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",") if word.strip()]


def _told(cell: str) -> tuple[Told, ...] | None:
    if cell in ("", "?"):
        return None
    return () if cell == "nobody" else tuple(Told(agency, "sent") for agency in _words(cell))


def _period(cell: str) -> Period:
    """A date as tables write it. Raises EditionError where it is not understood."""
    if cell == "?":
        return Period.UNKNOWN
    first, within, last = cell.partition("..")
    if not within:
        first, _, last = cell.partition(" to ")
    period, problems = read_period(first, last or None, None, bool(last) and not within, None)
    if problems:
        raise EditionError([f"day: {problems[0]}"])
    return period


def _feeds(lines: list[Line], pattern: Pattern, on: date, not_heard: set[str]) -> Feeds:
    """Every agency in the table, and one of each kind that the pattern awaits or names, heard on the day asked."""
    kinds = {line.agency: line.agency_kind for line in lines}
    awaited = [kind for count in pattern.when.counts() if count.not_followed for kind in count.not_followed.from_]
    for kind in (*pattern.names, *awaited):
        if kind not in kinds.values():
            kinds[kind] = kind
    return Feeds(
        {
            agency: Feed(kind, agency.replace("-", " ").capitalize(), None if kind in not_heard else on)
            for agency, kind in kinds.items()
        }
    )
