"""Questions: what may be answered, and how a wrong answer is spoken of."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from joinedup.face.forms import ApproximateDateField, DayField, errors_of
from joinedup.face.forms.dates import boxes_of


def boxes(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"day": day, "month": month, "year": year}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (boxes("5", "3", "2024"), "2024-03-05"),
        (boxes("05", "March", "2024"), "2024-03-05"),
        (boxes("", "3", "2024"), "2024-03"),
        (boxes("", "", "2024"), "2024"),
        (boxes(), ""),
    ],
)
def test_a_date_may_be_known_to_the_day_the_month_or_only_the_year(typed: dict[str, str], read: str) -> None:
    assert ApproximateDateField(required=False).clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (boxes("31", "2", "2024"), "Enter a real date, like 5 3 2024"),
        (boxes("5", "", "2024"), "Enter the month as well, or leave the day empty"),
        (boxes("5", "3", ""), "Enter at least the year"),
        (boxes("5", "Marvember", "2024"), "Enter a real date, like 5 3 2024"),
        (boxes("", "", "24"), "The year must be 1900 or later, in four figures"),
        (boxes("-1", "3", "2024"), "Enter a real date, like 5 3 2024"),
    ],
)
def test_what_is_no_date_is_told_what_to_do(typed: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ApproximateDateField().clean(typed)
    assert refused.value.messages == [says]


def test_a_whole_day_asks_for_all_three_boxes() -> None:
    assert DayField().clean(boxes("5", "3", "2024")) == date(2024, 3, 5)
    assert DayField(required=False).clean(boxes()) is None
    with pytest.raises(ValidationError, match="Enter the day, the month and the year"):
        DayField().clean(boxes("", "3", "2024"))


@pytest.mark.parametrize("value", [date(2024, 3, 5), datetime(2024, 3, 5, 9, tzinfo=UTC), "2024-03-05"])
def test_boxes_are_filled_from_what_is_already_known(value: object) -> None:
    assert boxes_of(value) == boxes("5", "3", "2024")
    assert boxes_of("2024-03") == boxes("", "3", "2024")
    assert boxes_of(None) == boxes()


class Asked(forms.Form):
    name = forms.CharField(label="Full name", max_length=10)
    nhs = forms.CharField(label="NHS number")
    safe = forms.ChoiceField(label="Is the child safe now?", choices=[("y", "Yes")])
    school = forms.ChoiceField(label="School", choices=[("a", "Alder Road")])
    email = forms.EmailField(label="Your email address")
    days = forms.IntegerField(label="School days missed", max_value=200)
    letter = forms.FileField(label="The letter")
    why = forms.CharField(error_messages={"required": "Say why, in one sentence"})

    def clean_nhs(self) -> str:
        raise forms.ValidationError("This NHS number has a wrong digit", code="invalid")


def texts(**answers: str) -> list[str]:
    return [error.text for error in errors_of(Asked(answers))]


def test_an_answer_left_out_is_asked_for_by_its_name() -> None:
    assert texts(nhs="1") == [
        "Enter full name",
        "This NHS number has a wrong digit",
        "Answer the question: Is the child safe now?",
        "Select school",
        "Enter your email address",
        "Enter school days missed",
        "Choose the letter",
        "Say why, in one sentence",
    ]


def test_a_name_such_as_nhs_keeps_its_capitals() -> None:
    assert "Enter NHS number" in texts()


def test_an_answer_of_the_wrong_form_is_told_the_right_one() -> None:
    found = texts(name="x" * 11, nhs="1", safe="n", school="a", email="nurse", days="many", why="because")
    assert "Full name must be 10 characters or fewer" in found
    assert "Choose one of the answers given" in found
    assert "Enter an email address in the correct format, like name@example.com" in found
    assert "School days missed must be a whole number, like 12" in found
    assert "School days missed must be 200 or fewer" in texts(days="201")


def test_each_error_leads_to_the_first_box_of_its_field() -> None:
    class When(forms.Form):
        born = DayField()
        name = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("These two do not go together")

    whole, born, name = errors_of(When({}))
    assert (whole.href, born.href, name.href) == ("", "#id_born-day", "#id_name")


def test_several_forms_share_one_summary() -> None:
    class One(forms.Form):
        name = forms.CharField()

    first, second = One({}, prefix="a"), One({}, prefix="b")
    assert [error.href for error in errors_of([first, second])] == ["#id_a-name", "#id_b-name"]
