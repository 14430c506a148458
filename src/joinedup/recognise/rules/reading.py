"""Reading pattern files: YAML text in, a pattern out, or problems that say what to change."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from joinedup.ground.codes import CodeSet, codes
from joinedup.ground.editions import EditionError
from joinedup.recognise.rules.language import Pattern, Test
from joinedup.recognise.rules.saying import fill

FOLDER = Path(__file__).parents[1] / "data" / "patterns"
ANY_AGENCY, ANY_CONCERN = {"anyone"}, {"any", "none"}
ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a word of the pattern language here: check its spelling, or leave it out",
    "int_parsing": "must be a whole number such as 3",
    "greater_than_equal": "must be at least 1",
    "date_from_datetime_parsing": "must be a date such as 2026-01-31",
    "string_too_short": "is empty: write something",
    "string_pattern_mismatch": "must be small letters, digits and hyphens, such as concerns-add-up",
}


def read_pattern(text: str) -> Pattern:
    """One pattern from YAML text. Raises EditionError with every problem found, each saying where and what to do."""
    try:
        raw = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    except yaml.YAMLError as error:
        raise EditionError([f"The file is not laid out as YAML; look at {_where_in_file(error)}."]) from error
    if not isinstance(raw, dict):
        raise EditionError(["The file must be written as “word: value” lines: begin with “id: name-of-the-pattern”."])
    try:
        pattern = Pattern.model_validate(raw)
    except ValidationError as error:
        raise EditionError(list(dict.fromkeys(_advice(one) for one in error.errors()))) from error
    if problems := [*_unknown_codes(pattern, codes(pattern.since)), *_sentence_problems(pattern)]:
        raise EditionError(problems)
    return pattern


@cache
def shipped() -> tuple[Pattern, ...]:
    """Every edition of every pattern in the box, in order of id."""
    patterns = [read_pattern(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(sorted(patterns, key=lambda pattern: (pattern.id, pattern.since)))


def shipped_text(id_: str) -> str:
    """The file of a pattern in the box, to begin an edition of one's own from; empty if there is none of that id."""
    path = FOLDER / f"{id_}.yaml"
    return path.read_text("utf-8") if id_ in {pattern.id for pattern in shipped()} else ""


def _where_in_file(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}, where {getattr(error, 'problem', 'something')}" if mark else "its first line"


def _advice(error: Any) -> str:
    place = " > ".join(str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]) or "The pattern"
    if error["type"] == "literal_error":
        return f"{place}: “{error['input']}” is not one of {error['ctx']['expected']}: choose one of these."
    if error["type"] == "value_error":
        return f"{place}: {error['ctx']['error']}.".replace("?.", "?")
    return f"{place}: {ADVICE.get(error['type'], error['msg'])}."


def _unknown_codes(pattern: Pattern, known: CodeSet) -> Iterator[str]:
    agencies = set(known.agency_kinds)
    for test in tests_of(pattern):
        told = {kind for kind, _ in test.told}
        yield from _unknown("kind", test.kind, set(known.kinds))
        yield from _unknown("concern", test.concern, set(known.concerns) | ANY_CONCERN)
        yield from _unknown("outcome", test.outcome, set(known.outcomes))
        yield from _unknown("agency", test.agency, agencies)
        yield from _unknown("told", sorted(told), agencies | ANY_AGENCY)
    for count in pattern.when.counts():
        if count.not_followed:
            yield from _unknown("from", count.not_followed.from_, agencies)
    yield from _unknown("names", pattern.names, agencies)


def tests_of(pattern: Pattern) -> Iterator[Test]:
    """Every test in the pattern, those under `not`, *after* and *not followed by* included."""
    for count in pattern.when.counts():
        wheres = [count.where]
        wheres += [count.after.where] if count.after else []
        wheres += [count.not_followed.by] if count.not_followed else []
        for where in wheres:
            yield from (test for test in (where, where.not_) if test)


def _unknown(word: str, given: Any, known: set[str]) -> Iterator[str]:
    for code in given:
        if code not in known:
            yield f"{word}: “{code}” is not in the list of codes: choose one of {', '.join(sorted(known))}."


def _sentence_problems(pattern: Pattern) -> Iterator[str]:
    try:
        fill(pattern, {})
    except (KeyError, ValueError) as error:
        yield f"sentence: “{error.args[0]}” is nothing to fill in: use a measure such as {{happenings:concern}}."
