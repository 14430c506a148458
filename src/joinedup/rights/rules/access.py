"""Reading what is kept of oneself: who asks, what may be left out and when to ask, and by when to answer.

Exemptions are dated editions (`data/exemptions.yaml`, law 9). They are questions to a person; nothing is left out by
itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from joinedup.ground.clocks import due
from joinedup.ground.editions import Edition, in_force_or_first, read_editions
from joinedup.sealed.rules.rest import names_any

FILE = Path(__file__).parents[1] / "data" / "exemptions.yaml"
CLOCK, LONGER = "C55", "C55-longer"  # a request's clock, and once it is extended


class Asker(StrEnum):
    """Who asks to read a record."""

    CHILD = "the child"
    ADULT = "an adult who was the child"
    PARENT = "a parent"
    REPRESENTATIVE = "somebody who acts for the child"


OWN = frozenset({Asker.CHILD, Asker.ADULT})


class Doing(StrEnum):
    """What happens with a request, by its own words. The last one says how it stands."""

    CLARIFY = "asked what is meant"  # the clock stops
    CLARIFIED = "told what is meant"  # the clock goes on
    EXTEND = "told that it takes longer"
    PROPOSE = "put to a second person"
    BACK = "sent back by the second person"
    RELEASE = "released"
    REFUSE = "refused"
    WITHDRAW = "taken back"


OVER = frozenset({Doing.RELEASE, Doing.REFUSE, Doing.WITHDRAW})


class Exemption(Edition):
    """One thing that may speak for leaving a line out; see the head of the file."""

    name: str
    prompt: str
    plain: str
    askers: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    childs_words: bool = False
    names_others: bool = False

    def speaks_against(self, asker: Asker) -> bool:
        """Whether it can be held against whoever asks."""
        return not self.askers or asker.name in self.askers


@dataclass(frozen=True)
class Said:
    """One line as far as exemptions go. `others`: first names of other people in the messages about the child."""

    concerns: frozenset[str]
    agency_kind: str
    texts: tuple[str, ...]
    childs_words: bool
    others: frozenset[str]


@cache
def _shipped() -> tuple[Exemption, ...]:
    return read_editions(FILE, Exemption)


def exemptions(on: date, asker: Asker) -> tuple[Exemption, ...]:
    """What may be held against whoever asks, in the editions in force on a day."""
    return tuple(one for one in in_force_or_first(_shipped(), on) if one.speaks_against(asker))


def raised(said: Said, offered: Iterable[Exemption]) -> tuple[Exemption, ...]:
    """Those that a line raises: a person must say whether it is in or out."""
    return tuple(one for one in offered if _raises(one, said))


def _raises(one: Exemption, said: Said) -> bool:
    return (
        bool(one.concerns & said.concerns)
        or said.agency_kind in one.agencies
        or (one.childs_words and said.childs_words)
        or _any(said.texts, one.words)
        or (one.names_others and _any(said.texts, said.others))
    )


def _any(texts: Iterable[str], words: Collection[str]) -> bool:
    return any(names_any(text, words) for text in texts)


@dataclass(frozen=True)
class Due:
    """By when a request is to be answered. `by`: None while the clock is stopped, or once it is over."""

    by: datetime | None
    stopped: bool = False
    over: bool = False


def answer_by(received: datetime, steps: Iterable[tuple[Doing, datetime]]) -> Due:
    """By when a request that was received then is to be answered, given what happened since, in order of time.

    The time between asking what is meant and being told does not count (UK GDPR article 12A).
    """
    waited, since, clock = timedelta(), None, CLOCK
    for what, at in steps:
        if what in OVER:
            return Due(None, over=True)
        if what is Doing.CLARIFY:
            since = since or at
        elif what is Doing.CLARIFIED and since:
            waited, since = waited + (at - since), None
        elif what is Doing.EXTEND:
            clock = LONGER
    return Due(None, stopped=True) if since else Due(due(clock, received) + waited)
