"""What is urgent is put off by two: whoever holds the case, or held it, is never the second, and nobody is both."""

from datetime import timedelta

import pytest

from joinedup.respond import actions as respond
from joinedup.respond.actions import NotYours, Taken
from respond.town import AT, Town, second_injury

LATER = AT + timedelta(hours=1)


@pytest.fixture
def urgent(town: Town) -> Town:
    second_injury(town)
    town.decide("ann", "Tess", kinds=["contact"])
    return town


def put_off(town: Town, who: str) -> None:
    town.decide(who, "Tess", "not-now", kinds=["finding"], until=AT + timedelta(days=3), at=LATER)


def refused(town: Town, who: str) -> bool:
    try:
        put_off(town, who)
    except NotYours:
        return True
    return False


def test_nobody_at_the_front_door_puts_it_off_alone_even_who_never_took_it(urgent: Town) -> None:
    assert refused(urgent, "ann")


def test_giving_it_back_first_makes_nobody_a_second_person(urgent: Town) -> None:
    head = urgent.child("Tess").pk
    respond.take(by=urgent.actor("ann"), at=AT, subject=head)
    respond.give_back(by=urgent.actor("ann"), at=AT + timedelta(minutes=5), subject=head)
    assert refused(urgent, "ann")
    put_off(urgent, "bo")


def test_two_people_never_hold_one_child_unknowingly(urgent: Town) -> None:
    head = urgent.child("Tess").pk
    respond.take(by=urgent.actor("ann"), at=AT, subject=head)
    with pytest.raises(Taken, match="Somebody else took this"):
        respond.take(by=urgent.actor("bo"), at=LATER, subject=head)
    with pytest.raises(Taken):
        respond.give_back(by=urgent.actor("bo"), at=LATER, subject=head)
    taken = respond.take(by=urgent.actor("bo"), at=LATER, subject=head, from_=urgent.people["ann"].pk)
    assert taken.taken_by_id == urgent.people["bo"].pk


def test_a_role_whose_task_it_is_to_look_again_may_unless_it_holds_the_case(urgent: Town) -> None:
    urgent.involve("Tess", allocated="worker", manager="manager")
    assert refused(urgent, "worker")
    assert refused(urgent, "manager")
    put_off(urgent, "iro")
