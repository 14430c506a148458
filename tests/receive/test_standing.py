"""Which messages stand, whatever order they came in. No database."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from joinedup.receive.rules.standing import Kept, standings
from receive.conftest import AT

HOUR = timedelta(hours=1)


def kept(key: str, sender_id: str, corrects: str = "", *, placed: bool = True, aside: bool = False) -> Kept:
    return Kept(key, sender_id, corrects, placed, AT, AT + HOUR if aside else None)


def standing(*messages: Kept) -> set[str]:
    return {key for key, found in standings(messages).items() if found.withdrawn_at is None}


def contested(*messages: Kept) -> set[str]:
    return {key for key, found in standings(messages).items() if found.contested}


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert standing(kept("a", "1"), kept("b", "2", corrects="1")) == {"b"}


def test_a_correction_that_was_corrected_still_corrects() -> None:
    assert standing(kept("a", "1"), kept("b", "2", corrects="1"), kept("c", "3", corrects="2")) == {"c"}


def test_a_correction_speaks_only_once_it_is_placed() -> None:
    assert standing(kept("a", "1"), kept("b", "2", corrects="1", placed=False)) == {"a", "b"}


def test_a_correction_that_a_person_set_aside_corrects_nothing() -> None:
    assert standing(kept("a", "1"), kept("b", "2", corrects="1", aside=True)) == {"a"}


def test_corrections_in_a_circle_correct_nothing_and_are_for_a_person() -> None:
    circle = kept("a", "1", corrects="2"), kept("b", "2", corrects="1")
    assert standing(*circle) == contested(*circle) == {"a", "b"}


def test_two_bodies_under_one_id_both_stand_contested() -> None:
    both = kept("a", "1"), kept("b", "1")
    assert standing(*both) == contested(*both) == {"a", "b"}


def test_once_one_is_set_aside_the_other_is_contested_no_more() -> None:
    assert contested(kept("a", "1"), kept("b", "1", aside=True)) == set()


def test_nothing_is_withdrawn_before_it_came() -> None:
    late = replace(kept("a", "1"), received_at=AT + 5 * HOUR)
    assert standings([late, kept("b", "2", corrects="1")])["a"].withdrawn_at == AT + 5 * HOUR


IDS = st.sampled_from("1234")
MESSAGES = st.lists(
    st.builds(kept, st.uuids().map(str), IDS, st.one_of(st.just(""), IDS), placed=st.booleans(), aside=st.booleans()),
    max_size=6,
)


@given(MESSAGES)
def test_order_does_not_matter(messages: list[Kept]) -> None:
    found = standings(messages)
    assert all(standings(order) == found for order in list(permutations(messages))[:24])


@given(MESSAGES.map(lambda messages: [replace(one, set_aside_at=None) for one in messages]))
def test_corrections_alone_never_take_everything_away(messages: list[Kept]) -> None:
    assert not messages or standing(*messages)
