"""What people work with is changed by no new record: whoever decides is asked first, as of a doubt (law 7)."""

from typing import Any

from joinedup.link import batch
from joinedup.link.models import Match
from joinedup.link.queries import doubts
from joinedup.link.rules.lives import HELD_TOGETHER, WORKED_WITH, between, merged, strained
from joinedup.link.rules.words import REASONS
from respond import town as towns
from respond.town import AT

AB, CD = frozenset("ab"), frozenset("cd")


def test_lives_that_share_a_record_are_one_and_one_taken_apart_holds_no_more() -> None:
    assert sorted(map(sorted, merged([AB, frozenset("bc"), frozenset("x")], "abcx", []))) == [["a", "b", "c"], ["x"]]
    assert merged([AB, CD], "abcd", [frozenset("ab")]) == [CD]
    assert merged([AB], "a", []) == [frozenset("a")]  # b is not there any more


def test_two_lives_stay_apart_until_somebody_calls_two_of_them_the_same() -> None:
    assert set(between([AB, CD], [])) == {frozenset(pair) for pair in ("ac", "ad", "bc", "bd")}
    assert between([AB, CD], [frozenset("ad")]) == {}


def test_a_life_is_strained_where_it_would_fall_apart_by_itself() -> None:
    scored = [frozenset("ab"), frozenset("ac")]
    assert strained([AB], ["a", "bc"], scored) == {frozenset("ab"): HELD_TOGETHER}
    assert strained([AB], ["ab", "c"], scored) == {}


def notice(town: towns.Town, agency: str, given: str, **more: Any) -> None:
    person = {"kind": "child", "role": "subject", "names": [{"given": given, "family": "Thornley"}], **more}
    town.bring(agency, [person], [{"kind": "concern", "concerns": [], "day": "2026-03-04", "told": []}], AT)


HOME = [{"postcode": "EL4 2AB", "lines": "4 Mill Lane"}]
BORN = "2011-05-17"


def test_a_record_that_would_join_two_children_whom_people_work_with_is_shown_to_a_person(town: towns.Town) -> None:
    notice(town, "school", "Amelia", born=BORN, addresses=HOME)
    notice(town, "police", "Ameila", born="2011-05-19", addresses=[{"postcode": "EL9 9ZZ"}])
    one, other = town.child("Amelia"), town.child("Ameila")
    assert one != other
    for name in ("Amelia", "Ameila"):
        town.decide("ann", name, "advice")
    notice(town, "hospital", "Amelia", born=BORN, addresses=[*HOME, {"postcode": "EL9 9ZZ"}])
    notice(town, "hospital", "Ameila", born="2011-05-19", addresses=[*HOME, {"postcode": "EL9 9ZZ"}])
    assert town.child("Amelia") == one
    assert town.child("Ameila") == other
    assert REASONS[WORKED_WITH] in {doubt.why for doubt in doubts(for_=town.look("ann"))}
    town.settle("Amelia", "Ameila", same=True)
    assert town.child("Amelia") == town.child("Ameila")


def test_without_a_decision_the_same_records_make_one_child_by_themselves(town: towns.Town) -> None:
    notice(town, "school", "Amelia", born=BORN, addresses=HOME)
    notice(town, "police", "Ameila", born="2011-05-19", addresses=[{"postcode": "EL9 9ZZ"}])
    notice(town, "hospital", "Amelia", born=BORN, addresses=[*HOME, {"postcode": "EL9 9ZZ"}])
    notice(town, "hospital", "Ameila", born="2011-05-19", addresses=[*HOME, {"postcode": "EL9 9ZZ"}])
    assert town.child("Amelia") == town.child("Ameila")


def test_a_record_that_would_split_a_child_whom_people_work_with_is_shown_to_a_person(town: towns.Town) -> None:
    notice(town, "school", "Amy", born=BORN, addresses=HOME)
    notice(town, "police", "A", born=BORN, addresses=HOME)
    child = town.child("Amy")
    town.decide("ann", "Amy", "advice")
    notice(town, "hospital", "Ava", born=BORN, addresses=HOME)  # a twin, whom the initial fits as well
    assert Match.objects.filter(against=HELD_TOGETHER).exists()
    assert REASONS[HELD_TOGETHER] in {doubt.why for doubt in doubts(for_=town.look("ann"))}
    assert town.child('"A"') == town.child("Amy") == child


def test_when_somebody_begins_to_work_with_two_all_that_stands_still_follows_from_the_facts(town: towns.Town) -> None:
    for agency, given in (("school", "Amy"), ("police", "Ava")):  # twins by rule, then by people's work
        notice(town, agency, given, born=BORN, addresses=HOME)
        town.decide("ann", given, "advice")
        assert batch.differences() == []
    assert {match.against for match in Match.objects.filter(a__kind="child")} == {WORKED_WITH}
