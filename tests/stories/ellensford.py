"""The demonstration as it was lived: loaded once, with somebody who writes down what is newly said about whom.

Nothing is replaced or sped up: `partnership demo` writes the messages, `flow.demonstration` loads them, day after day,
into an SQLite database of its own. After each step of it – a notice, somebody's decision, the morning on which a
silence speaks – `Witness` looks at what stands, as the practitioners of the cast would see it at that moment.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from joinedup.chronicle import queries as chronicle
from joinedup.flow.demonstration import Step, load
from joinedup.flow.scratch import default_database, empty
from joinedup.ground.clock import civil_day, start_of
from joinedup.link import queries as link
from joinedup.receive.models import Message
from joinedup.recognise import queries as recognise
from joinedup.recognise.models import Ground, Question
from joinedup.respond import queries as responses
from joinedup.share import queries as house
from joinedup.share.models import Practitioner
from joinedup.share.rules import STANDING_REASONS, Look, Permission, Purpose
from partnership.main import main
from partnership.story.story import Telling, people, tellings

PASSWORD = "a fictional password"
SPEAKS = timedelta(hours=9, seconds=1)  # just after the hour at which a silence speaks on its day


@dataclass(frozen=True)
class Said:
    """That something began to be said of a child: a pattern's sentence, or the question that it puts first.

    `because`: keys of the notices it stands on. `desks`: roles on whose desk it lies; `pages`: roles of those who work
    with the child and read it on the child's page.
    """

    day: date
    child: str
    pattern: str
    is_question: bool
    tier: str
    sentence: str
    because: frozenset[str]
    desks: frozenset[str]
    pages: frozenset[str]
    not_told: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class Witness:
    """Writes down whatever is newly said of the story's children, at the moment it can first be seen."""

    said: list[Said] = field(default_factory=list)
    _known: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    _tellings: dict[tuple[str, str], Telling] = field(
        default_factory=lambda: {(one.agency, one.id): one for one in tellings()}
    )

    def watch(self, steps: Iterable[tuple[datetime, Step]]) -> Iterator[tuple[datetime, Step]]:
        """The steps of the demonstration, with a look after each, and after every silence between them."""
        for at, step in steps:
            asked: date | None = None
            while (due := recognise.next_due()) and due != asked and (morning := start_of(due) + SPEAKS) < at:
                asked = due
                yield morning, Step(morning, 0, self.look)
            yield at, step
            self.look(at)

    def look(self, at: datetime) -> None:
        rows = [
            *Ground.objects.values_list("key", "sentence", "entries"),
            *Question.objects.values_list("key", "asks", "entries"),
        ]
        now = {key: (sentence, tuple(entries)) for key, sentence, entries in rows}
        new = {key for key, value in now.items() if self._known.get(key) != value}
        self._known = now
        for ground in Ground.objects.filter(pk__in=new).select_related("finding").order_by("pattern"):
            self._ground(ground, at)
        for question in Question.objects.filter(pk__in=new).order_by("pattern"):
            self._question(question, at)

    def _ground(self, row: Ground, at: datetime) -> None:
        head = row.finding.subject_id
        child, because = self._who_and_why(head, row.entries)
        if child is None:
            return
        desks, pages = on_desks(head, row.sentence, at), on_pages(head, row.pattern, at)
        said = Said(civil_day(at), child, row.pattern, False, row.tier, row.sentence, because, desks, pages)
        self.said.append(replace(said, not_told=tuple(row.not_told), unknown=tuple(row.unknown)))

    def _question(self, row: Question, at: datetime) -> None:
        child, because = self._who_and_why(row.subject_id, row.entries)
        if child is not None:
            desks = on_desks(row.subject_id, row.asks, at)
            self.said.append(Said(civil_day(at), child, row.pattern, True, "", row.asks, because, desks, frozenset()))

    def _who_and_why(self, head: int, entries: Iterable[str]) -> tuple[str | None, frozenset[str]]:
        """The story's name for a child and the notices that entries came from; (None, ...) for anybody else."""
        wanted = set(entries)
        messages = {line.message for line in chronicle.story(head) if line.key in wanted}
        sent = Message.objects.filter(pk__in=messages).values_list("agency__code", "sender_id")
        told = [self._tellings[one] for one in sent if one in self._tellings]
        names = {
            name
            for one in told
            for n, name in one.mentions.items()
            if people()[name].kind == "child" and link.head_said(agency=one.agency, sender_id=one.id, n=n) == head
        }
        assert len(names) <= 1, f"{names} became one child"
        return next(iter(names), None), frozenset(one.key for one in told)


def look_of(person: Practitioner, at: datetime) -> Look:
    """As this practitioner looks when they open their desk."""
    return house.look_of(person, purpose=Purpose.SAFEGUARDING, reason=STANDING_REASONS[Permission.DESK_SEE], at=at)


def on_desks(head: int, sentence: str, at: datetime) -> frozenset[str]:
    """Roles on whose desk the sentence lies now."""
    found = set[str]()
    for person in house.practitioners():
        look = look_of(person, at)
        rows = responses.desk_rows(for_=look, heads=[head])
        if any(sentence in item.says for row in rows for item in row.items):
            found |= look.roles
    return frozenset(found)


def on_pages(head: int, pattern: str, at: datetime) -> frozenset[str]:
    """Roles of those who work with the child and are shown the pattern's ground on the child's page."""
    found = set[str]()
    subject = house.subjects([head])[head]
    for person in house.practitioners():
        look = look_of(person, at)
        if house.work_of(for_=look).filter(pk=head).exists():
            shown = responses.findings_of(for_=look, head=subject)
            if any(ground.pattern == pattern for one in shown for ground in one.finding.grounds):
                found |= look.roles
    return frozenset(found)


@dataclass(frozen=True)
class Demonstration:
    """The demonstration as loaded: what was said on which day, and its database as it stood on each bookmarked day."""

    cast: dict[str, Any]
    said: list[Said]
    homes: Path

    def of(self, child: str, pattern: str | None = None) -> list[Said]:
        return [one for one in self.said if one.child == child and pattern in (None, one.pattern)]

    @contextmanager
    def on(self, month: int) -> Iterator[datetime]:
        """The database of a bookmarked day within the block; gives the moment at which its clock stands."""
        with default_database(self.homes / f"month-{month:02}" / "joinedup.sqlite3"):
            yield house.now()


def lived(folder: Path) -> Demonstration:
    """Write the demonstration as shipped and load it, with a witness. Minutes."""
    assert main(["demo", "--out", str(folder / "written"), "--json"]) == 0
    witness = Witness()
    (folder / "making.sqlite3").write_bytes(empty())
    with default_database(folder / "making.sqlite3"):
        load(folder / "written", folder, PASSWORD, witness.watch)
    return Demonstration(json.loads((folder / "written" / "cast.json").read_text()), witness.said, folder)
