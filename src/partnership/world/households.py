"""Households: who lives together, where, under which names, and how hard their lives are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from partnership.names import families, given, origins
from partnership.world.settings import Part

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Names = npt.NDArray[np.object_]

CHILDREN_IN_HOUSEHOLD = (0.45, 0.385, 0.115, 0.035, 0.01, 0.004, 0.001)  # one to seven, near to the census of England
# Shape of the gamma of how often things happen in a household (mean 1): few have most. Set so that about 22.6% of
# referred children are referred again within twelve months (DfE, year to March 2025).
STRAIN_SHAPE = 0.34
COUSINS = 0.01  # households with a cousin household of one name, and a child of one forename in both
HOUSES_PER_STREET = 25
NEVER = 10**6  # a day beyond every period


@dataclass
class Households:
    """Columns, one row a household. `strain`: multiplies how often things happen (mean 1); `chaos`: its rank, 0 to 1,
    which also spoils identifiers. `place`, `house`: where they live from the start; `place2`, `house2` from `moves_on`.
    """

    size: Ints
    strain: Floats
    chaos: Floats
    origin: Ints
    family: Names
    other_family: Names
    mother: Names
    father: Names
    adults: Ints
    place: Ints
    house: Ints
    place2: Ints
    house2: Ints
    moves_on: Ints
    cousin: Ints

    def __len__(self) -> int:
        return len(self.size)


def make_households(part: Part) -> Households:
    """Households that together hold exactly the part's children."""
    rng = part.rng(1)
    size = _sizes(rng, part.size)
    count = len(size)
    strain = rng.gamma(STRAIN_SHAPE, 1 / STRAIN_SHAPE, count)
    chaos = np.argsort(np.argsort(strain)) / max(1, count - 1)
    _, shares = origins()
    origin = rng.choice(len(shares), size=count, p=shares)
    streets = max(40, part.settings.children // 2 // HOUSES_PER_STREET)
    moves = rng.random(count) < 0.10 * part.settings.years * (0.4 + 1.4 * chaos)
    made = Households(
        size=size,
        strain=strain,
        chaos=chaos,
        origin=origin,
        family=_by_origin(rng, origin, "family"),
        other_family=_by_origin(rng, origin, "family"),
        mother=_by_origin(rng, origin, "f"),
        father=_by_origin(rng, origin, "m"),
        adults=1 + (rng.random(count) < 0.78 - 0.4 * chaos).astype(np.int64),
        place=rng.integers(0, streets, count),
        house=rng.integers(1, 90, count),
        place2=rng.integers(0, streets, count),
        house2=rng.integers(1, 90, count),
        moves_on=np.where(moves, rng.integers(0, part.settings.days, count), NEVER),
        cousin=np.full(count, -1),
    )
    _join_cousins(rng, made)
    return made


def _sizes(rng: np.random.Generator, children: int) -> Ints:
    drawn = rng.choice(len(CHILDREN_IN_HOUSEHOLD), size=children, p=CHILDREN_IN_HOUSEHOLD) + 1
    total = np.cumsum(drawn)
    last = int(np.searchsorted(total, children))
    size = drawn[: last + 1].astype(np.int64)
    size[last] -= int(total[last]) - children
    return size


def _by_origin(rng: np.random.Generator, origin: Ints, what: str) -> Names:
    """A name for each household from the list of its origin: a family name, or a forename of a sex."""
    drawn = np.empty(len(origin), dtype=object)
    for place, name in enumerate(origins()[0]):
        chosen = np.flatnonzero(origin == place)
        names = families(name) if what == "family" else given(name, what)
        drawn[chosen] = names.draw(rng, len(chosen))
    return drawn


def _join_cousins(rng: np.random.Generator, made: Households) -> None:
    """Pairs of households become those of brothers or sisters: one family name, another address."""
    count = round(len(made) * COUSINS / 2)
    chosen = rng.permutation(len(made))[: 2 * count].reshape(count, 2)
    one, other = chosen[:, 0], chosen[:, 1]
    made.family[other] = made.family[one]
    made.origin[other] = made.origin[one]
    made.cousin[one], made.cousin[other] = other, one
