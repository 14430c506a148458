"""How long a record is kept: dated editions with their sources (`data/retention.yaml`, law 9). The longest holds.

A period that is over destroys nothing: it lets a person propose it, and another release it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from joinedup.ground.editions import Edition, in_force_or_first, read_editions

FILE = Path(__file__).parents[1] / "data" / "retention.yaml"


class Keeping(Edition):
    """One rule. `kinds`, `agencies`: of entries (codes) that put a record under it; neither named: every record.

    Kept until so many years from birth, and until so many from the last entry; 0: not counted from there.
    """

    name: str
    kinds: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    years_from_birth: int = 0
    years_from_last: int = 0
    force: Literal["regulation", "local protocol", "good practice"]
    note: str = ""

    @model_validator(mode="after")
    def _counts_something(self) -> "Keeping":
        if self.years_from_birth <= 0 and self.years_from_last <= 0:
            raise ValueError("a period counts years from birth or from the last entry")
        return self

    def speaks_of(self, life: "Life") -> bool:
        """Whether a record is under this rule."""
        return not (self.kinds or self.agencies) or bool(self.kinds & life.kinds or self.agencies & life.agencies)


@dataclass(frozen=True)
class Life:
    """A record as far as its period goes. `born`: the latest day that was said; None: not known.

    `last`: the day on which something was last received; `kinds`, `agencies`: codes of its entries and their senders'.
    """

    born: date | None
    last: date
    kinds: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ended:
    """Under which rule a record is kept longest, and the first day on which it need not be kept any more."""

    rule: Keeping
    on: date


@cache
def _shipped() -> tuple[Keeping, ...]:
    return read_editions(FILE, Keeping)


def keepings(on: date) -> tuple[Keeping, ...]:
    """The rules in force on a day."""
    return in_force_or_first(_shipped(), on)


def quiet_years(rules: Iterable[Keeping]) -> int:
    """For how many years nothing came of any record whose time can be over, by these rules."""
    return max((rule.years_from_last for rule in rules if not (rule.kinds or rule.agencies)), default=0)


def ended(life: Life, rules: Collection[Keeping]) -> Ended | None:
    """When the longest period of a record ends, whether or not it is over; None if its date of birth is not known and
    a rule counts from it: then it is kept."""
    over = [(rule, _end(rule, life)) for rule in rules if rule.speaks_of(life)]
    if not over or any(on is None for _, on in over):
        return None
    last = max(on for _, on in over if on)
    return Ended(min((rule for rule, on in over if on == last), key=lambda rule: rule.id), last)


def _end(rule: Keeping, life: Life) -> date | None:
    """The first day after a rule's period; None where it counts from a birth that is not known."""
    if rule.years_from_birth and life.born is None:
        return None
    ends = [(life.last, rule.years_from_last)] if rule.years_from_last else []
    ends += [(life.born, rule.years_from_birth)] if rule.years_from_birth and life.born else []
    return max(_years_later(day, years) for day, years in ends)


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 1 March where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
