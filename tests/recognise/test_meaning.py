"""What a pattern means: laws that hold of every chronology."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.ground.codes import codes
from joinedup.recognise.rules.facts import facts_of
from joinedup.recognise.rules.feeds import Feed, Feeds
from joinedup.recognise.rules.language import Count, Pattern
from joinedup.recognise.rules.meaning import Story, episode_of, evaluate, look, look_at
from joinedup.recognise.rules.reading import shipped
from joinedup.recognise.rules.spec import PLAIN
from joinedup.recognise.rules.tables import scene_of
from joinedup.recognise.rules.waiting import next_days
from joinedup.recognise.rules.windows import Certainty
from recognise.lives import DAYS_ASKED, feeds, lines
from recognise.oracle import may_add_up, surely_adds_up

LATER = date(2027, 1, 1)
COUNTS = [
    {"where": {"is": "concern"}, "within": "30 days", "at_least": {"happenings": 3, "agencies": 2}},
    {"where": {"is": "concern"}, "within": "60 days", "at_least": {"observers": 2, "kinds_of_concern": 2}},
    {"where": {"not": {"kind": "missing"}}, "within": "10 days", "at_least": {"days": 2, "kinds_of_agency": 2}},
    {"where": {"side": "home"}, "within": "400 days", "at_least": {"happenings": 2, "sides": 1, "people": 1}},
]


@settings(max_examples=60, deadline=None)
@given(lines("ada", 10), st.sampled_from(COUNTS))
def test_a_count_holds_when_one_window_touches_all_it_counts(story: list, written: dict) -> None:
    count = Count.model_validate(written)
    pattern = Pattern.model_validate(PLAIN | {"when": {"count": written}, "quiet": "99999 days"})
    facts = facts_of(story, {}, Feeds(), codes(LATER))
    episode = episode_of(pattern, Story(story, LATER, Feeds()))
    assert (episode is not None) == may_add_up(count, facts)
    assert (episode is not None and episode.certainty is Certainty.SURE) == surely_adds_up(count, facts)


@settings(max_examples=40, deadline=None)
@given(lines("ada"), lines("ben", 4), st.data(), st.randoms(use_true_random=False))
def test_order_and_doubles_change_nothing(own: list, others: list, data: st.DataObject, chance: random.Random) -> None:
    on = data.draw(DAYS_ASKED)
    heard = data.draw(feeds(on))
    shuffled = own + own[:3]
    chance.shuffle(shuffled)
    assert evaluate(shuffled, on, heard, shipped(), {"ben": others[::-1]}) == evaluate(
        own, on, heard, shipped(), {"ben": others}
    )


@settings(max_examples=40, deadline=None)
@given(lines("ada"), st.data())
def test_what_happens_later_is_not_known_before(own: list, data: st.DataObject) -> None:
    on = data.draw(DAYS_ASKED)
    heard = data.draw(feeds(on))
    happened = [line for line in own if line.period.first is None or line.period.first <= on]
    firsts_kept = {line.happening for line in happened} & {line.happening for line in own if line not in happened}
    if not firsts_kept:  # an event also dated later has another closest date
        assert evaluate(happened, on, heard, shipped()) == evaluate(own, on, heard, shipped())


@settings(max_examples=25, deadline=None)
@given(lines("ada", 8), st.data())
def test_between_the_days_named_nothing_changes_by_itself(own: list, data: st.DataObject) -> None:
    on = data.draw(DAYS_ASKED)
    heard = data.draw(feeds(on))
    story = Story(own, on, heard)
    for pattern in shipped():
        named = next_days(pattern, story)
        quiet_days = range(1, min(((day - on).days for day in named), default=60))
        before = look(pattern, story)
        for n in list(quiet_days)[:: max(1, len(quiet_days) // 3)]:
            assert look(pattern, Story(own, on + timedelta(days=n), heard)) == before, pattern.id


@settings(max_examples=40, deadline=None)
@given(lines("ada"), st.data())
def test_a_match_shows_its_evidence_and_is_shown_once_it_was_received(own: list, data: st.DataObject) -> None:
    on = data.draw(DAYS_ASKED)
    live = {line.key: line for line in own if not line.withdrawn}
    for match in evaluate(own, on, data.draw(feeds(on)), shipped()):
        assert set(match.entries) <= live.keys()
        assert set(match.may) <= set(match.entries)
        assert list(match.lines) == sorted(match.lines, key=lambda line: line.order)
        assert match.tier == ("know" if match.certainty is Certainty.SHOWN else match.pattern.tier)
        assert (match.certainty is Certainty.MAY) <= match.sentence.startswith("May add up")
        assert not set(match.knowing) & set(match.not_told)
        assert match.shown_at >= min(line.received_at for line in match.lines)


def test_a_silence_that_was_spoken_of_long_enough_is_waited_for_no_more() -> None:
    pattern = next(one for one in shipped() if one.id == "missing-no-conversation")
    scene = scene_of(pattern.examples[0], pattern)
    assert next_days(pattern, Story(scene.lines, scene.on, scene.feeds)) == {date(2024, 6, 3), date(2024, 6, 22)}
    assert next_days(pattern, Story(scene.lines, date(2024, 7, 1), scene.feeds)) == set()


def test_one_pattern_may_be_asked_by_itself() -> None:
    pattern = next(one for one in shipped() if one.id == "second-injury")
    scene = scene_of(pattern.examples[0], pattern)
    match = look_at(pattern, scene.lines, scene.on, scene.feeds)
    assert match is not None
    assert match.not_told == ("childrens-social-care", "police")
    assert match.sentence == (
        "A second injury, 14 May 2024. Not passed on to children's social care before it: 5 March 2024."
    )


@pytest.mark.parametrize(("last_heard", "speaks"), [(date(2024, 3, 7), False), (date(2024, 3, 8), True)])
def test_a_silence_is_believed_once_the_feed_was_heard_on_the_last_day_in_time(last_heard: date, speaks: bool) -> None:
    pattern = next(one for one in shipped() if one.id == "attendance-reason-not-received")
    scene = scene_of(pattern.examples[0], pattern)  # three working days after 5 March 2024 end on 8 March
    feeds = Feeds({"hospital": Feed("hospital", "Hospital", last_heard)})
    story = Story(scene.lines, date(2024, 3, 12), feeds)
    assert (look(pattern, story) is not None) == speaks
    assert (date(2024, 3, 13) in next_days(pattern, story)) == (not speaks)  # while it is not: tomorrow again
