"""A decision is a person's, whole, and says who does what; that it was done is said by a person too."""

import pytest

from joinedup.respond import actions as respond
from joinedup.respond.actions import NotComplete
from joinedup.respond.models import Action, ActionDone, Decision
from joinedup.share.rules import FLOW
from respond.town import AT, Town, step


@pytest.fixture
def told(town: Town) -> Town:
    town.tell("hospital", "Tess", "attendance", "injury-cause-not-known")
    return town


def test_a_decision_that_lacks_a_part_says_which_and_is_not_made(told: Town) -> None:
    with pytest.raises(NotComplete) as lacking:
        told.decide("ann", "Tess", why="  ")
    assert lacking.value.missing.keys() == {"why"}
    assert str(lacking.value) == lacking.value.missing["why"]
    assert not Decision.objects.exists()


def test_no_machine_decides_about_a_child(told: Town) -> None:
    with pytest.raises(ValueError, match="a person's to say"):
        respond.decide(by=FLOW, at=AT, subject=told.child("Tess").pk, what="advice", why="Read", saw=())
    with pytest.raises(ValueError, match="a person's to say"):
        respond.take(by=FLOW, at=AT, subject=told.child("Tess").pk)
    assert not Decision.objects.exists()


def test_what_was_done_is_said_by_whoever_did_it_and_changes_nothing_that_was_decided(told: Town) -> None:
    told.decide("ann", "Tess", steps=[step("school", "Lee Marsh", "See Tess alone")])
    action = Action.objects.get()
    done = respond.finish(by=told.actor("lead"), at=AT, action=action.pk, said=" Seen on Thursday ")
    assert (done.action_id, done.note, done.by_id) == (action.pk, "Seen on Thursday", told.people["lead"].pk)
    with pytest.raises(ValueError, match="a person's to say"):
        respond.finish(by=FLOW, at=AT, action=action.pk)
    assert ActionDone.objects.count() == 1
