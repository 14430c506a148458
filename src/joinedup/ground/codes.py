"""The codes of the notice: kinds of agency and event, concerns, roles, outcomes (`data/notice_codes.yaml`).

A plain local list, wide enough for what agencies say to each other. Where a concern has a DfE assessment factor, the
factor's code stands beside it as a translation; factors themselves come in from assessments only (design section 4).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator

from joinedup.ground.editions import Edition, in_force_or_first, read_editions

FILE = Path(__file__).parent / "data" / "notice_codes.yaml"
Side = Literal["home", "outside"]


class Code(BaseModel):
    """One code: `label` as shown, `means` where the label does not say it all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str
    means: str = ""


class Kind(Code):
    """A kind of event. `nature`: concern, event, response, good or closure. `side`: where it happens unless told."""

    nature: Literal["concern", "event", "response", "good", "closure"]
    side: Side | None = None

    @property
    def is_concern(self) -> bool:
        return self.nature == "concern"

    @property
    def is_response(self) -> bool:
        return self.nature == "response"

    @property
    def is_good(self) -> bool:
        return self.nature == "good"


class Concern(Code):
    """What worries. Harm happening and vulnerability are kept apart (law 6). `factor`: DfE assessment factor(s)."""

    nature: Literal["harm", "vulnerability"]
    side: Side | None = None
    factor: str = ""


def _by_code(raw: Any) -> Any:
    """Turn `code: label` or `code: {label: ...}` lines into codes that know their own name."""
    if not isinstance(raw, dict):
        return raw
    return {code: {"code": code} | (line if isinstance(line, dict) else {"label": line}) for code, line in raw.items()}


class CodeSet(Edition):
    """One dated edition of all codes, each list by code in the order in which it is shown."""

    agency_kinds: dict[str, Code]
    kinds: dict[str, Kind]
    concerns: dict[str, Concern]
    roles: dict[str, Code]
    outcomes: dict[str, Code]

    def tells(self, kinds: Iterable[str], concerns: Iterable[str]) -> str:
        """What is told, in the words of the codes and each once: "Reported missing, self-harm".

        A kind that its concern says again ("Was not brought to appointments") or that says nothing beside one goes.
        """
        worries = [_label(self.concerns, code) for code in concerns]
        whats = [_label(self.kinds, code) for code in kinds if code != "concern" or not worries]
        first, *rest = dict.fromkeys(
            [*(what for what in whats if not any(worry.startswith(what) for worry in worries)), *worries]
        )
        return ", ".join([first, *map(inside, rest)])

    _names = field_validator("agency_kinds", "kinds", "concerns", "roles", "outcomes", mode="before")(_by_code)


def _label(known: Mapping[str, Code], code: str) -> str:
    return known[code].label if code in known else code


def inside(label: str) -> str:
    """A label in the middle of a sentence: "reported missing", but "GP practice"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@cache
def _shipped() -> tuple[CodeSet, ...]:
    return read_editions(FILE, CodeSet)


@cache
def codes(on: date) -> CodeSet:
    """The code set in force on a day (for days before the first edition: the first)."""
    return in_force_or_first(_shipped(), on)[0]
