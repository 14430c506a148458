"""The one box in which people search: a name, a nickname, a number, a reference."""

from dataclasses import replace

import pytest
from tests.link.conftest import Tell, child

from joinedup.link.actions import Placing
from joinedup.link.queries import find, finding, identity, names
from joinedup.share import actions as share
from joinedup.share.models import Practitioner, Subject
from joinedup.share.rules import Look

GIVEN = ("Ada", "Bea", "Cleo", "Dora")


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


def test_of_very_many_those_who_share_most_are_kept(tell: Tell, look: Look, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "MOST_CANDIDATES", 1)
    days = ("2012-01-01", "2012-02-12", "2012-03-13", "2012-04-14")  # the first is one that clerks fill in
    placed = [tell("police", child(given, "Thornley", day)) for given, day in zip(GIVEN, days, strict=True)]
    for given, placing in zip(GIVEN, placed, strict=True):
        assert [one.head for one in find(for_=look, text=f"{given} Thornley")] == [placing.mentions[1].head_id]


def test_those_who_may_not_be_opened_crowd_out_nobody(
    tell: Tell, worker: Practitioner, look: Look, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(finding, "MOST_CANDIDATES", 1)
    placed = [tell("police", child(given, "Thornley", f"2012-04-{n}")) for n, given in enumerate(GIVEN, start=11)]
    for placing in placed:
        own = share.involve(
            by=look.actor, at=look.at, subject=head_of(placing), practitioner=worker, relation="allocated"
        )
        allocated = replace(look, roles=frozenset({"social-worker"}), found={})
        assert [one.head for one in find(for_=allocated, text="Thornley")] == [placing.mentions[1].head_id]
        share.end_involvement(by=look.actor, at=look.at, involvement=own)


def head_of(placing: Placing) -> Subject:
    return Subject.objects.get(pk=placing.mentions[1].head_id)


def test_the_head_is_called_by_its_usual_name(lizzie: int, look: Look):
    assert names(for_=look, heads=[lizzie]) == {lizzie: "Elizabeth Thornley"}
    assert identity(for_=look, head=lizzie).born == ("2010-02-11",)


def test_what_was_shown_is_noted_on_the_look(lizzie: int, look: Look):
    find(for_=look, text="Thornley")
    assert look.subjects == {lizzie}
