"""What the named officers read: seals, the messages that met them, summaries that wait. Nobody else reads anything."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joinedup.receive.queries import is_put_away, notice_put_away
from joinedup.receive.rules.notice import Name, Notice
from joinedup.sealed.models import Caught, Seal, SealWord, Summary, SummaryWord
from joinedup.sealed.queries.opening import seal_vault
from joinedup.sealed.queries.screening import NOT_THEIRS, body_of, confirmed, records_of
from joinedup.sealed.rules import Kind, Met, people_in
from joinedup.share.queries import may, subjects
from joinedup.share.rules import Look, Permission

DEALT_WITH = ("answered", NOT_THEIRS, "set-aside")  # after which of an officer's words a message waits no more


@dataclass(frozen=True)
class Word:
    """What an officer said: what, why, who, when."""

    what: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class CaughtShown:
    """A message that met a sealed identity, as it came. `persons`: who in it met it, as they were named there.

    `contested`: another body stands under the same number, and one of them must go; nobody else is asked about this.
    """

    fact: Caught
    agency: str
    received_at: datetime
    contested: bool
    notice: Notice
    persons: tuple[str, ...]
    words: tuple[Word, ...]

    @property
    def waits(self) -> bool:
        return self.contested or not any(word.what in DEALT_WITH for word in self.words)


@dataclass(frozen=True)
class SummaryShown:
    """`about`: the reference of the child it is for. `word`: released or refused; None: it waits."""

    fact: Summary
    text: str
    about: str
    concerns: tuple[str, ...]
    mine: bool
    word: Word | None


@dataclass(frozen=True)
class SealShown:
    """One seal. `old`, `now`: names, births and numbers as they are spoken of; `now_reference`: empty if not known."""

    fact: Seal
    kind: Kind
    reason: str
    old: tuple[tuple[str, ...], ...]
    now: tuple[tuple[str, ...], ...]
    now_reference: str
    words: tuple[Word, ...]
    holds: bool
    mine: bool
    caught: tuple[CaughtShown, ...]
    summaries: tuple[SummaryShown, ...]

    @property
    def waits(self) -> int:
        """How much of it an officer has still to do."""
        first = 0 if self.words else 1
        return first + sum(one.waits for one in self.caught) + sum(one.word is None for one in self.summaries)


def seals(*, for_: Look) -> list[SealShown]:
    """Every seal, the latest first; empty for whoever is not a named officer."""
    if not may(for_, Permission.SEAL_KEEP):
        return []
    return [_seal(for_, seal) for seal in Seal.objects.select_related("by").order_by("-at", "-pk")]


def seal_of(*, for_: Look, key: UUID) -> SealShown | None:
    """One seal; None for whoever is not a named officer, and if there is none."""
    found = Seal.objects.select_related("by").filter(pk=key).first() if may(for_, Permission.SEAL_KEEP) else None
    return _seal(for_, found) if found else None


def waiting(*, for_: Look) -> int:
    """How much waits for the named officers; 0 for everybody else."""
    return sum(seal.waits for seal in seals(for_=for_))


def _seal(look: Look, seal: Seal) -> SealShown:
    """Notes the seal's own key and nobody: who looked at a sealed identity is not told on any child's page."""
    look.note(entries=[str(seal.pk)])
    body = body_of(seal)
    now = subjects([body.now_subject] if body.now_subject else [])
    held = Caught.objects.filter(seal=seal).select_related("message__agency", "payload_key").order_by("-at", "-pk")
    return SealShown(
        seal, Kind[body.kind], body.reason,
        tuple(_spoken_of(one) for _, one in body.old), tuple(_spoken_of(one) for _, one in body.now),
        next((subject.reference for subject in now.values()), ""),
        tuple(_words(SealWord.objects.filter(seal=seal))), confirmed(seal), seal.by_id == look.practitioner_id,
        tuple(map(_caught, held)), tuple(_summary(look, one) for one in seal.summaries.order_by("at", "pk")),
    )  # fmt: skip


def _caught(caught: Caught) -> CaughtShown:
    message, key = caught.message, caught.payload_key
    notice = notice_put_away(message_key=message.pk, key=key, wrapped=bytes(caught.wrapped), kept_in=seal_vault().keys)
    records = records_of(caught)
    meant = [Met(said.n, said.record) for said, _ in people_in(notice, message.pk) if said.record in records]
    names = {person.n: [called(name) for name in person.names] for person in notice.persons}
    return CaughtShown(
        caught, message.agency.name, message.received_at, message.contested and is_put_away(message.pk), notice,
        tuple(", ".join(names[one.n]) for one in meant), tuple(_words(caught.words.all())),
    )  # fmt: skip


def called(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.family)))


def _summary(look: Look, summary: Summary) -> SummaryShown:
    said = json.loads(opened(bytes(summary.body), summary.pk))
    about = subjects([said["about"]])
    return SummaryShown(
        summary, said["text"], next(one.reference for one in about.values()), tuple(said["concerns"]),
        summary.by_id == look.practitioner_id, next(map(_released, SummaryWord.objects.filter(summary=summary)), None),
    )  # fmt: skip


def _released(word: SummaryWord) -> Word:
    return Word("released" if word.released else "refused", opened(bytes(word.reason), word.pk), word.by.name, word.at)


def _words(rows: Any) -> Iterator[Word]:
    for one in rows.select_related("by").order_by("at", "pk"):
        yield Word(one.what, opened(bytes(one.reason), one.pk), one.by.name, one.at)


def opened(sealed: bytes, key: UUID) -> str:
    """What an officer wrote, kept under the key of the row that keeps it."""
    return seal_vault().cipher.unseal(sealed, str(key)).decode()


def _spoken_of(said: Mapping[str, Any]) -> tuple[str, ...]:
    names = (" ".join(filter(None, (name.get("given"), name.get("family")))) for name in said["names"])
    return (*filter(None, names), *said["born"], *(f"{one['system']} {one['value']}" for one in said["identifiers"]))
