"""`data/lives.yaml` as typed shapes: what happens how often, what goes on behind it, what answers it."""

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from partnership.agencies import read_data

Unit = Literal["household", "child"]


def _ages(text: object) -> object:
    return tuple(text.split("-")) if isinstance(text, str) else text


Ages = Annotated[tuple[int, int], BeforeValidator(_ages)]  # from the first birthday named up to the day before last + 1


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(Shape):
    """One kind of happening. `rate`: per 1,000 children of these ages a year. `by`, `concerns`: weights."""

    kind: str
    by: dict[str, float]
    unit: Unit
    only: Literal["", "looked-after", "disabled"] = ""
    rate: float
    strain: float
    ages: Ages
    concerns: dict[str, float]
    side: Literal["home", "outside"] | None = None
    refer: float
    also: dict[str, float] = {}
    burst: float = 1.0
    answered: float = 0.0


class Situation(Shape):
    """What goes on behind the events. `adds`: further events for a child a year while it lasts."""

    unit: Unit
    share: float
    days: int
    strain: float
    ages: Ages
    adds: dict[str, float]


class Lives(Shape):
    happenings: dict[str, Kind]
    situations: dict[str, Situation]
    response: dict[str, float]

    @property
    def names(self) -> list[str]:
        return list(self.happenings)


@lru_cache(maxsize=1)
def lives() -> Lives:
    return Lives.model_validate(read_data("lives.yaml"))
