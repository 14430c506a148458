"""What the story's files hold, as typed shapes. Dates are civil days or local times of England."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _when(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


When = Annotated[datetime | date, BeforeValidator(_when)]


class Shape(BaseModel):
    """Strict about names, so that a slip in a story file is found when it is read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.strip("_").replace("_", "-")
    )


class Lived(BaseModel):
    since: date
    lines: str
    postcode: str
    kind: Literal["home", "placement"]


class Somebody(BaseModel):
    """A person of the story. `known_as`: what one agency writes instead ("" for what it does not know)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["child", "adult"]
    given: str
    family: str
    nickname: str = ""
    sex: Literal["f", "m"]
    born: str
    nhs: int | None = None
    upn: int | None = None
    la: int | None = None
    lives: list[Lived]
    known_as: dict[str, dict[str, str]] = {}

    def lives_on(self, day: date) -> Lived:
        return next((one for one in reversed(self.lives) if one.since <= day), self.lives[0])


class Told(Shape):
    """One notice of the story: who says what about whom, when it was and when it was sent."""

    key: str = ""
    from_: str
    sent: datetime
    role: str
    reference_of_observer: str = ""
    first_hand: bool | None = None
    about: list[str]
    others: dict[str, str] = {}
    describes: dict[str, str] = {}
    kind: str
    on: When
    to: date | None = None
    lasting: bool | None = None
    concerns: list[str] = []
    side: Literal["home", "outside"] | None = None
    standing: Literal["reported", "observed", "assessed", "established"] = "reported"
    outcome: str | None = None
    count: int | None = None
    told: dict[str, str] | Literal["none", "unknown"] = "unknown"
    place: str = ""
    reference: str = ""
    words: str = ""
    childs_words: str = ""
    going_well: str = ""
    corrects: str = ""
    safety: dict[str, str] = {}
    consent: dict[str, str] = {}


class Row(BaseModel):
    """One row of the story's table: what can be said on a day, to whom, resting on which notices.

    `says`: the story's words; `sentence`: ours, and how they differ if they do. `waits`: for a room not built yet.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    month: int
    on: date
    child: str
    pattern: str
    finding: str
    goes_to: list[str]
    says: str
    sentence: str = ""
    because: list[str]
    alone: str
    differs: str = ""
    waits: str = ""


class Silent(BaseModel):
    """What must not fire: about a child at all, or on the ground of some notices before a day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    child: str
    why: str
    until: date | None = None
    because: list[str] = Field(default=[])
