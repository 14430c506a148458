"""Laws 2 and 3: whatever the order and however often messages come, the story is the same; and nobody knew before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.desk import NOW, Desk, persons
from joinedup.chronicle.rules.line import Line

EVENTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["missing", "missing", "concern", "message-passed", "conference"]),
        "concerns": st.sampled_from([[], ["missing-episode"], ["missing-episode", "neglect"]]),
        "happened": st.sampled_from(
            [
                {"from": "2026-03-05"},
                {"from": "2026-03-05"},
                {"from": "2026-03-06"},
                {"from": "2026-03"},
                {"from": "2026-03-05", "to": "2026-03-06", "lasting": True},
                {},
            ]
        ),
        "about": st.sampled_from([[1], [2], [1, 2], []]),
        "told": st.sampled_from(["unknown", [{"agency": "council"}], [{"agency": "council", "when": "2026-03-06"}]]),
        "reference": st.sampled_from(["", "R1"]),
    }
)
AGENCIES = st.sampled_from(["police", "hospital", "home", "council"])
# A correction corrects what has a smaller number: in a circle nothing is corrected, whatever was shown before.
NUMBERED = st.sampled_from([("N1", None), ("N2", None), ("N2", "N1"), ("N3", "N1"), ("N3", "N2")])
NOTICES = st.lists(
    st.builds(
        lambda agency, numbered, events: {
            "agency": agency, "id": numbered[0], "corrects": numbered[1], "events": events,
        },
        AGENCIES, NUMBERED, st.lists(EVENTS, min_size=1, max_size=2),
    ),
    min_size=3,
    max_size=6,
)  # fmt: skip


@contextmanager
def scratch(desk: Desk) -> Iterator[None]:
    """A database as it was before, afterwards."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        desk.subjects.clear()


def brought(desk: Desk, notices: list[dict[str, Any]], hours: int = 0) -> None:
    """Bring notices in the order given, an hour apart, and again whatever receive says must be brought again."""
    for hour, notice in enumerate(notices):
        at = NOW + timedelta(hours=hours + hour)
        body = {"form": "joinedup/notice/1", "persons": persons(*NAMES), **notice}
        desk.keep(notice["agency"], body, at)
        desk.flow(at)


NAMES = ("Tess", "Ada")


def told_by(desk: Desk) -> list[tuple[str, Line]]:
    """Both stories, without what rests on when messages came."""
    return [(name, replace(line, received_at=NOW, subject=name)) for name in NAMES for line in desk.story(name)]


@given(notices=NOTICES, data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_duplication_gives_the_same_entries_and_happenings(
    desk: Desk, notices: list[dict[str, Any]], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*notices, *data.draw(st.lists(st.sampled_from(notices), max_size=2))]))
    with scratch(desk):
        brought(desk, notices)
        first = told_by(desk)
    with scratch(desk):
        brought(desk, again)
        second = told_by(desk)
    assert first == second


@given(notices=NOTICES, known=st.integers(0, 4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_story_as_of_a_day_is_the_story_that_was_told_on_that_day(
    desk: Desk, notices: list[dict[str, Any]], known: int
) -> None:
    then = NOW + timedelta(hours=known)
    with scratch(desk):
        brought(desk, notices[: known + 1])
        told_then = {name: desk.story(name) for name in NAMES}
        brought(desk, notices[known + 1 :], hours=known + 1)
        assert all(line.received_at <= then for name in NAMES for line in desk.story(name, as_of=then))
        assert {name: desk.story(name, as_of=then) for name in NAMES} == told_then
