"""The one box in which people search: a name, a nickname, a number, a reference."""

import pytest
from tests.link.conftest import Tell, child

from joinedup.link.queries import find, identity, names
from joinedup.share.rules import Look


@pytest.fixture
def lizzie(tell: Tell) -> int:
    tell("police", child("Bea", "Marcroft", "2012-01-09"))
    numbers = {"nhs-number": "999 000 0018", "hospital-number": "H 4471"}
    identifiers = [{"system": system, "value": value} for system, value in numbers.items()]
    placing = tell("hospital", child("Elizabeth", "Thornley", "2010-02-11", identifiers=identifiers))
    return placing.mentions[1].head_id


@pytest.mark.parametrize(
    "typed",
    ["Lizzie Thornley", "thornley", "Elizabeth", "Thornley 11/02/2010", "9990000018", "999 000 0018", "H4471"],
)
def test_a_child_is_found_by_what_people_type(lizzie: int, look: Look, typed: str):
    assert [found.head for found in find(for_=look, text=typed)] == [lizzie]


def test_a_child_is_found_by_the_spoken_reference(lizzie: int, look: Look):
    [found] = find(for_=look, text="999 000 0018")
    assert [again.head for again in find(for_=look, text=found.reference.lower())] == [lizzie]


def test_nobody_is_found_who_may_not_be_opened(lizzie: int, look: Look):
    stranger = Look(None, "nurse", "school", frozenset({"safeguarding-lead"}), look.purpose, "", look.at)
    assert find(for_=stranger, text="Thornley") == []


def test_the_head_is_called_by_its_usual_name(lizzie: int, look: Look):
    assert names(for_=look, heads=[lizzie]) == {lizzie: "Elizabeth Thornley"}
    assert identity(for_=look, head=lizzie).born == ("2010-02-11",)


def test_what_was_shown_is_noted_on_the_look(lizzie: int, look: Look):
    find(for_=look, text="Thornley")
    assert look.subjects == {lizzie}
