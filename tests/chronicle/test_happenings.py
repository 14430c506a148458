"""Which reports are of one event. Practice: an event counts once however many agencies tell of it, and ten are ten."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.reports import CHILD, SIBLING, report, told
from joinedup.chronicle.rules.happenings import happenings
from joinedup.chronicle.rules.likeness import weight
from joinedup.chronicle.rules.reports import Report


def how_many(*reports: Report) -> int:
    return len(set(happenings(reports, {}).of.values()))


def doubted(*reports: Report) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in happenings(reports, {}).doubts}


def test_one_event_reported_by_four_agencies_on_one_day_is_one_happening() -> None:
    assert (
        how_many(
            report("hospital", "attendance", "2026-03-05T14:00Z", "injury-cause-not-known"),
            report("school", "concern", "2026-03-05", "physical-injury"),
            report("police", "concern", "2026-03-05", "physical-injury"),
            report("social-care", "contact", "2026-03-05", "physical-injury"),
        )
        == 1
    )


def test_two_different_injuries_in_one_week_are_two() -> None:
    first = report("hospital", "attendance", "2026-03-03", "injury-cause-not-known")
    second = report("school", "concern", "2026-03-05", "physical-injury")
    assert how_many(first, second) == 2
    assert doubted(first, second) == set()


def test_ten_missing_episodes_are_ten_however_many_agencies_report_each() -> None:
    days = [f"2026-03-{day:02}" for day in range(1, 20, 2)]
    police = [report("police", "missing", day) for day in days]
    home = [report("home", "missing", day) for day in days]
    assert how_many(*police, *home) == 10


def test_missing_on_two_days_running_is_two_when_both_agencies_say_so() -> None:
    police = [report("police", "missing", "2026-03-05"), report("police", "missing", "2026-03-06")]
    home = [report("home", "missing", "2026-03-05"), report("home", "missing", "2026-03-06")]
    assert how_many(*police, *home) == 2


def test_two_episodes_of_one_day_are_paired_by_their_hours() -> None:
    police = [report("police", "missing", "2026-03-05T02:00Z"), report("police", "missing", "2026-03-05T20:00Z")]
    home = [report("home", "missing", "2026-03-05T03:10Z"), report("home", "missing", "2026-03-05T20:30Z")]
    of = happenings([*police, *home], {}).of
    assert of[police[0].key] == of[home[0].key] != of[police[1].key] == of[home[1].key]


def test_one_source_never_reports_one_event_under_two_numbers() -> None:
    both = [report("police", "missing", "2026-03-05", reference=number) for number in ("M1", "M2")]
    seen_by_home = report("home", "missing", "2026-03-05")
    assert how_many(*both) == 2
    assert how_many(*both, seen_by_home) == 2, "nor does a third report make them one"


def test_one_source_that_repeats_its_own_number_reports_one_event() -> None:
    again = [report("police", "missing", "2026-03-05", reference="M1") for _ in range(2)]
    assert how_many(*again) == 1


def test_a_number_used_for_the_whole_case_does_not_make_events_one() -> None:
    days = ("2026-03-05", "2026-03-12", "2026-03-19")
    assert how_many(*(report("police", "missing", day, reference="CASE-77") for day in days)) == 3


def test_a_row_that_stands_for_eleven_episodes_is_none_of_them() -> None:
    row = report("police", "missing", "2026-03-01/2026-03-31", count=11)
    one = report("home", "missing", "2026-03-05")
    assert how_many(row, one) == 2


def test_an_episode_of_three_days_and_the_homes_report_of_its_second_day_are_one() -> None:
    assert how_many(report("police", "missing", "2026-03-05/2026-03-07"), report("home", "missing", "2026-03-06")) == 1


def test_what_is_only_known_to_the_month_is_a_doubt_and_never_a_join() -> None:
    month = report("school", "concern", "2026-03", "self-harm")
    day = report("hospital", "attendance", "2026-03-05", "self-harm")
    assert how_many(month, day) == 2
    assert doubted(month, day) == {frozenset({month.key, day.key})}


def test_what_may_be_any_of_several_events_is_not_asked() -> None:
    month = report("school", "concern", "2026-03", "self-harm")
    days = [report("hospital", "attendance", f"2026-03-{day}", "self-harm") for day in ("05", "15")]
    assert doubted(month, *days) == set()


def test_three_agencies_that_know_only_the_month_are_each_asked_about() -> None:
    known = [report(agency, "concern", "2026-03", "domestic-abuse") for agency in ("police", "school", "health")]
    assert len(doubted(*known)) == 3


@pytest.mark.parametrize("kind", ["closure", "visit", "good-news", "allocation", "assessment-begun"])
def test_what_each_agency_does_for_itself_is_its_own(kind: str) -> None:
    assert how_many(report("social-care", kind, "2026-03-05"), report("school", kind, "2026-03-05")) == 2


@pytest.mark.parametrize("kind", ["strategy-discussion", "conference", "section-47"])
def test_what_agencies_do_together_is_one_act(kind: str) -> None:
    assert how_many(report("social-care", kind, "2026-03-05"), report("police", kind, "2026-03-05")) == 1


def test_a_response_is_not_the_event_it_answers() -> None:
    event = report("police", "missing", "2026-03-05")
    for kind in ("return-conversation", "strategy-discussion", "visit", "closure"):
        assert how_many(event, report("social-care", kind, "2026-03-05", "missing-episode")) == 2


def test_two_kinds_of_event_sharing_a_concern_on_one_day_are_a_doubt() -> None:
    missing = report("home", "missing", "2026-03-05")
    stop = report("police", "police-stop", "2026-03-05", "missing-episode")
    assert how_many(missing, stop) == 2
    assert doubted(missing, stop) == {frozenset({missing.key, stop.key})}


def test_different_concerns_on_one_day_are_different_events() -> None:
    absence = report("school", "absence", "2026-03-05")
    assert (
        how_many(absence, report("police", "missing", "2026-03-05"), report("gp", "concern", "2026-03-05", "self-harm"))
        == 3
    )


def test_the_contact_made_of_a_school_s_report_is_that_report_even_days_later() -> None:
    seen = report("school", "concern", "2026-03-05", "neglect", told=(told("social-care", "2026-03-09"),))
    noted = report("social-care", "contact", "2026-03-09", "neglect")
    assert how_many(seen, noted) == 1
    assert how_many(replace(seen, told=()), noted) == 2


def test_a_note_of_passing_on_belongs_to_the_one_event_it_can_mean() -> None:
    first = report("hospital", "attendance", "2026-03-05", "injury-cause-not-known")
    passed = report("hospital", "message-passed", "2026-03-10", "injury-cause-not-known")
    assert how_many(first, passed) == 1
    second = report("hospital", "attendance", "2026-03-09", "injury-cause-not-known")
    assert how_many(first, second, passed) == 3
    assert len(doubted(first, second, passed)) == 2


def test_what_a_person_sends_by_hand_beside_the_system_s_row_is_a_doubt() -> None:
    row = report("hospital", "attendance", "2026-03-05", "injury-cause-not-known")
    form = report("hospital", "concern", "2026-03-05", "injury-cause-not-known", by_hand=True)
    assert how_many(row, form) == 2
    assert doubted(row, form) == {frozenset({row.key, form.key})}


def test_an_event_told_of_two_siblings_joins_the_reports_of_either() -> None:
    both = report("police", "concern", "2026-03-05", "domestic-abuse", subjects=frozenset({CHILD, SIBLING}))
    one = report("school", "concern", "2026-03-05", "domestic-abuse")
    other = report("health", "concern", "2026-03-05", "domestic-abuse", subjects=frozenset({SIBLING}))
    assert how_many(both, one, other) == 1
    assert how_many(one, other) == 2, "two children, nothing between them"


def test_what_was_withdrawn_joins_nothing_but_its_own_restatement() -> None:
    first = report("police", "missing", "2026-03-05", sender_id="P1", live=False)
    again = report("police", "missing", "2026-03-06", sender_id="P2", replaces="P1")
    home = report("home", "missing", "2026-03-05")
    of = happenings([first, again, home], {}).of
    assert of[first.key] == of[again.key] != of[home.key]


def test_a_person_s_word_beats_the_rule() -> None:
    police, home = report("police", "missing", "2026-03-05"), report("home", "missing", "2026-03-05")
    pair = frozenset({police.key, home.key})
    apart = happenings([police, home], {pair: False})
    assert apart.of[police.key] != apart.of[home.key]
    assert apart.doubts == ()
    two = [report("police", "missing", "2026-03-05", reference=number) for number in ("M1", "M2")]
    together = happenings(two, {frozenset(one.key for one in two): True})
    assert len(set(together.of.values())) == 1, "even that one source gave one event two numbers"


def test_a_person_s_not_one_event_beats_another_s_one_event() -> None:
    a, b, c = (report(agency, "concern", "2026-03-05", "neglect") for agency in ("school", "health", "housing"))
    made = happenings(
        [a, b, c],
        {frozenset({a.key, b.key}): True, frozenset({b.key, c.key}): True, frozenset({a.key, c.key}): False},
    )
    assert made.of[a.key] != made.of[c.key]
    assert made.contradictions, "and it goes back to people"


def test_a_judgement_holds_for_what_restates_the_report() -> None:
    first = report("police", "missing", "2026-03-05", sender_id="P1", live=False)
    again = report("police", "missing", "2026-03-05", sender_id="P2", replaces="P1")
    home = report("home", "missing", "2026-03-05")
    made = happenings([first, again, home], {frozenset({first.key, home.key}): False})
    assert made.of[again.key] != made.of[home.key]


AGENCIES = st.sampled_from(["police", "home", "school", "hospital", "social-care"])
KINDS = st.sampled_from(["missing", "concern", "attendance", "contact", "message-passed", "closure", "conference"])
DAYS = st.sampled_from(
    ["2026-03-05", "2026-03-06", "2026-03-07", "2026-03", "2026", "2026-03-05/2026-03-07", "2026-03-05T23:30Z", None]
)
CONCERNS = st.lists(st.sampled_from(["missing-episode", "neglect", "self-harm", "physical-injury"]), max_size=2)
SUBJECTS = st.sets(st.sampled_from([CHILD, SIBLING]), min_size=1).map(frozenset)
REFERENCES = st.sampled_from(["", "", "R1", "LONG-123"])
TOLD = st.sampled_from([(), (told("social-care"),), (told("social-care", "2026-03-06"), told("police"))])
REPORTS = st.lists(
    st.builds(
        lambda agency, kind, day, concerns, **more: report(agency, kind, day, *concerns, **more),
        AGENCIES, KINDS, DAYS, CONCERNS, subjects=SUBJECTS, reference=REFERENCES, told=TOLD, live=st.booleans(),
        by_hand=st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(REPORTS, st.data())
@settings(max_examples=150, deadline=None)
def test_any_order_gives_the_same_happenings_doubts_and_contradictions(
    reports: list[Report], data: st.DataObject
) -> None:
    keys = [one.key for one in reports]
    pairs = (
        st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True).map(frozenset)
        if len(keys) > 1
        else st.nothing()
    )
    judged = data.draw(st.dictionaries(pairs, st.booleans(), max_size=3)) if len(keys) > 1 else {}
    shuffled = data.draw(st.permutations(reports))
    assert happenings(shuffled, judged) == happenings(reports, judged)


@given(REPORTS)
@settings(max_examples=150, deadline=None)
def test_a_pair_weighs_the_same_from_either_side(reports: list[Report]) -> None:
    live = [one for one in reports if one.live]
    assert all(weight(x, y) == weight(y, x) for x in live for y in live if x is not y)


@given(REPORTS)
@settings(max_examples=150, deadline=None)
def test_no_happening_holds_two_numbers_of_one_source(reports: list[Report]) -> None:
    apart = [one for one in reports if one.live and not one.reference and one.kind != "message-passed"]
    of = happenings(apart, {}).of
    assert len({(of[one.key], one.source) for one in apart}) == len(apart)
