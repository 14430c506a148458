"""Children: born when, called what, twins, at which school, with which numbers, in care or disabled."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from partnership.agencies import Agency
from partnership.identifiers import STORY_NUMBERS, nhs_bodies
from partnership.names import given, origins
from partnership.places import PRIMARY_FROM, SECONDARY_FROM
from partnership.world.households import Flags, Floats, Households, Ints, Names
from partnership.world.settings import Part

TWINS = 0.025  # of younger brothers and sisters, born on the day of the one before
LOOKED_AFTER = 0.007  # about 84,000 of 12 million
DISABLED = 0.02
YEAR = 365.25
NO_NUMBER = -1


@dataclass
class Children:
    """Columns, one row a child. `born`: days before (negative) or after the start. `twin`: row of a twin, or -1.

    `nhs`: place among the numbers that are never issued, or -1: there are 908,091 of them, so of more children some
    have none that anybody knows.
    """

    number: Ints  # in the whole population, from 0
    household: Ints
    born: Ints
    female: Flags
    given: Names
    family: Names
    former: Names  # former family name, or None
    twin: Ints
    school: Ints  # place among the world's schools
    nhs: Ints
    looked_after: Flags
    disabled: Flags

    def __len__(self) -> int:
        return len(self.number)

    def age(self, day: Ints | int) -> Floats:
        years: Floats = (day - self.born) / YEAR
        return years


def make_children(part: Part, homes: Households, schools: list[Agency]) -> Children:
    """The children of these households, brothers and sisters in order of age, the eldest first."""
    rng = part.rng(2)
    household = np.repeat(np.arange(len(homes)), homes.size)
    rank = np.arange(part.size) - np.repeat(np.cumsum(homes.size) - homes.size, homes.size)
    female = rng.random(part.size) < 0.488
    twin_of_last = (rank > 0) & (rng.random(part.size) < TWINS)
    born = _births(rng, homes, household, rank, twin_of_last)
    number = part.first + np.arange(part.size)
    made = Children(
        number=number,
        household=household,
        born=born,
        female=female,
        given=_given(rng, homes, household, female, rank),
        family=_families(rng, homes, household),
        former=np.full(part.size, None, dtype=object),
        twin=np.where(twin_of_last, np.arange(part.size) - 1, -1),
        school=_schools(part, homes, household, born, schools),
        nhs=_nhs(part, number),
        looked_after=_weighted(rng, homes.strain[household], LOOKED_AFTER),
        disabled=rng.random(part.size) < DISABLED,
    )
    _change_names(rng, homes, made)
    _share_forenames(homes, made)
    return made


def _births(rng: np.random.Generator, homes: Households, household: Ints, rank: Ints, twins: Flags) -> Ints:
    """The eldest is up to 17.5 at the start; the next follow after one to five years, some still to be born."""
    eldest = -(rng.random(len(homes)) * 17.5 * YEAR)[household]
    gap = np.where(rank == 0, 0.0, np.where(twins, 0.0, YEAR * (1.2 + rng.gamma(2.0, 1.0, len(rank)))))
    since_first = np.cumsum(gap)
    start_of = since_first[np.flatnonzero(rank == 0)][household]
    born: Ints = np.floor(eldest + since_first - start_of).astype(np.int64)
    return born


def _given(rng: np.random.Generator, homes: Households, household: Ints, female: Flags, rank: Ints) -> Names:
    """A forename of the household's origin, another than the elder brother's or sister's."""
    drawn = np.empty(len(household), dtype=object)
    for place, origin in enumerate(origins()[0]):
        for sex, flag in (("f", True), ("m", False)):
            chosen = np.flatnonzero((homes.origin[household] == place) & (female == flag))
            drawn[chosen] = given(origin, sex).draw(rng, len(chosen))
    for row in np.flatnonzero((rank > 0) & (drawn == np.roll(drawn, 1))):
        names = given(origins()[0][homes.origin[household[row]]], "f" if female[row] else "m").names
        drawn[row] = next(name for name in names if name != drawn[row])
    return drawn


def _families(rng: np.random.Generator, homes: Households, household: Ints) -> Names:
    """The household's name; in one household of six the children may bear the other parent's, or both."""
    mixed = (rng.random(len(homes)) < 0.16)[household] & (rng.random(len(household)) < 0.6)
    both = (rng.random(len(homes)) < 0.03)[household]
    names = np.where(mixed, homes.other_family[household], homes.family[household])
    joined = homes.family[household] + "-" + homes.other_family[household]
    return np.where(both, joined, names).astype(object)


def _schools(part: Part, homes: Households, household: Ints, born: Ints, schools: list[Agency]) -> Ints:
    """The school near the household for the age reached half-way through the period."""
    primary = np.array([n for n, school in enumerate(schools) if "primary" in school.code])
    secondary = np.array([n for n, school in enumerate(schools) if "primary" not in school.code])
    age = (part.settings.days / 2 - born) / YEAR
    place = homes.place[household]
    near = np.where(age < SECONDARY_FROM, primary[place % len(primary)], secondary[place % len(secondary)])
    return np.where(age < PRIMARY_FROM, NO_NUMBER, near)


def _nhs(part: Part, number: Ints) -> Ints:
    """Numbers in a shuffled order of the whole population; those of the written stories are left out."""
    places = _shuffled(part.settings.seed)
    known = number < len(places)
    return np.where(known, places[np.minimum(number, len(places) - 1)] + STORY_NUMBERS, NO_NUMBER)


@lru_cache(maxsize=1)
def _shuffled(seed: int) -> Ints:
    return np.random.default_rng([seed, 999]).permutation(len(nhs_bodies()) - STORY_NUMBERS)


def _weighted(rng: np.random.Generator, weight: Floats, share: float) -> Flags:
    """Flags of about this share, likelier where the weight is larger (never above one in three)."""
    return rng.random(len(weight)) < np.minimum(0.33, share * (0.4 + 0.6 * weight))


def _change_names(rng: np.random.Generator, homes: Households, made: Children) -> None:
    """Some had another family name before: a parent married or parted, or the name was put right."""
    changed = np.flatnonzero(rng.random(len(made)) < 0.02 + 0.05 * homes.chaos[made.household])
    other = homes.other_family[made.household[changed]]
    unlike = np.array([one != now for one, now in zip(other, made.family[changed], strict=True)], dtype=bool)
    made.former[changed[unlike]] = other[unlike]


def _share_forenames(homes: Households, made: Children) -> None:
    """Cousins of one name: the eldest of the second household gets the forename of the eldest of the first."""
    eldest = np.searchsorted(made.household, np.arange(len(homes)))
    for home in np.flatnonzero(homes.cousin > np.arange(len(homes))):
        one, other = eldest[home], eldest[homes.cousin[home]]
        if made.female[one] == made.female[other]:
            made.given[other], made.family[other] = made.given[one], made.family[one]
