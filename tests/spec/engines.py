"""The engines that must mean the same, each asked the same way: a pattern and a scene in, what it says out."""

from collections.abc import Callable

from joinedup.engine import Engine
from joinedup.recognise import batch
from joinedup.recognise.rules.examples import BEFORE, NOTHING, match_in, says_of
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.tables import Scene

CHILD = "the child"


def python(pattern: Pattern, scene: Scene) -> str:
    return says_of(match_in(pattern, scene))


def duckdb(pattern: Pattern, scene: Scene) -> str:
    stories = {CHILD: scene.lines, **scene.household}
    with Engine(threads=1) as engine:
        batch.load(engine, stories, [(CHILD, member) for member in scene.household])
        found = [one for one in batch.screen(engine, [pattern], scene.on, scene.feeds) if one.subject == CHILD]
    return f"{BEFORE[found[0].certainty]}{found[0].since or 'ever'}" if found else NOTHING


ENGINES: dict[str, Callable[[Pattern, Scene], str]] = {"python": python, "duckdb": duckdb}
