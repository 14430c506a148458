"""One meaning, two engines: on random lives DuckDB says of every pattern what plain Python says (law 8)."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.chronicle.rules.line import Line
from joinedup.engine import Engine
from joinedup.recognise import batch
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.meaning import Story, episode_of
from joinedup.recognise.rules.reading import shipped
from joinedup.recognise.rules.spans import day_of
from recognise.lives import DAYS_ASKED, feeds, lines

CHILDREN = ["ada", "ben", "cleo", "dan"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_engines_agree_on_every_pattern(data: st.DataObject) -> None:
    on = data.draw(DAYS_ASKED)
    heard = data.draw(feeds(on))
    stories = {child: data.draw(lines(child)) for child in CHILDREN}
    pairs = [(one, other) for one in CHILDREN for other in CHILDREN if one != other]
    household = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    assert _duckdb(stories, household, on, heard) == _python(stories, household, on, heard)


def _duckdb(stories: dict[str, list[Line]], household: list[tuple[str, str]], on: date, heard: Feeds) -> list:
    with Engine(threads=1) as engine:
        batch.load(engine, stories, household)
        return batch.screen(engine, shipped(), on, heard)


def _python(stories: dict[str, list[Line]], household: list[tuple[str, str]], on: date, heard: Feeds) -> list:
    found = []
    for child, own in stories.items():
        story = Story(own, on, heard, {other: stories[other] for one, other in household if one == child})
        for pattern in shipped():
            if episode := episode_of(pattern, story):
                began, day = (day_of(n) if n else None for n in (episode.began, episode.day))
                found.append(batch.Screened(child, pattern.id, began, day, episode.certainty))
    return sorted(found, key=lambda one: (one.subject, one.pattern))
