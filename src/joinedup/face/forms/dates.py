"""Dates in three boxes (GOV.UK date input). A referrer often knows only the month or the year, and may say so."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.ground.clock import civil_day

BOXES = ("day", "month", "year")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
EARLIEST = 1900


def boxes_of(value: Any) -> dict[str, str]:
    """The texts of the three boxes from what was posted, a date, an instant, or ISO text such as "2024-03"."""
    if isinstance(value, Mapping):
        return {box: str(value.get(box, "")) for box in BOXES}
    if isinstance(value, datetime):
        value = civil_day(value)
    year, month, day = [*str(value or "").split("-"), "", ""][:3]
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


class DateBoxes(forms.Widget):
    """Posted as name-day, name-month, name-year; its value is these three texts by box."""

    boxes = BOXES

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:  # noqa: ARG002
        return {box: str(data.get(f"{name}-{box}", "")).strip() for box in BOXES}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(f"{name}-{box}" in data for box in BOXES)


class ApproximateDateField(forms.Field):
    """A day, a month or only a year: cleans to ISO text "2024-03-05", "2024-03", "2024", or "" when left empty."""

    widget = DateBoxes
    default_error_messages = {  # noqa: RUF012 - Django reads it from the class
        "no_year": "Enter at least the year",
        "no_month": "Enter the month as well, or leave the day empty",
        "not_a_date": "Enter a real date, like 5 3 2024",
        "early": f"The year must be {EARLIEST} or later, in four figures",
    }

    def clean(self, value: Any) -> Any:
        boxes = boxes_of(value)
        if not any(boxes.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return self.nothing()
        return self.read(**boxes)

    def nothing(self) -> Any:
        return ""

    def read(self, *, day: str, month: str, year: str) -> Any:
        """ISO text from the three boxes. Raises ValidationError where they make no date."""
        if not year:
            self.refuse("no_year")
        if day and not month:
            self.refuse("no_month")
        try:
            whole = date(int(year), month_number(month or "1"), int(day or "1"))
        except ValueError:
            self.refuse("not_a_date")
        if whole.year < EARLIEST:
            self.refuse("early")
        return whole.isoformat()[: 10 if day else 7 if month else 4]

    def refuse(self, code: str) -> None:
        raise ValidationError(self.error_messages[code], code=code)


class DayField(ApproximateDateField):
    """A whole day: cleans to a date, or None when left empty."""

    default_error_messages = {  # noqa: RUF012 - Django reads it from the class
        "no_year": "Enter the year",
        "no_day": "Enter the day, the month and the year",
    }

    def nothing(self) -> date | None:
        return None

    def read(self, *, day: str, month: str, year: str) -> date:
        if not (day and month):
            self.refuse("no_day")
        return date.fromisoformat(super().read(day=day, month=month, year=year))


def month_number(text: str) -> int:
    """ "3", "03", "March" or "mar" is 3. Raises ValueError for another word."""
    if text.isdigit():
        return int(text)
    named = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(text.lower())]
    if len(named) != 1:
        raise ValueError(f"no month is called {text}")
    return named[0]
