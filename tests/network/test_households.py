"""Who is in a child's household on a day: stated, or living at the same address; and when that ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.link.conftest import Tell, child

from joinedup.link.actions import Placing, place
from joinedup.network.actions import tie
from joinedup.network.models import Tie
from joinedup.network.queries import children_living_with, household, household_members, people
from joinedup.receive.models import Message
from joinedup.receive.queries import reading_of
from joinedup.share import actions as share
from joinedup.share.queries import subjects
from joinedup.share.rules import FLOW, Look, Purpose

MARCH, APRIL, MAY = (datetime(2026, month, 5, 9, tzinfo=UTC) for month in (3, 4, 5))
TODAY = date(2026, 6, 1)
HOME = [{"lines": "4 Mill Lane", "postcode": "EL4 2AB"}]


def adult(given: str, role: str = "parent", **more: Any) -> dict[str, Any]:
    return {"kind": "adult", "role": role, "names": [{"given": given, "family": "Arden"}], "born": "1985-02-03"} | more


@pytest.fixture
def hear(tell: Tell) -> Any:
    """Like `tell`, and the ties are drawn too."""

    def heard(agency: str, *persons: dict[str, Any], at: datetime = MARCH, **parts: Any) -> Placing:
        placing = tell(agency, *persons, at=at, **parts)
        bring(max(Message.objects.all(), key=lambda message: int(message.sender_id[1:])))
        return placing

    return heard


def bring(message: Message) -> None:
    kept, notice = reading_of(message.key)
    placing = place(by=FLOW, at=MAY, message=kept, notice=notice)
    tie(by=FLOW, at=MAY, message=kept, notice=notice, placed=placing)


def test_an_adult_stated_to_be_in_the_household_is(hear: Any):
    placing = hear("school", child(), adult("Jo", in_household="yes"))
    [member] = household_members(placing.mentions[1].head_id, TODAY)
    assert (member.head, member.role, member.since) == (placing.mentions[2].head_id, "parent", date(2026, 3, 5))


def test_an_adult_of_whom_nothing_is_said_is_not(hear: Any):
    placing = hear("school", child(), adult("Jo"))
    assert household(placing.mentions[1].head_id, TODAY) == set()


def test_whoever_another_agency_places_at_the_same_address_is_in_the_household(hear: Any):
    one = hear("school", child(addresses=HOME))
    two = hear(
        "police",
        adult(
            "Kit", "adult-of-concern", addresses=[{"lines": "4 Mill Ln", "postcode": "EL4 2AB", "since": "2026-02-01"}]
        ),
    )
    [member] = household_members(one.mentions[1].head_id, TODAY)
    assert (member.head, member.since) == (two.mentions[1].head_id, date(2026, 3, 5))


def test_a_neighbour_in_another_house_is_not(hear: Any):
    one = hear("school", child(addresses=HOME))
    hear("police", adult("Kit", "adult-of-concern", addresses=[{"lines": "6 Mill Lane", "postcode": "EL4 2AB"}]))
    assert household(one.mentions[1].head_id, TODAY) == set()


def test_a_child_who_is_placed_elsewhere_is_not_in_the_household_any_more(hear: Any):
    """And a placement is no household by its address alone."""
    one = hear("school", child(addresses=HOME), adult("Kit", addresses=HOME))
    foster = [{"lines": "9 Far Road", "postcode": "EL9 9XY", "kind": "placement"}]
    hear("police", child(addresses=foster), adult("Bo", "other", addresses=foster), at=APRIL)
    assert household(one.mentions[1].head_id, date(2026, 3, 10)) == {one.mentions[2].head_id}
    assert household(one.mentions[1].head_id, TODAY) == set()
    assert household(one.mentions[2].head_id, TODAY) == set()


def test_somebody_who_has_moved_on_is_not_in_the_household_any_more(hear: Any):
    one = hear("school", child(addresses=HOME), adult("Kit", addresses=HOME))
    hear("police", adult("Kit", addresses=[{"lines": "9 Far Road", "postcode": "EL9 9XY"}]), at=APRIL)
    assert household(one.mentions[1].head_id, date(2026, 3, 10)) == {one.mentions[2].head_id}
    assert household(one.mentions[1].head_id, TODAY) == set()


def test_somebody_stated_to_have_left_is_not_in_the_household_from_that_day(hear: Any):
    one = hear("school", child(), adult("Jo", in_household="yes"))
    hear("school", child(), adult("Jo", in_household="no"), at=APRIL)
    assert household(one.mentions[1].head_id, date(2026, 4, 4)) == {one.mentions[2].head_id}
    assert household(one.mentions[1].head_id, date(2026, 4, 5)) == set()


def test_nobody_is_in_the_household_before_it_was_said(hear: Any):
    placing = hear("school", child(), adult("Jo", in_household="yes"))
    assert household(placing.mentions[1].head_id, date(2026, 3, 4)) == set()


def test_an_address_of_many_is_no_household(hear: Any):
    one = hear("school", child(addresses=HOME))
    residents = ["Amir", "Bea", "Callum", "Dora", "Ewa", "Finn", "Gus", "Hana", "Idris", "Jude", "Kyle", "Lena", "Mo"]
    for n, given in enumerate(residents):
        hear("police", child(given, f"{given}son", f"{1998 + n}-{n % 9 + 1:02d}-{n + 7:02d}", addresses=HOME))
    assert household(one.mentions[1].head_id, TODAY) == set()


def test_a_tie_falls_with_its_message(hear: Any):
    placing = hear("school", child(), adult("Jo", in_household="yes"))
    hear("school", child(), corrects="N1")
    bring(Message.objects.get(sender_id="N1"))
    assert household(placing.mentions[1].head_id, TODAY) == set()


def test_a_tie_that_a_better_reader_no_longer_finds_falls(hear: Any):
    placing = hear("school", child(), adult("Jo", in_household="yes"))
    kept, notice = reading_of(Message.objects.get().key)
    without = notice.model_copy(update={"persons": notice.persons[:1]})
    tie(by=FLOW, at=MAY, message=kept, notice=without, placed=place(by=FLOW, at=MAY, message=kept, notice=without))
    assert household(placing.mentions[1].head_id, TODAY) == set()


def test_of_two_children_a_notice_is_about_each_has_the_adult_of_their_household(hear: Any):
    placing = hear("school", child(), child("Ben", born="2013-04-02"), adult("Jo", role="household-member"))
    assert all(household(placing.mentions[n].head_id, TODAY) for n in (1, 2))


def test_nobody_is_with_themselves(hear: Any):
    hear("police", child(), adult("Jo"), events=[{"n": 1, "kind": "concern", "about": [1], "with": [1, 2]}])
    assert [one.source_id != one.target_id for one in Tie.objects.filter(kind="with")] == [True]


def test_drawing_the_ties_again_changes_nothing(hear: Any):
    hear("school", child(addresses=HOME), adult("Jo", in_household="yes", addresses=HOME), child("Ben", role="sibling"))
    before = sorted(Tie.objects.values_list())
    bring(Message.objects.get())
    assert sorted(Tie.objects.values_list()) == before


def test_a_child_is_stirred_by_news_of_an_adult_who_lives_with_them(hear: Any):
    one = hear("school", child(addresses=HOME), adult("Kit", addresses=HOME))
    head = one.mentions[1].head_id
    hear("police", adult("Kit", "adult-of-concern", addresses=HOME), at=APRIL)
    assert children_living_with({one.mentions[2].head_id}, TODAY) == {head}
    assert subjects([head])[head].stirred_at == MAY


def test_a_child_is_stirred_by_news_of_somebody_whom_another_agency_places_at_their_address(hear: Any):
    one = hear("school", child(addresses=HOME))
    head = one.mentions[1].head_id
    two = hear("police", child("Ben", "Arden", "2013-08-02", addresses=HOME), at=APRIL)
    assert children_living_with({two.mentions[1].head_id}, TODAY) == {head}
    assert subjects([head])[head].stirred_at == MAY


def test_a_child_is_stirred_when_the_place_where_they_live_turns_out_to_be_one_with_another(hear: Any):
    here, there = hear("school", child(addresses=HOME)), hear("police", adult("Kit"), child("Amy", addresses=HOME))
    places = {one.head_id for placing in (here, there) for one in placing.places.values()}
    assert children_living_with(places, TODAY) == {here.mentions[1].head_id, there.mentions[2].head_id}


def test_nobody_is_told_of_a_household_that_rests_on_an_address_they_may_not_see(hear: Any, look: Look):
    one = hear("school", child(addresses=HOME), adult("Kit", "friend"))
    hear("police", adult("Kit", "friend", addresses=HOME))
    head = one.mentions[1].head_id
    share.reach(by=FLOW, at=MARCH, reached=[share.Reach(head, "school", "held")])
    lead = Look(None, "lead", "school", frozenset({"safeguarding-lead"}), Purpose.SAFEGUARDING, "a call", look.at)
    assert [(kit.roles, kit.since) for kit in people(for_=look, head=head, on=TODAY)] == [
        (("friend",), date(2026, 3, 5))
    ]
    assert [(kit.roles, kit.since) for kit in people(for_=lead, head=head, on=TODAY)] == [(("friend",), None)]


def test_an_agency_is_told_of_the_household_that_it_stated_itself(hear: Any, look: Look):
    one = hear("school", child(addresses=HOME), adult("Jo", in_household="yes"), adult("Kit", addresses=HOME))
    lead = Look(None, "lead", "school", frozenset({"safeguarding-lead"}), Purpose.SAFEGUARDING, "a call", look.at)
    share.reach(by=FLOW, at=MARCH, reached=[share.Reach(one.mentions[1].head_id, "school", "held")])
    around = people(for_=lead, head=one.mentions[1].head_id, on=TODAY)
    assert [person.since for person in around] == [date(2026, 3, 5)] * 2
