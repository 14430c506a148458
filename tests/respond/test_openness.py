"""What stands open: computed from evidence and decisions, whatever order they came in (laws 2, 6, 7)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.respond.rules.contacts import approaches
from joinedup.respond.rules.laying_out import lay_out
from joinedup.respond.rules.openness import Decided, Evidence, contact_is_open, fallen, finding_is_open, standing
from joinedup.respond.rules.who import desks_of, needs_another

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FIRST_TWO = frozenset({"e1", "e2"})
ALL_OF_CHILD = frozenset({"e1", "e2", "e3"})


def finding(entries: frozenset[str] = FIRST_TWO, tier: str = "today") -> Evidence:
    return Evidence("f", "adding-up", tier, entries, MONDAY)


def decided(what: str = "assessment", *, entries: frozenset[str] = FIRST_TWO, contacts: frozenset[str] = frozenset(),
            until: datetime | None = None, key: str = "d", at: datetime = MONDAY) -> Decided:  # fmt: skip
    return Decided(key, what, frozenset({"adding-up"}), contacts, entries, at, until)


def open_items(*, decisions: list[Decided], at: datetime = MONDAY, evidence: Evidence | None = None) -> list[str]:
    items = lay_out(
        contacts=[("c1", MONDAY)], findings=[evidence or finding()], decisions=decisions, entries=ALL_OF_CHILD, at=at
    )
    return [item.kind for item in items if item.shows_from <= at]


def test_a_decision_answers_the_entries_it_saw() -> None:
    assert finding_is_open(finding(), [])
    assert not finding_is_open(finding(), [decided()])


def test_evidence_beyond_what_was_seen_opens_the_finding_again() -> None:
    assert finding_is_open(finding(ALL_OF_CHILD), [decided()])


def test_two_decisions_together_answer_what_each_saw() -> None:
    later = decided(entries=frozenset({"e3"}), key="later")
    assert not finding_is_open(finding(ALL_OF_CHILD), [decided(), later])


def test_a_decision_on_another_theme_answers_nothing_here() -> None:
    other = Decided("d", "assessment", frozenset({"missing"}), frozenset(), FIRST_TWO, MONDAY)
    assert finding_is_open(finding(), [other])


def test_a_decision_whose_ground_moved_to_another_child_has_fallen() -> None:
    assert fallen(decided(), frozenset({"e1"}))
    assert standing([decided()], frozenset({"e1"}), MONDAY) == []


def test_a_contact_stays_open_until_a_decision_names_it() -> None:
    assert contact_is_open("c1", [decided()])
    assert not contact_is_open("c1", [decided(contacts=frozenset({"c1"}))])


def test_not_now_shows_again_on_its_day() -> None:
    later = MONDAY + timedelta(days=7)
    put_off = decided("not-now", until=later)
    assert "finding" not in open_items(decisions=[put_off])
    assert "finding" in open_items(decisions=[put_off], at=later)


def test_new_evidence_breaks_a_not_now() -> None:
    put_off = decided("not-now", until=MONDAY + timedelta(days=7))
    assert "finding" in open_items(decisions=[put_off], evidence=finding(ALL_OF_CHILD))


def test_a_finding_made_a_referral_stands_on_the_desk_as_one_until_it_is_answered() -> None:
    refer = decided("refer", key="r")
    assert set(open_items(decisions=[refer])) == {"contact", "referral"}
    assert open_items(decisions=[refer, decided(contacts=frozenset({"r", "c1"}), key="answer")]) == []


@given(st.permutations([decided("refer", key="r"), decided(key="a"), decided(contacts=frozenset({"c1"}), key="b")]))
def test_what_stands_open_does_not_hang_on_the_order_of_decisions(decisions: list[Decided]) -> None:
    assert open_items(decisions=decisions) == ["referral"]


@pytest.mark.parametrize(
    ("relations", "desks"),
    [
        ([], {"mash"}),
        (["told", "held"], {"mash"}),
        (["iro"], {"mash"}),
        (["allocated", "manager", "iro"], {"allocated", "manager", "iro"}),
        (["allocated", "chair", "plan"], {"allocated", "chair"}),
    ],
)
def test_new_children_go_to_the_mash_and_open_ones_to_those_who_hold_the_case(
    relations: list[str], desks: set[str]
) -> None:
    assert desks_of(relations) == desks


@pytest.mark.parametrize(
    ("choice", "tiers", "earlier", "needs"),
    [
        ("not-now", ["today"], [], False),
        ("not-now", ["today"], [decided("not-now")], True),
        ("not-now", ["today"], [decided("assessment")], False),
        ("not-now", ["now"], [], True),
        ("assessment", ["now"], [decided("not-now")], False),
    ],
)
def test_not_now_twice_or_on_tier_now_needs_somebody_who_does_not_hold_the_case(
    choice: str, tiers: list[str], earlier: list[Decided], *, needs: bool
) -> None:
    assert needs_another(choice, tiers=tiers, themes=frozenset({"adding-up"}), earlier=earlier) is needs


def test_no_line_no_contact() -> None:
    assert approaches([]) == []
