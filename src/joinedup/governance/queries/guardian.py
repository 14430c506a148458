"""What a guardian reads: looks by other agencies' people that catch the eye, and the words on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from joinedup.governance.models import Declared, GuardianWord
from joinedup.governance.queries.questions import Asking, asking
from joinedup.governance.rules import PART, Found, Signal
from joinedup.ground.clocks import due
from joinedup.share import queries as share
from joinedup.share.rules import ROLES, Look, Permission

REVIEW = "look-review"  # the clock


@dataclass(frozen=True)
class Caught:
    """One look that catches the eye. `due`: of the review.

    `reference`: of the child, or of each of several who were opened together; nothing else of them is here.
    `found`: the last guardian's word, in words; empty: none yet.
    """

    row: int
    who: str
    agency: str
    role: str
    at: datetime
    reason: str
    reference: str
    signals: tuple[Signal, ...]
    due: datetime
    found: str = ""
    says: str = ""


def caught(*, for_: Look) -> list[Caught]:
    """Looks of other agencies' people that catch the eye, those that wait first, then the latest. Notes no child:
    that somebody asks about a look is not told on the child's page."""
    if not share.may(for_, Permission.LOOKS_REVIEW):
        return []
    others = {row: one for row, one in asking(at=for_.at).items() if one.seen.agency != for_.agency}
    words = last_words(others)
    children = share.subjects({head for one in others.values() for head in one.heads})
    named = {pk: child.reference for pk, child in children.items()}
    shown = [_caught(row, one, named, words.get(row)) for row, one in others.items()]
    for_.note(entries=[str(one.row) for one in shown])
    return sorted(shown, key=lambda one: (bool(one.found), -one.at.timestamp(), one.row))


def last_words(rows: Iterable[int]) -> dict[int, GuardianWord]:
    words = GuardianWord.objects.filter(row__in=list(rows)).select_related("by").order_by("at", "pk")
    return {word.row: word for word in words}


def _caught(row: int, one: Asking, named: Mapping[int, str], word: GuardianWord | None) -> Caught:
    said = (Found[word.found], f"{word.by.name}: {word.reason}") if word else ("", "")
    seen, why = one.seen, tuple(signal for signal in Signal if signal in one.signals)
    references = " and ".join(sorted(named[head] for head in one.heads))
    role = ROLES[one.role].title if one.role in ROLES else ""
    return Caught(row, seen.by, seen.agency, role, seen.at, seen.reason, references, why, due(REVIEW, seen.at), *said)


def waits(*, for_: Look) -> int:
    """How many looks wait for this guardian's word."""
    return sum(not one.found for one in caught(for_=for_))


def caught_one(*, for_: Look, row: int) -> Caught | None:
    """One of them; None for whoever may not read it, and for their own agency's."""
    return next((one for one in caught(for_=for_) if one.row == row), None)


def declared_count(*, for_: Look) -> int:
    """How many names and postcodes somebody declared of themselves; what they are is kept from everybody."""
    return Declared.objects.filter(practitioner=for_.practitioner_id or 0).exclude(what=PART).count()
