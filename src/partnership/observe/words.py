"""What people write: an opening, what was seen, what was done; put together from `data/words.yaml`."""

from functools import lru_cache
from random import Random
from typing import Any

from partnership.agencies import read_data

REPORTS = {"concern", "disclosure", "attendance", "missing", "absence", "not-seen"}  # opened and closed by the writer
VOICES = {
    "school",
    "voluntary",
    "childrens-social-care",
    "health-visiting",
    "fostering",
    "childrens-home",
    "supported-accommodation",
}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_data("words.yaml")
    return data


def words(dice: Random, *, by: str, kind: str, concerns: list[str], who: str, count: int | None = None) -> str:
    """One or more sentences. `by`: kind of agency; `who`: the child's forename as the agency writes it."""
    data = _data()
    saw = [dice.choice(data["saw"].get(concern, data["saw"]["other"])) for concern in concerns[:2]]
    if not saw:
        saw = [dice.choice(data["said"].get(kind, data["said"]["contact"]))]
    if kind not in REPORTS or not concerns:
        return str(saw[-1]).format(who=who, count=count)
    parts = [dice.choice(data["opens"][by]), *saw, dice.choice(data["did"].get(by, [""]))]
    return " ".join(part for part in parts if part).format(who=who, count=count)


def going_well(dice: Random) -> str:
    return str(dice.choice(_data()["going_well"]))


def childs_words(dice: Random, by: str, chance: float) -> str | None:
    """What the child said, where somebody asked and wrote it down."""
    return str(dice.choice(_data()["childs_words"])) if by in VOICES and dice.random() < chance else None


def role(dice: Random, by: str) -> str:
    return str(dice.choice(_data()["roles"][by]))
