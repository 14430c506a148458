"""What stands open: computed from evidence and decisions, whatever order they came in (laws 2, 6, 7)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from joinedup.respond.rules.contacts import Approach, approaches
from joinedup.respond.rules.laying_out import Item, lay_out
from joinedup.respond.rules.openness import Decided, Evidence, contact_is_open, fallen, standing, unanswered

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FIRST_TWO = frozenset({"e1", "e2"})
ALL_OF_CHILD = frozenset({"e1", "e2", "e3"})


def finding(entries: frozenset[str] = FIRST_TWO, tier: str = "today") -> Evidence:
    return Evidence("f", "adding-up", tier, entries, MONDAY)


def decided(what: str = "assessment", *, entries: frozenset[str] = FIRST_TWO, contacts: frozenset[str] = frozenset(),
            until: datetime | None = None, key: str = "d", at: datetime = MONDAY) -> Decided:  # fmt: skip
    return Decided(key, what, frozenset({"adding-up"}), contacts, entries, at, until)


REPORT = Approach("m1", "KT7-3MW-9", "school", ("neglect",), True, MONDAY)
RECEIVED = {"e1": MONDAY, "e2": MONDAY, "e3": MONDAY + timedelta(days=30)}


def items(*, decisions: list[Decided], evidence: Evidence | None = None) -> list[Item]:
    return lay_out(contacts=[REPORT], findings=[evidence or finding()], decisions=decisions, received=RECEIVED)


def open_items(*, decisions: list[Decided], at: datetime = MONDAY, evidence: Evidence | None = None) -> list[str]:
    return [item.kind for item in items(decisions=decisions, evidence=evidence) if item.shows_from <= at]


def test_a_decision_answers_the_entries_it_saw() -> None:
    assert unanswered(finding(), []) == FIRST_TWO
    assert not unanswered(finding(), [decided()])


def test_evidence_beyond_what_was_seen_opens_the_finding_again() -> None:
    assert unanswered(finding(ALL_OF_CHILD), [decided()]) == {"e3"}


def test_the_clock_of_a_finding_opened_again_runs_from_the_evidence_that_opened_it() -> None:
    (again,) = [one for one in items(decisions=[decided()], evidence=finding(ALL_OF_CHILD)) if one.kind == "finding"]
    assert again.since == RECEIVED["e3"]
    assert again.due is not None
    assert again.due > RECEIVED["e3"]


def test_two_decisions_together_answer_what_each_saw() -> None:
    later = decided(entries=frozenset({"e3"}), key="later")
    assert not unanswered(finding(ALL_OF_CHILD), [decided(), later])


def test_a_decision_on_another_theme_answers_nothing_here() -> None:
    other = Decided("d", "assessment", frozenset({"missing"}), frozenset(), FIRST_TWO, MONDAY)
    assert unanswered(finding(), [other]) == FIRST_TWO


def test_a_decision_whose_ground_moved_to_another_child_has_fallen() -> None:
    assert fallen(decided(), frozenset({"e1"}))
    assert standing([decided()], frozenset({"e1"})) == []


def test_a_contact_stays_open_until_a_decision_names_it() -> None:
    assert contact_is_open(REPORT.key, [decided()])
    assert not contact_is_open(REPORT.key, [decided(contacts=frozenset({REPORT.key}))])


def test_not_now_shows_again_on_its_day() -> None:
    later = MONDAY + timedelta(days=7)
    put_off = decided("not-now", until=later)
    assert "finding" not in open_items(decisions=[put_off])
    assert "finding" in open_items(decisions=[put_off], at=later)


def test_new_evidence_breaks_a_not_now() -> None:
    put_off = decided("not-now", until=MONDAY + timedelta(days=60))
    (again,) = [one for one in items(decisions=[put_off], evidence=finding(ALL_OF_CHILD)) if one.kind == "finding"]
    assert again.shows_from == MONDAY


def test_a_finding_made_a_referral_stands_on_the_desk_as_one_until_it_is_answered() -> None:
    refer = decided("refer", key="r")
    assert set(open_items(decisions=[refer])) == {"contact", "referral"}
    assert open_items(decisions=[refer, decided(contacts=frozenset({"r", REPORT.key}), key="answer")]) == []


@given(
    st.permutations([decided("refer", key="r"), decided(key="a"), decided(contacts=frozenset({REPORT.key}), key="b")])
)
def test_what_stands_open_does_not_hang_on_the_order_of_decisions(decisions: list[Decided]) -> None:
    assert open_items(decisions=decisions) == ["referral"]


def test_no_line_no_contact() -> None:
    assert approaches([]) == []
