"""Opening a child in an emergency: for some hours, told at once, reviewed by somebody else; never a locked case."""

from datetime import timedelta

import pytest

from joinedup.share import actions, queries
from joinedup.share.models import BreakGlass, Involvement, Partnership, Subject
from joinedup.share.rules import FLOW, Actor, Field, GlassFound, LockReason, Source
from share.cast import AT, House

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WHY = "Brought to the department alone and cannot say who she is."


def actor(house: House, who: str) -> Actor:
    person = house.people[who]
    return Actor(person.email, person.agency_id, person.pk)


def break_glass(house: House, who: str, child: Subject | None, at=AT) -> BreakGlass:
    return actions.break_glass(by=actor(house, who), at=at, subject=child, reason=WHY)


def opens(house: House, who: str, child: Subject, at=AT, reason: str = "") -> bool:
    look = house.look(who, reason=reason, at=at)
    found = bool(queries.may_open(for_=look, subject=child))
    assert found == queries.visible_subjects(for_=look).exists()
    return found


def test_it_opens_for_four_hours_to_whoever_opened_it_and_to_nobody_else(house: House) -> None:
    child = house.child("a", known_to=("school",))
    assert not opens(house, "nurse", child)
    assert break_glass(house, "nurse", child).until == AT + 4 * HOUR
    assert opens(house, "nurse", child)
    assert opens(house, "nurse", child, at=AT + 4 * HOUR - MINUTE)
    assert not opens(house, "nurse", child, at=AT + 4 * HOUR)
    assert not opens(house, "officer", child)


def test_the_story_is_shown_but_neither_where_the_child_lives_nor_who_reported(house: House) -> None:
    child = house.child("a", known_to=("school",))
    break_glass(house, "nurse", child)
    look = house.look("nurse")
    hidden = {one for one in Field if queries.mask(for_=look, what=one, subject=child, source=Source.OTHERS)}
    assert {Field.ADDRESS, Field.REPORTER, Field.OUTCOME} <= hidden
    assert hidden.isdisjoint({Field.IDENTITY, Field.CASE, Field.FINDING, Field.DECISION})


def test_it_makes_nobody_one_of_those_who_work_with_the_child(house: House) -> None:
    child = house.child("a")
    house.allocate(child, "worker")
    break_glass(house, "officer", child)
    assert [one.practitioner.name for one in queries.allocated_to(child.pk, at=AT)] == ["Worker"]
    assert list(queries.work_of(for_=house.look("officer"))) == []


def test_a_locked_case_and_one_with_a_conflict_do_not_open_but_the_attempt_is_kept(house: House) -> None:
    locked, related = house.child("a"), house.child("b")
    by = actor(house, "manager")
    actions.lock_case(by=by, at=AT, subject=locked, why=LockReason.REVIEW, reason="Until the review is done.")
    actions.declare_conflict(by=by, at=AT, subject=related, practitioner=house.people["nurse"], reason="Her niece.")
    for child in (locked, related):
        assert break_glass(house, "nurse", child).until is None
        assert not opens(house, "nurse", child)
    assert BreakGlass.objects.count() == 2
    assert not Involvement.objects.filter(relation="glass").exists()


def test_a_lock_put_on_later_closes_what_was_opened(house: House) -> None:
    child = house.child("a")
    break_glass(house, "nurse", child)
    actions.lock_case(
        by=actor(house, "manager"), at=AT + MINUTE, subject=child, why=LockReason.ORDERED, reason="Ordered today."
    )
    assert not opens(house, "nurse", child, at=AT + MINUTE)


def test_every_attempt_counts_and_the_day_has_an_end(house: House) -> None:
    break_glass(house, "nurse", None)
    break_glass(house, "nurse", house.child("a"))
    assert queries.emergencies_left(for_=house.look("nurse")) == 1
    assert queries.emergencies_left(for_=house.look("officer")) == 3
    assert queries.emergencies_left(for_=house.look("nurse", at=AT + 24 * HOUR)) == 3
    Partnership.objects.update(settings={"emergencies_a_day": 1})
    assert queries.emergencies_left(for_=house.look("nurse")) == 0


def test_whose_child_it_is_and_the_front_door_are_told_and_whoever_opened_it_is_not_asked(house: House) -> None:
    child = house.child("a")
    house.allocate(child, "worker")
    break_glass(house, "mash", child)
    (told,) = queries.emergencies(for_=house.look("worker"))
    assert (told.reference, told.name, told.reason, told.until) == (child.reference, "Mash", WHY, AT + 4 * HOUR)
    assert told.review_by.date() == (AT + timedelta(days=1)).date()
    assert queries.emergencies(for_=house.look("mash", reason="the desk")) == []
    assert queries.emergencies(for_=house.look("manager")) == []  # not a child of hers
    house.allocate(child, "manager", "manager")
    assert len(queries.emergencies(for_=house.look("manager"))) == 1


def test_a_review_is_kept_and_ends_the_waiting(house: House) -> None:
    child, other = house.child("a"), house.child("b")
    actions.set_heads(by=FLOW, at=AT, heads={other.pk: child.pk})
    made = break_glass(house, "nurse", other)
    look = house.look("mash", reason="reviewing")
    shown, fact = queries.emergency(for_=look, key=str(made.pk))
    assert (shown.reference, shown.found) == (child.reference, "")
    assert queries.pages_opened(for_=look, glass=fact) == 0
    actions.review_glass(
        by=actor(house, "mash"), at=AT, glass=fact, found=GlassFound.ANOTHER_WAY, reason="The duty line answered."
    )
    assert queries.emergencies(for_=look) == []
    assert queries.emergency(for_=look, key=str(made.pk))[0].found == GlassFound.ANOTHER_WAY


def test_a_try_that_opened_nobody_has_no_pages(house: House) -> None:
    made = break_glass(house, "nurse", None)
    assert queries.pages_opened(for_=house.look("mash", reason="reviewing"), glass=made) == 0


def test_nobody_reviews_their_own_and_nobody_finds_what_is_not_theirs(house: House) -> None:
    made = break_glass(house, "nurse", house.child("a"))
    with pytest.raises(ValueError, match="somebody else"):
        actions.review_glass(by=actor(house, "nurse"), at=AT, glass=made, found=GlassFound.RIGHT, reason="It was.")
    for who in ("nurse", "officer"):
        assert queries.emergency(for_=house.look(who), key=str(made.pk)) is None
    assert queries.emergency(for_=house.look("mash", reason="reviewing"), key="no key") is None


@pytest.mark.parametrize(("by", "why"), [(FLOW, WHY), (None, " ")])
def test_it_needs_a_person_and_a_reason(house: House, by: Actor | None, why: str) -> None:
    with pytest.raises(ValueError, match="need a person and a reason"):
        actions.break_glass(by=by or actor(house, "nurse"), at=AT, subject=house.child("a"), reason=why)
