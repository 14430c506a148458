"""Addresses in a town that does not exist: street, number, and a postcode of an area never allocated."""

from functools import lru_cache
from itertools import product
from typing import Any

from partnership.agencies import Agency, agencies, read_data

AREA = "EL"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # no C, I, K, M, O, V in the last two letters of a postcode
PRIMARY_FROM, SECONDARY_FROM, LEAVES_AT = 4, 11, 18  # ages in years
CHILDREN_PER_SCHOOL = 400
MOST_SCHOOLS = 120
OWN_RESIDENCES = {
    "childrens-home": ("Larch House, 3 Quarry Lane", "EL2 4HN"),
    "supported-accommodation": ("The Foyer, 22 Canal Street", "EL1 3WA"),
}
CHILDREN_PER_RESIDENCE = 40_000


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_data("places.yaml")
    return data


@lru_cache(maxsize=1)
def streets() -> list[str]:
    """Some 2,000 street names, in an order that mixes them."""
    parts = _data()["streets"]
    made = [f"{first} {last}" for first, last in product(parts["first"].split(), parts["last"].split())]
    return sorted(made, key=lambda name: (len(name) * 7919 + sum(map(ord, name)) * 104_729) % 9973)


def postcode(place: int) -> str:
    """The postcode at a place; 9 districts of 10 sectors of 400 units, then around again."""
    district, rest = place % 9 + 1, place // 9
    sector, unit = rest % 10, rest // 10 % (len(_INWARD) ** 2)
    return f"{AREA}{district} {sector}{_INWARD[unit // len(_INWARD)]}{_INWARD[unit % len(_INWARD)]}"


def address(place: int, number: int) -> tuple[str, str]:
    """Lines and postcode of a house: one street has one postcode; beyond the streets there are the same names again."""
    street = streets()[place % len(streets())]
    return f"{number} {street}", postcode(place)


def residence(kind: str, place: int) -> tuple[str, str]:
    """A children's home, supported accommodation or foster home: the first of the first two are Ellensford's own."""
    if place == 0 and kind in OWN_RESIDENCES:
        return OWN_RESIDENCES[kind]
    return address(place * 13 + 5, place % 80 + 1)


def world_agencies(children: int) -> list[Agency]:
    """The agencies of a world of so many children: Ellensford's, with more schools where there are more children."""
    base = list(agencies().values())
    wanted = min(MOST_SCHOOLS, children // CHILDREN_PER_SCHOOL)
    return base + [_school(n) for n in range(sum(agency.kind == "school" for agency in base), wanted)]


def _school(n: int) -> Agency:
    firsts = _data()["schools"]["first"].split()
    name = f"{firsts[n % len(firsts)]} {('Primary School', 'School', 'Academy')[n // len(firsts) % 3]}"
    return Agency(name.lower().replace(" ", "-"), name, "school", f"S{n:03d}", 120)
