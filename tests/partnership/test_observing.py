"""How agencies see: each in its own way, wrong in the same way each time, late, and sometimes not at all."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from simulated import Json, Made

LONDON = ZoneInfo("Europe/London")
AROUND_THE_CLOCK = {"hospital", "urgent-care", "police", "childrens-home", "supported-accommodation", "family"}


def written(made: Made) -> dict[tuple[str, str], list[Json]]:
    """By agency and child, how the agency writes the child down, but for what it put right later."""
    found: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for one in made.first_sent:
        if "corrects" not in one:
            for person in one["persons"]:
                if person["kind"] == "child":
                    found[one["agency"], made.person_of[one["agency"], one["id"], person["n"]]].append(person)
    return found


def name(person: Json) -> tuple[str, str]:
    usual = person["names"][0]
    return usual["given"], usual["family"]


def test_an_agency_repeats_its_own_slip(town: Made) -> None:
    """Errors are correlated, as in life: one record card, copied into every notice."""
    often = [people for people in written(town).values() if len(people) > 1]
    assert len(often) > 500
    for people in often:
        assert len({name(person) for person in people}) == 1
        assert len({person.get("born") for person in people}) == 1


def test_agencies_write_one_child_down_in_different_ways(town: Made) -> None:
    by_child: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (_, child), people in written(town).items():
        by_child[child].add(name(people[0]))
    assert sum(len(names) > 1 for names in by_child.values()) > 300


def test_records_are_worse_where_life_is_harder(town: Made) -> None:
    chaos = dict(town.truth("household, chaos", "households"))
    people = {
        person: (chaos[home], given, family)
        for person, home, given, family in town.truth("person, household, given, family", "persons")
    }
    wrong: dict[bool, list[bool]] = {True: [], False: []}
    for (_, child), told in written(town).items():
        hard, given, family = people[child]
        wrong[hard > 0.85].append(name(told[0]) != (given, family))
    share = {hard: sum(those) / len(those) for hard, those in wrong.items()}
    assert share[True] > 1.2 * share[False]


def test_a_correction_puts_right_who_it_was_about(town: Made) -> None:
    sent = {(one["agency"], one["id"]): one for one in town.first_sent}
    true = {person: (given, family) for person, given, family in town.truth("person, given, family", "persons")}
    corrections = [one for one in town.first_sent if "corrects" in one]
    assert len(corrections) > 50
    for one in corrections:
        first = sent[one["agency"], one["corrects"]]
        assert first["sent"] < one["sent"]
        assert first["events"] == one["events"]
        assert name(one["persons"][0]) == true[town.person_of[one["agency"], one["id"], 1]]


def moment(one: Json) -> datetime:
    return datetime.fromisoformat(one["sent"]).astimezone(LONDON)


def lateness(made: Made, *kinds: str) -> list[float]:
    """Days from the event to the notice, of events with a day."""
    found = []
    for one in made.first_sent:
        when: Any = one["events"][0]["happened"].get("from", "")
        if made.kinds[one["agency"]] in kinds and len(when) == 10 and "corrects" not in one:
            found.append((moment(one).date() - date.fromisoformat(when)).days)
    return found


def test_nothing_is_sent_before_it_happened(town: Made) -> None:
    assert min(lateness(town, *set(town.kinds.values()))) >= 0


def test_some_agencies_write_the_same_day_and_some_take_days_or_weeks(town: Made) -> None:
    assert median(lateness(town, "police")) <= 2
    assert median(lateness(town, "health-visiting", "gp", "housing")) >= 3
    assert max(lateness(town, "school")) > 30


def test_who_works_nine_to_five_sends_on_working_days_only(town: Made) -> None:
    """But for corrections and what is sent again, which machines do."""
    first = [one for one in town.first_sent if "corrects" not in one]
    held_up = {code: gap["until"] for code, gap in town.report["outages"].items()}
    office = [
        one
        for one in first
        if town.kinds[one["agency"]] not in AROUND_THE_CLOCK
        and held_up.get(one["agency"]) != moment(one).date().isoformat()
    ]
    assert all(moment(one).weekday() < 5 and 9 <= moment(one).hour < 17 for one in office)
    assert any(moment(one).weekday() > 4 for one in first)


def test_feeds_have_gaps_after_which_everything_comes_at_once(town: Made) -> None:
    gaps = {
        code: (date.fromisoformat(gap["from"]), date.fromisoformat(gap["until"]))
        for code, gap in town.report["outages"].items()
    }
    assert gaps
    sent = [(one["agency"], moment(one).date()) for one in town.first_sent if "corrects" not in one]
    assert not any(agency in gaps and gaps[agency][0] <= day < gaps[agency][1] for agency, day in sent)
    assert any(start < end - timedelta(days=3) for start, end in gaps.values())


def test_dates_are_sometimes_coarse_or_words_or_not_known(town: Made) -> None:
    dates = [event["happened"] for one in town.first_sent for event in one["events"]]
    assert any(when["precision"] == "month" for when in dates if "precision" in when)
    assert any("words" in when for when in dates)
    assert any(when.get("precision") == "unknown" for when in dates)


def test_whether_anybody_was_told_is_said_not_said_or_nobody(town: Made) -> None:
    told = [event["told"] for one in town.first_sent for event in one["events"]]
    assert "unknown" in told
    assert [] in told
    assert any(isinstance(one, list) and one for one in told)
