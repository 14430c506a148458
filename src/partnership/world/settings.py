"""What a world is asked to be, and in which parts it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

PART = 20_000  # children made at once: what memory holds


@dataclass(frozen=True)
class Settings:
    """`children` of all ages, from `start` for so many years, drawn from `seed`.

    `noise`: by how much the chances of not knowing and of getting wrong are multiplied.
    """

    children: int
    seed: int
    years: float = 2.0
    start: date = date(2024, 1, 1)
    noise: float = 1.0

    @property
    def days(self) -> int:
        return round(self.years * 365.25)

    def day(self, offset: int) -> date:
        """The civil day at an offset from the start."""
        return self.start + timedelta(days=int(offset))

    def parts(self) -> Iterator["Part"]:
        for number, first in enumerate(range(0, self.children, PART)):
            yield Part(self, number, first, min(PART, self.children - first))


@dataclass(frozen=True)
class Part:
    """A part of the population: children `first` to `first + size` (exclusive). Each draws from numbers of its own."""

    settings: Settings
    number: int
    first: int
    size: int

    def rng(self, what: int) -> np.random.Generator:
        """Random numbers for one purpose of this part, the same whatever else is drawn."""
        return np.random.default_rng([self.settings.seed, self.number, what])
