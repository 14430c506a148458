"""What agencies get wrong or do not know: `data/errors.yaml` as shapes, and the slips themselves."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from partnership.agencies import read_data
from partnership.names import nickname, plain, spellings

_NEAR = dict(zip("abcdefghijklmnopqrstuvwxyz", "sveshdjuokjlmboaspedriuvwczhtx"[:26], strict=True))
LEAST, MOST = 0.35, 1.65  # by how much chaos multiplies the chance of a slip: calmest, most strained


@dataclass(frozen=True)
class Errors:
    """`agencies`: by kind of agency, chances of not knowing; `slips`: chances of getting wrong; `delays` in days."""

    agencies: dict[str, dict[str, float]]
    slips: dict[str, float]
    delays: dict[str, dict[str, float]]
    dates: dict[str, float]
    traffic: dict[str, float]


@lru_cache(maxsize=1)
def errors() -> Errors:
    data = read_data("errors.yaml")
    return Errors(
        {kind: _numbers(row) for kind, row in data["agencies"].items()},
        _numbers(data["slips"]),
        {kind: _numbers(row) for kind, row in data["delays"].items()},
        _numbers(data["dates"]),
        _numbers(data["traffic"]),
    )


def _numbers(row: dict[str, str]) -> dict[str, float]:
    return {name: float(value == "yes") if value in ("yes", "no") else float(value) for name, value in row.items()}


@dataclass(frozen=True)
class Slips:
    """Slips of one writer about one household. `chaos`: 0 to 1. `noise`: by which every chance is multiplied."""

    dice: Random
    chaos: float
    noise: float = 1.0

    def happens(self, chance: float) -> bool:
        return self.dice.random() < chance * self.noise * (LEAST + (MOST - LEAST) * self.chaos)

    def slip(self, name: str) -> bool:
        return self.happens(errors().slips[name])

    def given(self, name: str, informal: bool) -> str:
        """A forename as written: by nickname (informal writers), in another spelling, without accents, mistyped."""
        short = nickname(name)
        if informal and short and self.slip("nickname"):
            return short
        return self.typed(self.spelt(name), "typo-given")

    def family(self, name: str, former: str | None, other: str) -> str:
        """A family name as written: the former one, the other parent's, half of a double one, mistyped."""
        if former and self.slip("former-family"):
            name = former
        elif self.slip("other-family"):
            name = other
        elif "-" in name and not name.startswith("Al-") and self.slip("hyphen-half"):
            name = self.dice.choice(name.split("-"))
        return self.typed(self.spelt(name), "typo-family")

    def spelt(self, name: str) -> str:
        others = spellings(name)
        if others and self.slip("spelling"):
            return self.dice.choice(others)
        bare = plain(name)
        return bare if bare != name and self.slip("accents") else name

    def typed(self, text: str, slip: str) -> str:
        return self._mistype(text) if len(text) > 2 and self.slip(slip) else text

    def _mistype(self, text: str) -> str:
        """One letter left out, doubled, swapped with the next, or a neighbour on the keyboard."""
        at = self.dice.randrange(1, len(text) - 1)
        letter = text[at]
        return text[:at] + self.dice.choice((
            text[at + 1 :],
            letter + text[at:],
            text[at + 1] + letter + text[at + 2 :],
            _NEAR.get(letter, letter) + text[at + 1 :],
        ))  # fmt: skip

    def born(self, day: date) -> date:
        """A date of birth as written: day and month swapped, or one figure wrong."""
        if day.day <= 12 and self.slip("swapped-day-month"):
            return date(day.year, day.day, day.month)
        if self.slip("born-digit"):
            return (
                day.replace(day=day.day % 28 + 1)
                if self.dice.random() < 0.5
                else day.replace(year=day.year - 1, day=min(day.day, 28))
            )
        return day

    def postcode(self, code: str) -> str:
        """The postcode with its last two letters swapped: never one of another town."""
        return code[:-2] + code[-1] + code[-2] if self.slip("typo-postcode") else code

    def nhs(self, number: str) -> str:
        """The number, or one with a wrong digit after 999, which is then no valid number."""
        if not self.slip("wrong-digit"):
            return number
        at = self.dice.randrange(3, 9)
        return number[:at] + str((int(number[at]) + 1 + self.dice.randrange(8)) % 10) + number[at + 1 :]
