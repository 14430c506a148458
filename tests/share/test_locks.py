"""A locked case opens to those directly involved; a conflict of interest closes a child whatever else would open it."""

from datetime import timedelta

import pytest

from joinedup.share import actions, queries
from joinedup.share.models import Subject
from joinedup.share.rules import FLOW, Actor, LockReason
from share.cast import AT, House

MINUTE = timedelta(minutes=1)
CALL = "a call from the school"


def actor(house: House, who: str) -> Actor:
    person = house.people[who]
    return Actor(person.email, person.agency_id, person.pk)


def lock(house: House, child: Subject, at=AT) -> None:
    actions.lock_case(
        by=actor(house, "manager"), at=at, subject=child, why=LockReason.REVIEW, reason="Until the review is done."
    )


def opens(house: House, who: str, child: Subject, at=AT) -> bool:
    look = house.look(who, reason=CALL, at=at)
    assert bool(queries.may_open(for_=look, subject=child)) == queries.visible_subjects(for_=look).exists()
    return bool(queries.may_open(for_=look, subject=child))


def test_a_locked_case_opens_to_those_who_work_with_the_child_and_to_whoever_locked_it(house: House) -> None:
    child = house.child("a", known_to=("hospital",))
    house.allocate(child, "worker")
    lock(house, child)
    assert [who for who in house.people if opens(house, who, child)] == ["worker", "manager"]


def test_to_everybody_else_a_locked_case_answers_like_no_child_at_all(house: House) -> None:
    child = house.child("a", known_to=("hospital",))
    lock(house, child)
    for who in ("mash", "nurse", "reviewer"):
        look = house.look(who, reason=CALL)
        assert queries.may_open(for_=look, subject=child) == queries.may_open(for_=look, subject=None)


def test_a_reviewer_who_was_named_for_the_review_opens_the_case_that_it_locked(house: House) -> None:
    child = house.child("a")
    lock(house, child)
    house.allocate(child, "reviewer", "review")
    assert opens(house, "reviewer", child)


def test_a_lock_that_was_taken_off_holds_no_more_and_can_be_put_on_again(house: House) -> None:
    child = house.child("a")
    lock(house, child)
    actions.unlock_case(by=actor(house, "manager"), at=AT + MINUTE, subject=child, reason="The review is done.")
    assert not opens(house, "mash", child)  # asked as of before
    assert opens(house, "mash", child, at=AT + MINUTE)
    lock(house, child, at=AT + 2 * MINUTE)
    assert not opens(house, "mash", child, at=AT + 2 * MINUTE)


def test_a_lock_on_one_record_holds_for_the_whole_child_and_comes_off_as_a_whole(house: House) -> None:
    head, other = house.child("a"), house.child("b")
    lock(house, other)
    actions.set_heads(by=FLOW, at=AT, heads={other.pk: head.pk})
    assert not opens(house, "mash", head)
    actions.unlock_case(by=actor(house, "manager"), at=AT + MINUTE, subject=head, reason="The review is done.")
    assert opens(house, "mash", head, at=AT + MINUTE)


def test_a_child_is_closed_to_a_relative_whatever_their_role_until_it_is_said_to_be_over(house: House) -> None:
    child = house.child("a", known_to=("hospital",))
    house.allocate(child, "worker")
    by, whom = actor(house, "manager"), house.people["worker"]
    actions.declare_conflict(by=by, at=AT, subject=child, practitioner=whom, reason="His uncle.")
    assert not opens(house, "worker", child)
    assert opens(house, "mash", child)
    actions.end_conflict(by=by, at=AT + MINUTE, subject=child, practitioner=whom, reason="Said by mistake.")
    assert opens(house, "worker", child, at=AT + MINUTE)


def test_the_page_that_keeps_it_says_who_is_in_and_who_is_out(house: House) -> None:
    child = house.child("a")
    house.allocate(child, "worker")
    lock(house, child)
    actions.declare_conflict(
        by=actor(house, "manager"), at=AT, subject=child, practitioner=house.people["mash"], reason="A neighbour."
    )
    access = queries.access_to(for_=house.look("manager"), child=child)
    assert [(one.why, one.reason, one.by) for one in access.locks] == [
        ("a review is under way", "Until the review is done.", "Manager")
    ]
    assert [(one.name, one.works_as) for one in access.workers] == [
        ("Worker", "allocated worker"),
        ("Manager", "locked the case"),
    ]
    assert [(one.whom, one.reason) for one in access.parties] == [("Mash, Social-Care", "A neighbour.")]


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_locks_or_closes_without_a_reason(house: House, reason: str) -> None:
    child, by = house.child("a"), actor(house, "manager")
    with pytest.raises(ValueError, match="a person and a reason"):
        actions.lock_case(by=by, at=AT, subject=child, why=LockReason.DEATH, reason=reason)
    with pytest.raises(ValueError, match="a person and a reason"):
        actions.declare_conflict(by=by, at=AT, subject=child, practitioner=house.people["mash"], reason=reason)


def test_no_machine_locks_a_case(house: House) -> None:
    with pytest.raises(ValueError, match="a person and a reason"):
        actions.lock_case(by=FLOW, at=AT, subject=house.child("a"), why=LockReason.DEATH, reason="so it seems")


def test_a_part_of_another_child_is_not_ended_here(house: House) -> None:
    child, other = house.child("a"), house.child("b")
    part = house.allocate(other, "worker")
    with pytest.raises(ValueError, match="of another child"):
        queries.involvement_of(for_=house.look("manager"), child=child, key=str(part.pk))
    assert queries.involvement_of(for_=house.look("manager"), child=other, key=str(part.pk)) == part
