"""A decision says what, why, and who does what by when; what is missing is said as something to do."""

from datetime import UTC, datetime, timedelta

import pytest

from joinedup.respond.rules.choices import CHOICES, missing_parts

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
NEXT_WEEK = AT + timedelta(days=7)


def missing(choice: str, **given: object) -> set[str]:
    whole = {"answers": ["finding"], "why": "Three agencies are worried", "until": None, "part": "", "actions": 0}
    return set(missing_parts(choice, at=AT, **whole | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "given", "lacks"),
    [
        ("assessment", {"actions": 1}, set()),
        ("assessment", {}, {"actions"}),
        ("assessment", {"actions": 1, "answers": []}, {"answers"}),
        ("not-now", {}, {"until"}),
        ("not-now", {"until": NEXT_WEEK}, set()),
        ("not-now", {"until": AT}, {"until"}),
        ("wrong", {}, {"wrong_part"}),
        ("wrong", {"part": "a different man"}, set()),
        ("no-further-action", {"answers": ["contact"]}, set()),
        ("no-further-action", {"answers": ["contact"], "why": " "}, {"why"}),
        ("close-the-child", {}, {"what"}),
    ],
)
def test_what_a_decision_still_lacks(choice: str, given: dict[str, object], lacks: set[str]) -> None:
    assert missing(choice, **given) == lacks


@pytest.mark.parametrize(
    ("choice", "answers"),
    [
        ("not-now", ["contact"]),
        ("wrong", ["contact"]),
        ("refer", ["contact"]),
        ("not-now", ["contact", "finding"]),
        ("no-further-action", ["finding"]),
    ],
)
def test_an_answer_fits_what_it_answers(choice: str, answers: list[str]) -> None:
    """A report that expresses concern is never put off, nor called wrong; what adds up is not closed as a report is."""
    whole = {"until": NEXT_WEEK, "part": "the date", "actions": 1}
    assert missing(choice, answers=answers, **whole) == {"what"}


@pytest.mark.parametrize("choice", ["offer-help", "assessment", "strategy-discussion", "to-worker", "advice"])
def test_help_assessment_and_discussion_answer_reports_and_findings_together(choice: str) -> None:
    assert missing(choice, answers=["contact", "finding"], actions=1) == set()


def test_no_choice_closes_a_child() -> None:
    assert not any("close" in f"{one.code} {one.label} {one.told_as}".lower() for one in CHOICES.values())
