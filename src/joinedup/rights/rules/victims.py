"""What police and courts ask of a victim's record, and what must be so before anything goes to them.

Source: the duties on victim information requests (Police, Crime, Sentencing and Courts Act 2022 as amended by the
Victims and Prisoners Act 2024): necessary and proportionate, with a reason, and the victim is told. Grade U: commonly
known, its text was not seen. That whoever owns an entry agrees is joinedup's own rule, as for papers.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Demander(StrEnum):
    """Who asks for a victim's information."""

    POLICE = "the police"
    PROSECUTION = "the prosecution"
    COURT = "a court"
    DEFENCE = "the defence"


class Turn(StrEnum):
    """What happens with such a request, by its own words."""

    MORE = "asked to say why"
    REASON = "said why"
    NOTICE = "the victim was told"
    NO_NOTICE = "the victim is not told"
    CHOOSE = "entries were chosen"
    AGREE = "agreed"
    DISAGREE = "did not agree"
    RELEASE = "released"
    REFUSE = "refused"
    WITHDRAW = "taken back"


OVER = frozenset({Turn.RELEASE, Turn.REFUSE, Turn.WITHDRAW})
OWNERS = frozenset({Turn.AGREE, Turn.DISAGREE})


@dataclass(frozen=True)
class Turned:
    """One thing that happened: by which practitioner (id) of which agency (code); the entries that were chosen."""

    what: Turn
    by: int
    agency: str
    entries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Standing:
    """How a request stands. `unexplained`: they were asked why, and have not said. `words`: each owner's last word on
    what was chosen last."""

    unexplained: bool = False
    noticed: bool = False
    chosen: frozenset[str] = frozenset()
    chosen_by: int | None = None
    words: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    over: Turn | None = None


def stand(turns: Iterable[Turned]) -> Standing:
    """How a request stands after these, in order of time."""
    now = Standing()
    for turn in turns:
        now = _after(now, turn)
    return now


def _after(now: Standing, turn: Turned) -> Standing:
    told = now.noticed or turn.what in (Turn.NOTICE, Turn.NO_NOTICE)
    unexplained = turn.what is Turn.MORE or (now.unexplained and turn.what is not Turn.REASON)
    over = turn.what if turn.what in OVER else now.over
    chosen, chosen_by, words = now.chosen, now.chosen_by, dict(now.words)
    if turn.what is Turn.CHOOSE:  # another set is another question to its owners
        chosen, chosen_by, words = turn.entries, turn.by, {}
    elif turn.what in OWNERS:
        words[turn.agency] = turn.what is Turn.AGREE
    return Standing(unexplained, told, chosen, chosen_by, MappingProxyType(words), over)


def lacking(now: Standing, owners: Collection[str]) -> list[str]:
    """What is not so before the chosen set may go, in words. `owners`: codes of agencies whose entries are in it, but
    for whoever answers the request."""
    missing = []
    if now.unexplained:
        missing.append("they have not said why they need it")
    if not now.noticed:
        missing.append("nobody said whether the victim was told, or why not")
    if not now.chosen:
        missing.append("nothing was chosen")
    waiting = [code for code in owners if code not in now.words]
    against = [code for code in owners if now.words.get(code) is False]
    if waiting:
        missing.append(f"not every agency whose entries these are has said its word: {len(waiting)} to come")
    if against:
        missing.append(f"not every agency whose entries these are agrees: {len(against)} against")
    return missing


def objection(what: Turn, now: Standing, *, by: int, owners: Collection[str]) -> str:
    """Why this cannot happen now, or not by this person; empty if it can."""
    if now.over is not None:
        return f"this request was {now.over} before"
    if what is Turn.REASON and not now.unexplained:
        return "nobody asked them why"
    if what in OWNERS and not now.chosen:
        return "nothing was chosen yet"
    if what is not Turn.RELEASE:
        return ""
    if by == now.chosen_by:
        return "a second person releases it: not the one who chose"
    return "; ".join(lacking(now, owners))
