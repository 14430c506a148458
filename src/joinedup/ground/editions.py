"""Dated editions: law, code sets and rules of practice as data, each with its source and how well it is known (law 9).

One reader for the files that joinedup ships and for a partnership's own: YAML in which everything is text (so that
`no` stays a word), typed afterwards. A document is one edition, a list of editions, or a mapping whose `editions` is
that list and whose other keys hold for each of them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

Grade = Literal["P", "S", "U"]
GRADES: dict[Grade, str] = {
    "P": "primary text seen",
    "S": "secondary text seen, such as a local procedure",
    "U": "commonly known in the field, not seen in any source",
}


class EditionError(ValueError):
    """The text is no edition; `problems` say where and why, for whoever wrote it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Edition(BaseModel):
    """What every edition says about itself. In force from `since` up to but without `until` (None: still)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    edition: str
    since: date
    until: date | None = None
    source: str
    grade: Grade

    @model_validator(mode="after")
    def _has_days(self) -> "Edition":
        if self.until is not None and self.until <= self.since:
            raise ValueError("until must be later than since")
        return self

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


E = TypeVar("E", bound=Edition)


def read_editions(text_or_path: str | Path, shape: type[E]) -> tuple[E, ...]:
    """Read every edition of a YAML text or file as the given shape. Raises EditionError with all problems at once."""
    text = text_or_path.read_text("utf-8") if isinstance(text_or_path, Path) else text_or_path
    problems: list[str] = []
    editions: list[E] = []
    for raw in _raw_editions(text):
        try:
            editions.append(shape.model_validate(raw))
        except ValidationError as error:
            problems += _problems(str(raw.get("id", "an edition without id")), error)
    if problems:
        raise EditionError(problems)
    return tuple(editions)


def _raw_editions(text: str) -> Iterator[dict[str, Any]]:
    try:
        document = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    except yaml.YAMLError as error:
        raise EditionError([f"this is not YAML: {error}"]) from error
    shared: dict[str, Any] = {}
    if isinstance(document, dict) and "editions" in document:
        shared = {key: value for key, value in document.items() if key != "editions"}
        document = document["editions"]
    for raw in document if isinstance(document, list) else [document]:
        if not isinstance(raw, dict):
            raise EditionError(["an edition is written as “name: value” lines"])
        yield shared | raw


def _problems(name: str, error: ValidationError) -> list[str]:
    return [f"{name}: {'.'.join(map(str, one['loc'])) or 'whole'}: {one['msg']}" for one in error.errors()]


def in_force(editions: Iterable[E], on: date) -> tuple[E, ...]:
    """The editions that hold on a day, one for each id (the latest begun), in order of id."""
    latest: dict[str, E] = {}
    for edition in sorted(editions, key=lambda one: (one.since, one.edition)):
        if edition.holds_on(on):
            latest[edition.id] = edition
    return tuple(latest[id_] for id_ in sorted(latest))


def in_force_or_first(editions: Iterable[E], on: date) -> tuple[E, ...]:
    """As `in_force`; an id none of whose editions had begun is answered with its first, the nearest that is known.

    For reading the past (replay, back-loads): an older event must be placed by some edition, and it says which.
    """
    every = list(editions)
    first: dict[str, E] = {}
    for edition in sorted(every, key=lambda one: (one.since, one.edition), reverse=True):
        first[edition.id] = edition
    early = {id_: edition for id_, edition in first.items() if on < edition.since}
    holding = {edition.id: edition for edition in in_force(every, on)}
    return tuple(edition for _, edition in sorted((early | holding).items()))
