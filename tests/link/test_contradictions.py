"""Words of people that cannot all hold go back to people, first on the list, and keep the records apart meanwhile."""

import itertools
from datetime import timedelta

import pytest
from tests.link.conftest import AT, Tell, child

from joinedup.link.actions import Placing, settle
from joinedup.link.queries import count_doubts, doubts
from joinedup.share.queries import head_ids
from joinedup.share.rules import Look

MINUTES = itertools.count(1)


@pytest.fixture
def three(tell: Tell) -> list[Placing]:
    """Three statements of one birth and forename, under three surnames: each pair a doubt."""
    return [
        tell(agency, child("Ria", family))
        for agency, family in (("northgate", "Shaw"), ("police", "Brookes"), ("school", "Lyle"))
    ]


def word(look: Look, a: Placing, b: Placing, *, same: bool) -> None:
    keys = {"a": a.mentions[1].record_key, "b": b.mentions[1].record_key}
    settle(by=look.actor, at=AT + timedelta(minutes=next(MINUTES)), same=same, reason="the school knows them", **keys)


def heads(three: list[Placing]) -> int:
    return len(set(head_ids([placing.mentions[1].subject_id for placing in three]).values()))


def test_a_ring_of_words_that_cannot_all_hold_is_laid_before_people_again(three: list[Placing], look: Look) -> None:
    one, two, third = three
    word(look, one, two, same=True)
    word(look, two, third, same=True)
    word(look, one, third, same=False)
    assert heads(three) == 3
    found = doubts(for_=look)
    assert [doubt.clashes for doubt in found] == [True] * 3
    assert all("cannot all be so" in doubt.why for doubt in found)
    assert count_doubts() == 3


def test_the_word_that_was_wrong_is_taken_back_and_the_rest_holds(three: list[Placing], look: Look) -> None:
    one, two, third = three
    word(look, one, two, same=True)
    word(look, two, third, same=True)
    word(look, one, third, same=False)
    word(look, one, third, same=True)
    assert heads(three) == 1
    assert doubts(for_=look) == []


def test_words_that_agree_are_nobodys_question(three: list[Placing], look: Look) -> None:
    one, two, third = three
    word(look, one, two, same=True)
    word(look, two, third, same=False)
    word(look, one, third, same=False)
    assert heads(three) == 2
    assert (doubts(for_=look), count_doubts()) == ([], 0)
