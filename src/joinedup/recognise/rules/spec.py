"""The spec of the language: for each word small tables of lines and what they say, run on every engine.

The files in `data/spec/` are the chapters of the manual; a paragraph is a pattern with nothing but its `when`.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from joinedup.recognise.rules.language import Clause, Example, Length, Pattern, Shape, Text
from joinedup.recognise.rules.spans import Span

FOLDER = Path(__file__).parents[1] / "data" / "spec"


class Paragraph(Example):
    """One table: its clause, its lines, what it says."""

    when: Clause
    for_: Literal["child", "household"] = Field("child", alias="for")
    quiet: Length = Span(90)
    written: dict[str, Any]  # `when`, and what else bears on it, as its author wrote it

    @model_validator(mode="before")
    @classmethod
    def _keep(cls, raw: dict[str, Any]) -> dict[str, Any]:
        return raw | {"written": {word: raw[word] for word in ("for", "quiet", "when") if word in raw}}

    def pattern(self) -> Pattern:
        """The paragraph's clause as a pattern, all that the clause does not need being made up."""
        return Pattern.model_validate(PLAIN | {"when": self.when, "for": self.for_, "quiet": str(self.quiet)})


class Chapter(Shape):
    chapter: Text
    about: Text
    paragraphs: tuple[Paragraph, ...]


PLAIN = {
    "id": "spec", "edition": "1", "since": "1990-01-01", "source": "the spec", "grade": "P", "title": "Spec",
    "theme": "spec", "tier": "today", "nature": "vulnerability", "owner": "nobody", "why": "spec",
    "sentence": "It holds.", "ask": "Nothing.", "examples": (),
}  # fmt: skip


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters, in order."""
    texts = (path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml")))
    return tuple(
        Chapter.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - makes nothing but text
        for text in texts
    )
