"""What has not come yet: on which days to look again, and whom to ask meanwhile."""

from collections.abc import Iterator
from datetime import date

from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.language import Pattern
from joinedup.recognise.rules.match import Question
from joinedup.recognise.rules.meaning import Story
from joinedup.recognise.rules.placing import picked
from joinedup.recognise.rules.silence import Silence, silences
from joinedup.recognise.rules.spans import day_of
from joinedup.recognise.rules.windows import Certainty


def next_days(pattern: Pattern, story: Story) -> set[date]:
    """Days after the one asked about on which the match can change though nothing new comes in.

    These are: the day a silence begins to speak and the day it ends; tomorrow, while a silence cannot be believed
    because the feed is not alive; the day on which a coarse date has surely passed, or a date to come is there.
    """
    days = {fact.last for fact in story.pool(pattern).facts if fact.last and fact.last > story.on and fact.span > 1}
    days |= {fact.first for fact in story.to_come if fact.first}
    for silence in _open_silences(pattern, story):
        tomorrow = [story.on + 1] if silence.speaks <= story.on and not silence.believed else []
        days |= {silence.speaks, silence.ends, *tomorrow}
    return {day_of(day) for day in days if day > story.on}


def questions(pattern: Pattern, story: Story) -> tuple[Question, ...]:
    """What the pattern's question asks, of whom, while the answer may still come in time; one for each entry."""
    if pattern.question is None:
        return ()
    asked = pattern.question
    return tuple(
        Question(
            pattern, silence.fact.agency, asked.role, asked.asks, (silence.fact.key,),
            silence.fact.line.received_at, day_of(silence.due),
        )
        for silence in _open_silences(pattern, story)
        if silence.due >= story.on
    )  # fmt: skip


def _open_silences(pattern: Pattern, story: Story) -> Iterator[Silence]:
    pool = story.pool(pattern)
    for count in pattern.when.counts():
        if count.not_followed:
            waiting: list[Fact] = [fact for fact, _ in picked(count, pool, Certainty.SHOWN)]
            for silence in silences(count.not_followed, waiting, pool, story.feeds):
                if story.on < silence.ends:
                    yield silence
