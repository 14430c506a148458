"""A decision says what, why, and who does what by when; what is missing is said as something to do."""

from datetime import UTC, datetime

import pytest

from joinedup.respond.rules.choices import CHOICES, missing_parts

DAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "given", "missing"),
    [
        ("assessment", {"actions": 1}, set()),
        ("assessment", {}, {"actions"}),
        ("not-now", {}, {"until"}),
        ("not-now", {"until": DAY}, set()),
        ("wrong", {}, {"wrong_part"}),
        ("wrong", {"part": "a different man"}, set()),
        ("no-further-action", {}, set()),
        ("no-further-action", {"why": " "}, {"why"}),
        ("close-the-child", {}, {"what"}),
    ],
)
def test_what_a_decision_still_lacks(choice: str, given: dict[str, object], missing: set[str]) -> None:
    whole = {"why": "Three agencies are worried", "until": None, "part": "", "actions": 0, **given}
    assert set(missing_parts(choice, **whole)) == missing  # type: ignore[arg-type]


def test_a_report_that_expresses_concern_can_never_be_put_off() -> None:
    assert "contact" not in CHOICES["not-now"].answers
    assert "contact" not in CHOICES["wrong"].answers


def test_no_choice_closes_a_child() -> None:
    assert not any("close" in choice.code or "Close" in choice.label for choice in CHOICES.values())
