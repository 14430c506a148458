"""The model file: what Splink learned, in a shape that people and the online scorer read (form `joinedup/model/1`).

Its name carries its kind, its date and a hash of its content; a file that was changed by hand, or lacks a level, is
refused with a clear word. Thresholds are in thousandths of a bit, the unit of every weight here (law 2).
"""

import json
from functools import cache
from math import log2
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from joinedup.ground.keys import digest
from joinedup.link.rules.comparing import WORDS

FORM = "joinedup/model/1"
TWINS = (
    0.03  # of children share their birth with another (ONS, Birth characteristics: 14 multiple maternities in 1,000)
)
NAMESAKES = (
    0.002  # share both names and the household with somebody of another birth (our assumption: named after them)
)
SIBLINGS = (
    0.5  # of children share their home with another (our assumption, of the order of ONS, Families and households)
)
BORN_ALIKE = 0.02  # of two births of anybody are within two letters of each other
CERTAIN = 6.0  # bits: 64 times likelier one child than two, for a wrong join harms more (CRATE: 20 times) than none
LIKE_NAMED = 2.0  # bits: twins are given names that sound alike so much oftener than strangers are (our assumption)
NEAR, TWIN_NAMES_DIFFER_BELOW = 0.8, 0.9  # Jaro-Winkler of forenames
DATA = Path(__file__).parents[1] / "data"


class ModelError(ValueError):
    """A model file that must not be used, and why."""


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(Shape):
    """One way in which two values are alike. `m`, `u`: how often among pairs of one child, of two; null when missing.

    `term`: the column whose commonness adjusts the weight: a shared rare name says more than a shared common one.
    """

    name: str
    test: str
    columns: list[str]
    at_least: float = 0.0
    null: bool = False
    m: float | None = None
    u: float | None = None
    term: str | None = None


class Comparison(Shape):
    """Levels of one subject matter in order: the first that is true counts. `evidence`: what kind of thing it is."""

    name: str
    evidence: str  # name, birth, sex, address, number
    levels: list[Level]


class Terms(Shape):
    """How common values are. Those not listed are as rare as `least`."""

    least: float
    common: dict[str, float]


class Model(Shape):
    """A trained model of one kind of subject. Weights: thousandths of a bit, log2(m/u), plus the prior's."""

    form: str = FORM
    kind: str
    edition: str  # ISO date
    source: str  # who trained it, with what, on what
    prior: float  # that two records picked at random are one
    join_at: int
    doubt_at: int
    lead: int  # a pair counts only if no rival that cannot be the same lies within this
    comparisons: list[Comparison] = Field(min_length=1)
    terms: dict[str, Terms] = {}
    twins: float = TWINS  # of the people whom these records speak of
    namesakes: float = NAMESAKES
    siblings: float = SIBLINGS
    names_alone: int | None = None  # above `join_at`, from which both names join by themselves: null means never

    @model_validator(mode="after")
    def can_be_scored(self) -> "Model":
        for comparison in self.comparisons:
            check_levels(comparison)
        unknown = {level.term for c in self.comparisons for level in c.levels if level.term} - set(self.terms)
        if unknown:
            raise ValueError(f"no term frequencies for {sorted(unknown)}")
        return self

    @property
    def floor(self) -> int:
        """Pairs of less weight than this change nothing, neither as doubts nor as rivals, and are not kept."""
        return min(self.doubt_at, self.join_at - self.lead)

    @property
    def prior_weight(self) -> float:
        return log2(self.prior / (1 - self.prior))

    @property
    def twins_below(self) -> float:
        """Forenames less alike than this (Jaro-Winkler), of one birth and surname, are two children's; 0: none are.

        So it is unless records so often tell another forename of one child, and twins are so rare, that one child is
        far likelier.
        """
        if self._likelier_one("given", "near", self.twins) < CERTAIN + LIKE_NAMED:
            return TWIN_NAMES_DIFFER_BELOW
        return NEAR if self._likelier_one("given", "different", self.twins) < CERTAIN else 0.0

    @property
    def namesakes_apart(self) -> bool:
        """Whether two births that no slip explains are two people's, whatever else agrees."""
        return self._likelier_one("born", "different", self.namesakes) < CERTAIN

    @property
    def siblings_apart(self) -> bool:
        """Whether another forename is another child's of the family, where the births do not tell."""
        return self._likelier_one("given", "different", self.siblings) < CERTAIN

    @property
    def two_slips_are_one(self) -> bool:
        """Whether two letters of a date of birth are slipped so often, and namesakes so rare, that one is likelier."""
        slips = [level.m for c in self.comparisons if c.name == "born" for level in c.levels if level.name == "slip"]
        return all(m and 2 * log2(m) - log2(self.namesakes * BORN_ALIKE) >= CERTAIN for m in slips)

    def known(self, forename: str) -> bool:
        """Whether the population in which the model was trained knows such a name."""
        return forename in self.terms["given"].common

    def _likelier_one(self, comparison: str, level: str, rivals: float) -> float:
        """How much likelier, in bits, one person brings this level than two of whom all else agrees."""
        levels = [one for c in self.comparisons if c.name == comparison for one in c.levels if one.name == level]
        return min((log2(one.m / one.u) - log2(rivals) for one in levels if one.m and one.u), default=0.0)


def check_levels(comparison: Comparison) -> None:
    """Raises ValueError for an unknown test word, a level without its learned numbers, or no last level."""
    for level in comparison.levels:
        if level.test not in WORDS:
            raise ValueError(f"{comparison.name}.{level.name}: no such test {level.test!r}")
        if not level.null and not (level.m and level.u):
            raise ValueError(f"{comparison.name}.{level.name}: m and u are missing")
    if comparison.levels[-1].test != "otherwise":
        raise ValueError(f"{comparison.name}: the last level must be 'otherwise'")


def content_of(model: Model) -> str:
    """The file's text. What an older edition does not say is left out, so that its hash stays."""
    return json.dumps(model.model_dump(exclude_unset=True), sort_keys=True, indent=1, ensure_ascii=True) + "\n"


def name_of(model: Model) -> str:
    """child_2026_11_24_1e09c2ab.json: kind, date and hash of the content."""
    return f"{model.kind}_{model.edition.replace('-', '_')}_{digest(content_of(model))[:8]}.json"


def read_model(path: Path) -> Model:
    """Read a model file. Raises ModelError when its content and the hash in its name differ, or it cannot be scored."""
    try:
        model = Model.model_validate_json(path.read_text())
    except ValidationError as error:
        raise ModelError(f"{path.name}: {error.errors()[0]['msg']}") from error
    if name_of(model) != path.name:
        raise ModelError(f"{path.name}: its content has another hash or date ({name_of(model)})")
    return model


@cache
def model_for(kind: str) -> Model:
    """The model in force for a kind of subject: the latest shipped edition."""
    files = sorted(DATA.glob(f"{kind}_*.json"))
    if not files:
        raise ModelError(f"no model file for {kind!r} in {DATA}")
    return read_model(files[-1])
