"""The facts from which everything in link follows: from this database, or from a file of statements."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from joinedup.ground.keys import digest
from joinedup.link.models import BlockingKey, Judgement, Match, Mention, Record
from joinedup.link.queries.evidence import latest_words, lives_of, standing_mentions, together_in
from joinedup.link.reading import of_file
from joinedup.link.rules.statements import ADULT, CHILD, PLACE, Spoken, canonical, is_stub
from joinedup.link.rules.whole import Given

KINDS = (CHILD, ADULT, PLACE)
DERIVED = (Record, BlockingKey, Mention, Match)  # made anew by placing every message again; judgements are facts
AT_ONCE = 5_000
RECORDS = {
    "key": "VARCHAR", "agency": "VARCHAR", "statement": "VARCHAR", "nth": "BIGINT", "features": "VARCHAR",
    "group": "VARCHAR", "standing": "BOOLEAN",
}  # fmt: skip
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Source:
    """Where the records of a kind come from: a file of statements, or (null) this database."""

    kind: str
    file: Path | None = None
    given: Given = field(default_factory=lambda: Given({}))

    def records(self) -> Iterator[Row]:
        """A row of `RECORDS` for each record; of a file, one for each statement (its nth of this kind)."""
        return of_lines(self.kind, self.file) if self.file else kept(self.kind)


def source_of(kind: str, file: Path | None) -> Source:
    """The source of a kind, with all but the statements that bears on its groups. In a file nobody has judged."""
    return Source(kind, file) if file else Source(kind, given=bearing(kind))


def given(kind: str) -> Given:
    """The facts from which everything of a kind follows."""
    rows = Record.objects.filter(kind=kind).values_list("key", "agency_id", "statement")
    return replace(bearing(kind), statements={key: (agency, statement) for key, agency, statement in rows})


def bearing(kind: str) -> Given:
    """The facts of a kind beside its statements: who stands in one notice, what fell, people's words."""
    in_messages = standing_mentions(kind)
    words = latest_words(Judgement.objects.order_by("at", "id").values_list("a", "b", "same"))
    standing = {key for said in in_messages.values() for key in said}
    every = Record.objects.filter(kind=kind).values_list("key", flat=True)
    fallen = frozenset(set(every) - standing)
    return Given({}, together_in(in_messages), fallen, tuple(words), tuple(lives_of()))


def kept(kind: str) -> Iterator[Row]:
    """Every record of this database: what was said, and what stands written of it."""
    names = ("key", "agency_id", "statement", "features", "group", "standing")
    rows = Record.objects.filter(kind=kind).values_list(*names)
    for key, agency, statement, features, group, standing in rows.iterator(chunk_size=AT_ONCE):
        yield key, agency, canonical(statement), None, canonical(features), group, standing


def of_lines(kind: str, file: Path) -> Iterator[Row]:
    """Every statement of a file. Raises StatementsError, and FileNotFoundError."""
    for nth, said in enumerate(of_file(kind, file), 1):
        yield key_of(kind, said, nth), said.agency, canonical(said.statement), nth, None, None, None


def key_of(kind: str, said: Spoken, nth: int) -> str:
    """The key of the record that a statement makes: of a stub, with its place in the file."""
    stub = [str(nth)] if kind != PLACE and is_stub(dict(said.statement)) else []
    return digest(kind, said.agency, canonical(said.statement), *stub)
