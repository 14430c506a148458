"""A published case review, read as dated events, and the notices that its agencies might have sent.

A case is hindsight in neutral categories: it tests recognition, never linkage (each child gets one faultless fictional
identity), and proves nothing about accuracy. The form is described in `tests/stories/cases/README.md`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from joinedup.ground.identifiers import synthetic_nhs_number
from joinedup.ground.periods import Period, read_period

# An event's concern says what kind of thing happened, where the concern is itself an event.
KIND_OF_CONCERN = {
    "missing-episode": "missing",
    "school-absence": "absence",
    "school-exclusion": "exclusion",
    "placement-breakdown": "move-unplanned",
    "home-education": "home-education",
    "missed-appointments": "not-brought",
    "access-refused": "not-seen",
    "area-move": "move-planned",
}
KIND_OF_EVENT = {"closure": "closure", "response": "response"}
# A silence about one of these names no act that an agency held: it stays unsent.
NO_ACT = {"other", "missed-appointments", "access-refused", "housing-need"}

LONGEST_WORDS = 20_000  # characters: what a notice takes
LONGEST_CODE = 60
NOT_NAMED = "not named"
OLDEST = 25  # years: above, the age is not a child's and is not believed
SPOKEN = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima")


def as_code(value: Any) -> Any:
    """A code as the notice has them: "Health Visiting" → "health-visiting"; what is not said is "other"."""
    if not isinstance(value, str):
        return "other" if value is None else value
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:LONGEST_CODE] or "other"


def as_age(value: Any) -> float | None:
    """An age in years; None where it is no number, or no child's."""
    try:
        age = float(value)
    except (TypeError, ValueError):
        return None
    return age if 0 <= age <= OLDEST else None


Code = Annotated[str, BeforeValidator(as_code)]
Age = Annotated[float | None, BeforeValidator(as_age)]


class Shape(BaseModel):
    """A part of a case file. Fields that we do not use may be there; a year may be a number."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class CaseEvent(Shape):
    """One event of a case as its file gives it; unknown recipients (`told`) are null, `[]` means nobody."""

    date: str | None = None
    date_to: str | None = None
    child: str | None = None
    agency: Code = "other"
    concern: Code = "other"
    kind: Annotated[Literal["concern", "response", "closure", "silence"], BeforeValidator(as_code)] = "concern"
    told: list[Code] | None = None
    what: str | None = None

    @property
    def names_an_act(self) -> bool:
        """A silence that names something an agency held itself, rather than something that never came."""
        return self.kind != "silence" or self.concern not in NO_ACT

    @property
    def period(self) -> Period:
        return read_period(self.date, self.date_to, None, None, None)[0]


class CaseChild(Shape):
    ref: str
    age_at_start: Age = None


class Case(Shape):
    """One published review. `acted_on`: when agencies at last acted together, or null."""

    slug: str = "case"
    title: str | None = None
    published: str | None = None
    children: list[CaseChild] = []
    events: list[CaseEvent] = []
    acted_on: str | None = None
    harm_date: str | None = None

    @property
    def name(self) -> str:
        return self.title or self.slug

    def refs(self) -> list[str]:
        """Every child of the case; one that only an event names is added after those listed."""
        return list(dict.fromkeys([child.ref for child in self.children] + [self.child_of(one) for one in self.events]))

    def child_of(self, event: CaseEvent) -> str:
        """Whom an event is about; where it does not say, the only child there is."""
        alone = self.children[0].ref if len(self.children) == 1 else NOT_NAMED
        return event.child or alone


@dataclass(frozen=True)
class Sent:
    """One event on its way: `index` in the case, the day it arrives, and the notice (as plain JSON values)."""

    index: int
    arrives: date
    agency: str
    notice: dict[str, object]


def sendings(case: Case) -> list[Sent]:
    """The notices in order of arrival. An event arrives on the last day on which it can have happened.

    An undated event keeps its place in the case's order: it arrives with the event before it (or the first dated one).
    """
    days = arrival_days(case)
    sent = [
        Sent(index, day, event.agency, notice_of(case, index, event))
        for index, (event, day) in enumerate(zip(case.events, days, strict=True))
        if event.names_an_act
    ]
    return sorted(sent, key=lambda one: (one.arrives, one.index))


def arrival_days(case: Case) -> list[date]:
    """The day each event arrives, in the case's own order."""
    known = [event.period.end for event in case.events]
    latest = next((end for end in known if end), published_by(case))
    days = []
    for end in known:
        latest = end or latest
        days.append(latest - timedelta(days=1))
    return days


def published_by(case: Case) -> date:
    """The day after the review was published, as far as the file says; 2020 where it does not."""
    return read_period(case.published or "2020", None, None, None, None)[0].end or date(2021, 1, 1)


def undated(case: Case) -> list[int]:
    """Indexes of events without any date that can be read: only their order is known."""
    return [index for index, event in enumerate(case.events) if event.period.first is None]


def not_sent(case: Case) -> list[int]:
    """Indexes of silences that name no act: what never came cannot arrive."""
    return [index for index, event in enumerate(case.events) if not event.names_an_act]


def notice_of(case: Case, index: int, event: CaseEvent) -> dict[str, object]:
    """The event as a notice of its agency about its child."""
    told: object = "unknown" if event.told is None else [{"agency": code} for code in event.told]
    return {
        "form": "joinedup/notice/1",
        "id": f"{case.slug[:100]}/{index}",
        "agency": event.agency,
        "persons": [person(case, case.child_of(event))],
        "events": [
            {
                "n": 1,
                "about": [1],
                "kind": kind_of(event),
                "happened": {"from": event.date, "to": event.date_to},
                "concerns": [event.concern] if event.kind in ("concern", "silence") else [],
                "words": (event.what or "")[:LONGEST_WORDS],
                "told": told,
            }
        ],
    }


def kind_of(event: CaseEvent) -> str:
    """The notice's kind of event for a case's event."""
    if event.kind in KIND_OF_EVENT:
        return KIND_OF_EVENT[event.kind]
    if event.agency == "hospital" and event.concern == "physical-injury":
        return "attendance"
    return KIND_OF_CONCERN.get(event.concern, "concern")


def person(case: Case, ref: str) -> dict[str, object]:
    """The faultless fictional identity of one child of a case: the same in every notice, shared with nobody."""
    n = case.refs().index(ref)
    age = next((child.age_at_start for child in case.children if child.ref == ref), None)
    year = first_year(case) - int(age if age is not None else 10)
    return {
        "n": 1,
        "kind": "child",
        "role": "subject",
        "names": [{"given": f"Child {letters(n)}", "family": f"Case {letters(n)}"}],
        "born": f"{year}-0{1 + n % 9}-{11 + n % 17}",
        "identifiers": [{"system": "nhs-number", "value": synthetic_nhs_number(n)}],
    }


def letters(n: int) -> str:
    """0 → Alpha, 1 → Bravo, ...: spoken, unlike each other, nobody's name."""
    return SPOKEN[n % len(SPOKEN)] + (str(n // len(SPOKEN)) if n >= len(SPOKEN) else "")


def first_year(case: Case) -> int:
    years = [event.period.first.year for event in case.events if event.period.first]
    return min(years, default=2015)


def by_day(sent: Iterable[Sent]) -> Iterator[tuple[date, list[Sent]]]:
    """The sendings of each day of arrival, in order."""
    days: dict[date, list[Sent]] = {}
    for one in sent:
        days.setdefault(one.arrives, []).append(one)
    yield from sorted(days.items())
