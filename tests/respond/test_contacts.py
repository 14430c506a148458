"""A contact that expresses concern is a referral and is never screened out; in doubt it does express concern."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from joinedup.chronicle.rules.line import Line
from joinedup.ground.periods import Period
from joinedup.respond.rules.contacts import approaches

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def line(kind: str = "concern", *concerns: str, agency: str = "school", message: str = "m1", **more: Any) -> Line:
    return Line(**{
        "key": f"{message}-{kind}", "subject": "KT7-3MW-9", "agency": agency, "agency_kind": agency, "kind": kind,
        "period": Period.UNKNOWN, "happening": message, "received_at": AT, "concerns": frozenset(concerns),
        "message": message, **more,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("said", "worried"),
    [
        (line("concern"), True),  # somebody worries, whatever about
        (line("attendance"), False),
        (line("attendance", "injury-cause-not-known"), True),
        (line("missing"), True),
        (line("disclosure"), True),
        (line("referral"), True),
        (line("request-for-help"), True),
        (line("good-news"), False),
        (line("good-news", "neglect"), True),
        (line("message-passed"), False),
        (line("a-code-that-nobody-knows"), True),
    ],
)
def test_what_expresses_concern(said: Line, *, worried: bool) -> None:
    assert [one.expresses_concern for one in approaches([said])] == [worried]


@pytest.mark.parametrize(
    ("said", "contacts"),
    [
        (line("assessment-begun", "neglect"), 0),
        (line("closure", "neglect", outcome="no-further-action"), 0),
        (line("contact", "neglect", outcome="no-further-action"), 0),  # answered where it was taken
        (line("contact", "neglect"), 1),  # a telephone call that somebody took down
        (line("concern"), 1),
        (line("not-seen"), 1),
    ],
)
def test_what_social_care_writes_of_its_own_work_is_the_answer(said: Line, contacts: int) -> None:
    own = Line(
        **{name: getattr(said, name) for name in Line.__dataclass_fields__} | {"agency_kind": "childrens-social-care"}
    )
    assert len(approaches([own])) == contacts


def test_one_message_about_one_child_is_one_contact_with_everything_that_worries() -> None:
    (one,) = approaches([line("absence", "school-absence"), line("concern", "neglect")])
    assert one.concerns == ("neglect", "school-absence")


def test_two_records_of_one_message_stay_two_contacts_so_that_an_un_merge_changes_no_key() -> None:
    both = approaches([line(), line("missing", subject="RW2-9XC-4")])
    apart = [*approaches([line()]), *approaches([line("missing", subject="RW2-9XC-4")])]
    assert {one.key for one in both} == {one.key for one in apart}


def test_a_withdrawn_message_is_no_contact() -> None:
    assert approaches([line(withdrawn=True)]) == []


def test_contacts_come_in_the_order_of_their_receipt() -> None:
    later = line("missing", message="m0", received_at=AT + timedelta(hours=1))
    assert [one.message for one in approaches([later, line()])] == ["m1", "m0"]
