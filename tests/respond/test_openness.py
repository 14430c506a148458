"""What stands open: computed from evidence and decisions, whatever order they came in (laws 2, 6, 7)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.respond.rules.contacts import Approach
from joinedup.respond.rules.laying_out import Item, lay_out
from joinedup.respond.rules.openness import Decided, Evidence, Part, contact_is_open, fallen, standing, unanswered
from joinedup.respond.rules.who import is_second, needs_another

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEXT_MONDAY = MONDAY + timedelta(days=7)
FIRST_TWO = frozenset({"e1", "e2"})
ALL_OF_CHILD = frozenset({"e1", "e2", "e3"})
LATER = MONDAY + timedelta(hours=20)  # when e3 came
RECEIVED = {"e1": MONDAY - timedelta(days=30), "e2": MONDAY, "e3": LATER, "sibling": LATER}
REPORT = Approach("m1", "KT7-3MW-9", "school", ("neglect",), True, MONDAY)


def finding(entries: frozenset[str] = FIRST_TWO, tier: str = "today") -> Evidence:
    return Evidence("f", "adding-up", tier, (Part(entries, MONDAY),), MONDAY)


def decided(what: str = "assessment", *, entries: frozenset[str] = FIRST_TWO, contacts: frozenset[str] = frozenset(),
            until: datetime | None = None, key: str = "d", **more: object) -> Decided:  # fmt: skip
    return Decided(key, what, frozenset({"adding-up"}), contacts, entries, MONDAY, until, **more)  # type: ignore[arg-type]


def items(
    *decisions: Decided, evidence: Evidence | None = None, contacts: tuple[Approach, ...] = (REPORT,)
) -> list[Item]:
    findings = [evidence or finding()]
    return lay_out(contacts=contacts, findings=findings, decisions=decisions, of_child=ALL_OF_CHILD, received=RECEIVED)


def kinds(*decisions: Decided, evidence: Evidence | None = None) -> list[str]:
    return [item.kind for item in items(*decisions, evidence=evidence)]


def test_a_decision_answers_the_entries_it_saw() -> None:
    assert unanswered(finding(), []) == FIRST_TWO
    assert not unanswered(finding(), [decided()])


def test_evidence_beyond_what_was_seen_opens_the_finding_again() -> None:
    assert unanswered(finding(ALL_OF_CHILD), [decided()]) == {"e3"}
    assert "finding" in kinds(decided(), evidence=finding(ALL_OF_CHILD))


def test_its_clock_then_runs_from_the_evidence_that_opened_it() -> None:
    again = next(item for item in items(decided(), evidence=finding(ALL_OF_CHILD)) if item.kind == "finding")
    assert (again.since, again.shows_from) == (LATER, LATER)


def test_a_finding_that_nobody_answered_runs_from_when_it_stood() -> None:
    assert next(item for item in items() if item.kind == "finding").since == MONDAY


def test_evidence_about_others_in_the_household_opens_it_from_when_that_came() -> None:
    again = items(decided(), evidence=finding(FIRST_TWO | {"sibling"}))
    assert next(item for item in again if item.kind == "finding").since == LATER


def test_an_old_entry_in_a_new_ground_opens_it_from_when_that_ground_stood() -> None:
    """An entry that was answered by itself long ago cannot make a finding late on the day on which it is first said."""
    weeks_later = MONDAY + timedelta(days=60)
    grown = Evidence("f", "adding-up", "today", (Part(FIRST_TWO, MONDAY), Part(frozenset({"e3"}), weeks_later)), MONDAY)
    again = next(item for item in items(decided(), evidence=grown) if item.kind == "finding")
    assert (again.since, again.shows_from) == (weeks_later, weeks_later)


def test_two_decisions_together_answer_what_each_saw() -> None:
    later = decided(entries=frozenset({"e3"}), key="later")
    assert not unanswered(finding(ALL_OF_CHILD), [decided(), later])


def test_a_decision_on_another_theme_answers_nothing_here() -> None:
    other = Decided("d", "assessment", frozenset({"missing"}), frozenset(), FIRST_TWO, MONDAY)
    assert unanswered(finding(), [other])


def test_a_decision_whose_ground_moved_to_another_child_has_fallen() -> None:
    assert fallen(decided(), frozenset({"e1"}))
    assert standing([decided()], frozenset({"e1"})) == []


def test_what_it_saw_of_others_in_the_household_does_not_make_it_fall() -> None:
    saw = decided(entries=FIRST_TWO | {"sibling"}, beside=frozenset({"sibling"}))
    assert not fallen(saw, ALL_OF_CHILD)
    assert not unanswered(finding(FIRST_TWO | {"sibling"}), [saw])


def test_a_contact_stays_open_until_a_decision_names_it() -> None:
    assert contact_is_open(REPORT.key, [decided()])
    assert not contact_is_open(REPORT.key, [decided(contacts=frozenset({REPORT.key}))])


def test_a_contact_that_expresses_no_concern_is_nobodys_to_decide() -> None:
    kind_word = Approach("m2", "KT7-3MW-9", "school", (), False, MONDAY)
    assert [item.kind for item in items(contacts=(kind_word,))] == ["finding"]


def test_not_now_only_puts_off_until_its_day() -> None:
    put_off = next(item for item in items(decided("not-now", until=NEXT_MONDAY)) if item.kind == "finding")
    assert (put_off.since, put_off.shows_from) == (MONDAY, NEXT_MONDAY)
    assert put_off.due is not None
    assert put_off.due > NEXT_MONDAY


def test_of_two_not_nows_the_later_day_holds() -> None:
    sooner, later = decided("not-now", until=NEXT_MONDAY), decided("not-now", until=NEXT_MONDAY + timedelta(days=7))
    put_off = next(item for item in items(later, sooner) if item.kind == "finding")
    assert put_off.shows_from == later.until


def test_new_evidence_breaks_a_not_now() -> None:
    opened = items(decided("not-now", until=NEXT_MONDAY), evidence=finding(ALL_OF_CHILD))
    assert next(item for item in opened if item.kind == "finding").shows_from < NEXT_MONDAY


def test_a_finding_made_a_referral_stands_on_the_desk_as_one_until_it_is_answered() -> None:
    refer = decided("refer", key="r")
    assert set(kinds(refer)) == {"contact", "referral"}
    assert kinds(refer, decided(contacts=frozenset({"r", REPORT.key}), key="answer")) == []


def test_a_tier_that_is_only_to_know_has_no_clock_and_comes_last() -> None:
    *_, last = items(evidence=finding(tier="know"))
    assert (last.kind, last.due) == ("finding", None)


def test_now_is_looked_at_within_two_hours_day_and_night() -> None:
    first, *_ = items(evidence=finding(tier="now"))
    assert first.due == MONDAY + timedelta(hours=2)


@given(
    st.permutations([decided("refer", key="r"), decided(key="a"), decided(contacts=frozenset({REPORT.key}), key="b")])
)
def test_what_stands_open_does_not_hang_on_the_order_of_decisions(decisions: list[Decided]) -> None:
    assert kinds(*decisions) == ["referral"]


@pytest.mark.parametrize(
    ("tiers", "earlier", "needs"),
    [
        (["today"], [], False),
        (["today"], [decided("not-now")], True),
        (["today"], [decided("assessment")], False),
        (["now"], [], True),
    ],
)
def test_not_now_twice_or_on_tier_now_needs_somebody_who_does_not_hold_the_case(
    tiers: list[str], earlier: list[Decided], *, needs: bool
) -> None:
    assert needs_another(tiers=tiers, themes=frozenset({"adding-up"}), earlier=earlier) is needs


WORKER = 7


@pytest.mark.parametrize(
    ("holders", "earlier", "looks_again", "may"),
    [
        ({WORKER}, [], True, False),
        ({WORKER, 8}, [], True, False),
        ({8}, [], False, True),
        (set(), [decided("not-now", by=WORKER)], True, False),
        (set(), [decided("not-now", by=8)], False, True),
        (set(), [decided("assessment", by=8)], False, False),
        (set(), [], False, False),
        (set(), [], True, True),
    ],
)
def test_a_second_pair_of_eyes_is_anothers_than_the_first(
    holders: set[int], earlier: list[Decided], *, looks_again: bool, may: bool
) -> None:
    """First are its worker and manager, and whoever took it; where nobody did, only a role that looks again may."""
    assert is_second(WORKER, looks_again=looks_again, holders=holders, earlier=earlier) is may
