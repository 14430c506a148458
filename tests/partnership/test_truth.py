"""The truth beside the feeds fits them, and fits itself."""

from datetime import date

from simulated import Made


def test_every_mention_is_somebody_and_every_mapped_mention_was_made(town: Made) -> None:
    said = {(one["agency"], one["id"], person["n"]) for one in town.notices for person in one["persons"]}
    assert said == set(town.person_of)
    kinds = dict(town.truth("person, kind", "persons"))
    for one in town.notices:
        for person in one["persons"]:
            assert kinds[town.person_of[one["agency"], one["id"], person["n"]]] == person["kind"]


def test_everybody_lives_in_a_household_that_is_there(town: Made) -> None:
    homes = {home for (home,) in town.truth("household", "households")}
    assert {home for (home,) in town.truth("household", "persons")} == homes


def test_ties_happenings_and_situations_are_of_people_who_are_there(town: Made) -> None:
    people = {person for (person,) in town.truth("person", "persons")}
    assert {one for pair in town.truth("a, b", "ties") for one in pair} <= people
    assert {one for (one,) in town.truth("person", "happenings")} <= people
    behind = dict(town.truth("situation, person", "situations"))
    assert set(behind.values()) <= people
    for person, situation in town.truth("person, situation", "happenings", "WHERE situation IS NOT NULL"):
        assert behind[situation] == person


def test_happenings_lie_in_the_period_and_situations_last_some_time(town: Made) -> None:
    first, last = date.fromisoformat(town.report["first_day"]), date.fromisoformat(town.report["last_day"])
    assert all(first <= day <= last for (day,) in town.truth("happened::DATE", "happenings"))
    assert all(starts < ends for starts, ends in town.truth("starts, ends", "situations"))


def test_brothers_and_sisters_share_a_home_and_twins_a_birthday(town: Made) -> None:
    home = dict(town.truth("person, household", "persons"))
    born = dict(town.truth("person, born", "persons", "WHERE kind = 'child'"))
    siblings = town.truth("a, b", "ties", "WHERE tie = 'sibling'")
    twins = town.truth("a, b", "ties", "WHERE tie = 'twin'")
    assert all(home[a] == home[b] for a, b in siblings)
    assert all(home[a] == home[b] and born[a] == born[b] for a, b in twins)
    assert len(siblings) > 1000
    assert len(twins) > 50
    named = dict(town.truth("person, given", "persons"))
    assert all(named[a] != named[b] for a, b in twins)


def test_cousins_of_one_name_live_apart(town: Made) -> None:
    """What makes linkage hard on purpose: one forename and family name, two children."""
    home = dict(town.truth("person, household", "persons"))
    named = {person: (given, family) for person, given, family in town.truth("person, given, family", "persons")}
    cousins = town.truth("a, b", "ties", "WHERE tie = 'cousin'")
    assert all(home[a] != home[b] for a, b in cousins)
    assert sum(named[a] == named[b] for a, b in cousins) > 10


def test_numbers_are_of_ranges_that_are_never_issued(town: Made) -> None:
    numbers = [one for (one,) in town.truth("nhs_number", "persons", "WHERE nhs_number IS NOT NULL")]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") for number in numbers)
    assert all(upn[1:4] == "990" for (upn,) in town.truth("upn", "persons", "WHERE upn IS NOT NULL"))
