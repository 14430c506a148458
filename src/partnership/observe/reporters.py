"""Which agency of a world writes about a child: its own school, its carers, and the one of every other kind."""

from dataclasses import dataclass, field
from random import Random

from partnership.agencies import Agency
from partnership.world.children import YEAR, Children

CARER = "carer"  # stands for whoever looks after the child: fostering service, children's home, supported accommodation
SIXTEEN, ELEVEN = 16, 11


@dataclass
class Reporters:
    """The agencies by kind, schools in the order in which children's `school` counts them."""

    agencies: list[Agency]
    schools: list[Agency] = field(init=False)
    _by_kind: dict[str, Agency] = field(init=False)

    def __post_init__(self) -> None:
        self.schools = [agency for agency in self.agencies if agency.kind == "school"]
        self._by_kind = {}
        for agency in self.agencies:
            self._by_kind.setdefault(agency.kind, agency)

    def of_kind(self, kind: str, children: Children, row: int, day: float) -> Agency | None:
        """The agency of a kind for a child; None for the school of a child who is at none."""
        if kind == "school":
            place = int(children.school[row])
            return self.schools[place] if place >= 0 else None
        if kind == CARER:
            return self._by_kind[carer(children, row, day)]
        return self._by_kind[kind]

    def only(self, kind: str) -> Agency:
        """The one agency of a kind, the first where there are several."""
        return self._by_kind[kind]

    def by_weight(
        self, dice: Random, weights: dict[str, float], children: Children, row: int, day: float
    ) -> Agency | None:
        kind = dice.choices(list(weights), list(weights.values()))[0] if len(weights) > 1 else next(iter(weights))
        return self.of_kind(kind, children, row, day)


def carer(children: Children, row: int, day: float) -> str:
    """Kind of agency that looks after a child in care: three of four live with foster carers, some of 11 to 15 in a
    children's home, some of 16 and 17 in supported accommodation (nobody younger may live there).
    """
    number, age = int(children.number[row]), (day - children.born[row]) / YEAR
    if age >= SIXTEEN and number % 5 < 2:
        return "supported-accommodation"
    return "childrens-home" if ELEVEN <= age < SIXTEEN and number % 4 == 0 else "fostering"
