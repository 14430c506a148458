"""What people say of what was recorded of them, as a look may read it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joinedup.chronicle.queries import briefs, shown_lines
from joinedup.chronicle.rules.line import Line
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.rights.models import Account, Correction
from joinedup.rights.rules import Teller
from joinedup.sealed.queries import former_life
from joinedup.share.queries import Subject, about, agencies, behind_the_wall, head_ids, may, with_people
from joinedup.share.rules import HandlingCode, Look, Permission
from joinedup.share.rules.scan import without


@dataclass(frozen=True)
class Wrong:
    """That somebody says an entry is wrong. `answer`: the agency's last word; empty: none yet."""

    key: UUID
    teller: str
    says: str
    by: str
    at: datetime
    answer: str


@dataclass(frozen=True)
class Own:
    """The child's own account."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Beside:
    """One entry, and what people say of it. `what`: in the words of its codes."""

    line: Line
    what: str
    agency: str
    wrong: tuple[Wrong, ...]
    own: tuple[Own, ...]


@dataclass(frozen=True)
class Ours:
    """What somebody says of an entry of the look's own agency. `what`, `says`: empty where it may not be shown."""

    key: UUID
    fact: Correction
    reference: str
    what: str
    says: str
    teller: str
    at: datetime
    answer: str


def entries_of(*, for_: Look, child: Subject, ask: bool = False) -> list[Beside]:
    """Every entry of a child that was opened, as this look may read it, with what people say of it; in order.

    `ask`: also of what its owner is to be asked about, that there is something.
    """
    former = former_life(child.pk)
    wrong, own = _wrong_of(child, former), _own_of(child, former)
    names, known = agencies(), codes(civil_day(for_.at))
    lines = [line for line in shown_lines(for_=for_, head=child.pk) if ask or line.handling != HandlingCode.ASK]
    for_.note(subjects=[child.pk], entries=[line.key for line in lines])
    return [
        Beside(
            line, known.tells([line.kind], sorted(line.concerns)), names[line.agency].name,
            tuple(wrong[line.key]), tuple(own[line.key]),
        )
        for line in lines
    ]  # fmt: skip


def said_beside(*, for_: Look, child: Subject, keys: Collection[str]) -> dict[str, list[str]]:
    """What people say of these entries, in sentences, by entry's key: for the chronology, which shows the entries.

    The child's own account is read by whoever may write it down, and by no agency that merely made an entry.
    """
    former = former_life(child.pk)  # before the second wall, behind which nothing sealed is read
    wrong, own = _said(for_=for_, child=child, former=former)
    own = own if may(for_, Permission.CORRECTION_MAKE) else {}
    return {key: said for key in keys if (said := in_sentences(wrong.get(key, ()), own.get(key, ())))}


@behind_the_wall
def _said(
    *, for_: Look, child: Subject, former: Collection[str]  # noqa: ARG001 - the wall's
) -> tuple[dict[str, list[Wrong]], dict[str, list[Own]]]:  # fmt: skip
    return _wrong_of(child, former), _own_of(child, former)


def in_sentences(wrong: Iterable[Wrong], own: Iterable[Own]) -> list[str]:
    """What people say of an entry, and what its agency answered, each in a sentence."""
    said = [f"{one.teller[0].upper()}{one.teller[1:]} said that it is wrong: {one.says}" for one in wrong]
    answered = [f"Its agency answered. {one.answer}" for one in wrong if one.answer]
    return [*said, *answered, *(f"The child’s own account: {one.words}" for one in own)]


def accounts_of(*, for_: Look, child: Subject) -> list[Own]:
    """The child's own account of the whole, of a child that was opened, in order of time."""
    for_.note(subjects=[child.pk])
    return _own_of(child, former_life(child.pk))[""]


def _wrong_of(child: Subject, former: Collection[str]) -> dict[str, list[Wrong]]:
    found = defaultdict[str, list[Wrong]](list)
    for one in _corrections().filter(about(child)):
        says, answer = (without(text, former) for text in (one.says, _answer(one)))
        found[one.entry].append(Wrong(one.pk, Teller[one.teller], says, one.by.name, one.at, answer))
    return found


def _own_of(child: Subject, former: Collection[str]) -> dict[str, list[Own]]:
    found = defaultdict[str, list[Own]](list)
    for one in with_people(Account.objects.filter(about(child)), "by").order_by("at", "pk"):
        found[one.entry].append(Own(without(one.words, former), one.by.name, one.at))
    return found


def _corrections() -> QuerySet[Correction]:
    rows = with_people(Correction.objects.select_related("subject"), "by")
    return rows.prefetch_related("words").order_by("at", "pk")


def _answer(one: Correction) -> str:
    last = max(one.words.all(), key=lambda word: (word.at, word.pk), default=None)
    if last is None:
        return ""
    return f"{'It is put right' if last.agreed else 'They stand by it'}: {last.reason}"


def said_of_ours(*, for_: Look) -> list[Ours]:
    """What people say of the entries of the look's own agency, the latest first. Notes each child named."""
    found = list(_corrections().filter(agency=for_.agency).reverse())
    shown = {one.key: one for one in briefs(for_=for_, keys=[one.entry for one in found])}
    known, heads = codes(civil_day(for_.at)), head_ids([one.subject_id for one in found])

    def former(one: Correction) -> Collection[str]:
        return former_life(heads[one.subject_id])

    for_.note(subjects=[one.subject_id for one in found], entries=list(shown))
    return [
        Ours(
            one.pk, one, one.subject.reference,
            known.tells([shown[one.entry].kind], shown[one.entry].concerns) if one.entry in shown else "",
            without(one.says, former(one)) if one.entry in shown else "", Teller[one.teller], one.at,
            without(_answer(one), former(one)),
        )
        for one in found
    ]  # fmt: skip
