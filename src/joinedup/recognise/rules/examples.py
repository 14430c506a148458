"""A pattern's worked examples, run: what they say, and where they do not say what their author wrote beside them."""

from collections.abc import Iterator

from joinedup.ground.editions import EditionError
from joinedup.recognise.rules.language import Example, Pattern
from joinedup.recognise.rules.match import Match
from joinedup.recognise.rules.meaning import Story, look
from joinedup.recognise.rules.reading import read_pattern
from joinedup.recognise.rules.tables import Scene, scene_of
from joinedup.recognise.rules.windows import Certainty

NOTHING = "nothing"
BEFORE = {Certainty.SURE: "", Certainty.MAY: "may ", Certainty.SHOWN: "shown only "}


def match_in(pattern: Pattern, scene: Scene) -> Match | None:
    return look(pattern, Story(scene.lines, scene.on, scene.feeds, scene.household))


def says_of(match: Match | None) -> str:
    """What an example's `says` holds: "nothing", or since when: "2024-03-05", "may 2024-03-05", "shown only ever"."""
    return NOTHING if match is None else f"{BEFORE[match.certainty]}{match.true_from or 'ever'}"


def faults(pattern: Pattern) -> list[str]:
    """What is wrong with the examples, as sentences for their author; none: the pattern holds."""
    says = {example.says for example in pattern.examples}
    kinds = (
        []
        if NOTHING in says and len(says) > 1
        else ["examples: write at least one that must match and one that must not."]
    )
    return [*kinds, *(fault for example in pattern.examples for fault in _faults(pattern, example))]


def sound_pattern(text: str) -> Pattern:
    """A pattern that reads well and whose every worked example holds. Raises EditionError: what to change."""
    pattern = read_pattern(text)
    if problems := faults(pattern):
        raise EditionError(problems)
    return pattern


def _faults(pattern: Pattern, example: Example) -> Iterator[str]:
    match = match_in(pattern, scene_of(example, pattern))
    if says_of(match) != example.says:
        yield f"{example.title}: says “{says_of(match)}”, where “{example.says}” was written."
    found = match.amounts if match else {}
    for measure, n in example.counts:
        if found.get(measure, 0) != n:
            yield f"{example.title}: {measure} is {found.get(measure, 0)}, where {n} was written."
