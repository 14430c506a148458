"""Every word of the pattern language means what its spec table says, on every engine; the manual prints the tables."""

from pathlib import Path

import pytest

from joinedup.recognise.rules import language
from joinedup.recognise.rules.manual import manual
from joinedup.recognise.rules.reading import shipped
from joinedup.recognise.rules.spec import Paragraph, chapters
from joinedup.recognise.rules.tables import scene_of
from spec.engines import ENGINES

MANUAL = Path(__file__).parents[2] / "docs" / "generated" / "patterns.md"
PARAGRAPHS = [paragraph for chapter in chapters() for paragraph in chapter.paragraphs]
EXAMPLES = [(pattern, example) for pattern in shipped() for example in pattern.examples]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("paragraph", PARAGRAPHS, ids=lambda paragraph: paragraph.title)
def test_the_language_means_what_its_tables_say(engine: str, paragraph: Paragraph) -> None:
    pattern = paragraph.pattern()
    assert ENGINES[engine](pattern, scene_of(paragraph, pattern)) == paragraph.says


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("pattern", "example"), EXAMPLES, ids=[f"{pattern.id}: {example.title}" for pattern, example in EXAMPLES]
)
def test_a_pattern_says_what_stands_beside_its_example(
    engine: str, pattern: language.Pattern, example: language.Example
) -> None:
    assert ENGINES[engine](pattern, scene_of(example, pattern)) == example.says


def test_every_word_of_the_language_has_a_table() -> None:
    written = [used for paragraph in PARAGRAPHS for used in _words(paragraph.written)]
    for shape in (language.Test, language.Where, language.After, language.NotFollowed, language.Rate, language.Count):
        for name, field in shape.model_fields.items():
            assert (field.alias or name) in written, f"{shape.__name__}.{name} has no spec table"
    for word in (*language.MEASURES, "all", "any", "for", "quiet"):
        assert word in written, f"{word} has no spec table"


def _words(written: object) -> list[str]:
    if isinstance(written, dict):
        return [*map(str, written), *(word for value in written.values() for word in _words(value))]
    return [word for value in written for word in _words(value)] if isinstance(written, list) else []


def test_every_pattern_shows_that_one_event_reported_by_four_agencies_counts_once() -> None:
    for pattern in shipped():
        scenes = [scene_of(example, pattern) for example in pattern.examples]
        everybody = [
            [*scene.lines, *(line for theirs in scene.household.values() for line in theirs)] for scene in scenes
        ]
        assert any(_most_reported(lines) >= 4 for lines in everybody), pattern.id


def _most_reported(lines: list) -> int:
    happenings = [line.happening for line in lines]
    return max(happenings.count(happening) for happening in happenings)


def test_every_pattern_has_examples_that_must_and_that_must_not_match() -> None:
    for pattern in shipped():
        says = {example.says == "nothing" for example in pattern.examples}
        assert says == {True, False}, pattern.id


def test_the_manual_is_the_one_that_the_files_give() -> None:
    assert MANUAL.read_text("utf-8") == manual(), "run: joinedup screen --manual docs/generated/patterns.md"
