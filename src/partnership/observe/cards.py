"""A card: what one agency has written down about one person. Made once, then used in all its notices."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

import numpy as np

from partnership.agencies import Agency
from partnership.identifiers import STORY_NUMBERS, hospital_number, la_child_id, nhs_number, provider_reference, upn
from partnership.notices import HOLDS, Json, filled
from partnership.observe.reporters import carer
from partnership.observe.slips import Slips, errors
from partnership.places import CHILDREN_PER_RESIDENCE, address, residence
from partnership.world.children import Children
from partnership.world.households import Households
from partnership.world.settings import Part

INFORMAL = {"voluntary", "school", "family", "police", "supported-accommodation", "childrens-home", "fostering"}


@dataclass
class Cards:
    """All cards of one part of the population."""

    part: Part
    homes: Households
    children: Children
    dice: Random
    care_moves: dict[int, list[int]] = field(default_factory=dict)  # child row: days of moves while looked after
    _made: dict[tuple[str, int], Json] = field(default_factory=dict)
    _moves_known: dict[tuple[str, int], int] = field(default_factory=dict)

    def slips(self, home: int) -> Slips:
        return Slips(self.dice, float(self.homes.chaos[home]), self.part.settings.noise)

    def household_of(self, row: int) -> range:
        """Rows of all children of the child's household."""
        home = int(self.children.household[row])
        return range(*(int(at) for at in np.searchsorted(self.children.household, (home, home + 1))))

    def child(self, agency: Agency, row: int, day: int, truly: bool = False) -> Json:
        """The fields of a mention of a child by an agency on a day. `truly`: as put right, without gap or slip."""
        if truly:
            return self._true(agency, row) | self._address(agency, row, day, sure=True)
        key = agency.code, row
        if key not in self._made:
            self._made[key] = self._child(agency, row)
        return self._made[key] | self._address(agency, row, day)

    def _child(self, agency: Agency, row: int) -> Json:
        home = int(self.children.household[row])
        slips, knows = self.slips(home), errors().agencies[agency.kind]
        given, family = self._names(agency, row, slips)
        return filled(
            kind="child",
            names=[{"given": given, "family": family, "kind": "usual"}],
            born=self._born(row, slips, knows),
            sex="f" if self.children.female[row] else "m",
            identifiers=self._identifiers(agency, row, slips, knows) or None,
        )

    def _true(self, agency: Agency, row: int) -> Json:
        return filled(
            kind="child",
            names=[{"given": self.children.given[row], "family": self.children.family[row], "kind": "usual"}],
            born=self.born(row).isoformat(),
            sex="f" if self.children.female[row] else "m",
            identifiers=[{"system": system, "value": value} for system, value in self.numbers(agency, row).items()]
            or None,
        )

    def _names(self, agency: Agency, row: int, slips: Slips) -> tuple[str, str]:
        given = slips.given(self.children.given[row], agency.kind in INFORMAL)
        other = self.homes.other_family[self.children.household[row]]
        family = slips.family(self.children.family[row], self.children.former[row], other)
        return (family, given) if slips.slip("swapped-names") else (given, family)

    def born(self, row: int) -> date:
        return self.part.settings.day(int(self.children.born[row]))

    def _born(self, row: int, slips: Slips, knows: dict[str, float]) -> str | None:
        if slips.happens(knows["born"]):
            return None
        born = slips.born(self.born(row))
        return str(born.year) if slips.happens(knows["year"]) else born.isoformat()

    def numbers(self, agency: Agency, row: int) -> dict[str, str]:
        """The numbers that an agency of its kind holds, as they truly are."""
        place, number = int(self.children.nhs[row]), int(self.children.number[row])
        held = {
            "nhs-number": nhs_number(place) if place >= 0 else "",
            "upn": self.upn(row) or "",
            "la-child-id": la_child_id(number),
            "hospital-number": hospital_number(number + STORY_NUMBERS),
            "provider-reference": provider_reference(agency.prefix, number + STORY_NUMBERS),
        }
        return {system: held[system] for system in HOLDS.get(agency.kind, ()) if held[system]}

    def upn(self, row: int) -> str | None:
        """The pupil number, from the first school on."""
        if self.children.school[row] < 0:
            return None
        return upn(int(self.children.number[row]) + STORY_NUMBERS, year=self.born(row).year + 5)

    def _identifiers(self, agency: Agency, row: int, slips: Slips, knows: dict[str, float]) -> list[Json]:
        held = self.numbers(agency, row)
        twin = int(self.children.twin[row])
        if "nhs-number" in held:
            of_twin = twin >= 0 and self.children.nhs[twin] >= 0 and slips.slip("twins-number")
            held["nhs-number"] = nhs_number(int(self.children.nhs[twin])) if of_twin else slips.nhs(held["nhs-number"])
        return [
            {"system": system, "value": value}
            for system, value in held.items()
            if not slips.happens(knows.get(system, 0.0))
        ]

    def lives_at(self, row: int, day: int) -> tuple[str, str]:
        """Where the child truly lives on a day, lines and postcode: with the household, or where care placed them."""
        if self.children.looked_after[row]:
            return self._placement(row, day)
        home = int(self.children.household[row])
        if day >= self.homes.moves_on[home]:
            return address(int(self.homes.place2[home]), int(self.homes.house2[home]))
        return address(int(self.homes.place[home]), int(self.homes.house[home]))

    def _placement(self, row: int, day: int) -> tuple[str, str]:
        """Each move of a child in care leads to another foster home; a home for children is one of a few."""
        kind, number = carer(self.children, row, day), int(self.children.number[row])
        if kind != "fostering":
            return residence(kind, number % (1 + self.part.settings.children // CHILDREN_PER_RESIDENCE))
        moved = sum(one <= day for one in self.care_moves.get(row, ()))
        return residence(kind, 1 + number + 10_007 * moved)

    def _address(self, agency: Agency, row: int, day: int, sure: bool = False) -> Json:
        """The address that the agency has: it hears of a move some time after it."""
        home = int(self.children.household[row])
        slips, knows = self.slips(home), errors().agencies[agency.kind]
        if not sure and slips.happens(knows["address"]):
            return {}
        key = agency.code, home
        if key not in self._moves_known:
            self._moves_known[key] = round(self.dice.expovariate(1.0) * knows["knows-move"])
        lines, postcode = self.lives_at(row, day if sure else day - self._moves_known[key])
        kind = "placement" if self.children.looked_after[row] else "home"
        written = postcode if sure else slips.postcode(postcode)
        return {"addresses": [{"lines": lines, "postcode": written, "kind": kind}]}

    def adult(self, home: int, mother: bool) -> Json:
        """A parent as named in a notice: no numbers, seldom a date of birth."""
        given, family = self.adult_name(home, mother)
        slips = self.slips(home)
        return {
            "kind": "adult",
            "role": "parent",
            "names": [{"given": slips.given(given, False), "family": slips.spelt(family), "kind": "usual"}],
            "sex": "f" if mother else "m",
        }

    def adult_name(self, home: int, mother: bool) -> tuple[str, str]:
        """A parent's forename and family name; a mother by herself has her own."""
        alone = mother and self.homes.adults[home] == 1
        given = (self.homes.mother if mother else self.homes.father)[home]
        return str(given), str((self.homes.other_family if alone else self.homes.family)[home])
