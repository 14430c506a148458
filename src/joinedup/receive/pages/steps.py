"""The steps of "Report a concern": which questions stand on which screen, and how their answers are kept and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from joinedup.face.forms import ApproximateDateField
from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import read_period, says
from joinedup.receive import forms as asked
from joinedup.receive.rules.report import Answers
from joinedup.share.queries import agencies


@dataclass(frozen=True)
class Step:
    """One screen. `several`: its answers are a list of people, and another one can be added."""

    slug: str
    title: str
    form: type[forms.Form]
    needs: tuple[str, ...] = ()
    several: str = ""


STEPS = (
    Step("danger", "Before you begin", asked.DangerForm),
    Step("children", "Which children?", asked.ChildForm, several="child"),
    Step("adults", "Which adults?", asked.AdultForm, ("codes",), several="adult"),
    Step("now", "The child now", asked.NowForm),
    Step("worries", "What worries you?", asked.WorriesForm, ("codes",)),
    Step("happened", "What happened, and when", asked.HappenedForm, ("codes",)),
    Step("told", "Who knows about this?", asked.ToldForm, ("agencies",)),
    Step("you", "About you", asked.YouForm),
)
BY_SLUG = {step.slug: step for step in STEPS}
CHECK = "check"

KNOWN: dict[str, Callable[[datetime], Any]] = {
    "codes": lambda at: codes(civil_day(at)),
    "agencies": lambda _: {code: agency.name for code, agency in agencies().items() if agency.kind != "family"},
}


def after(step: Step) -> str:
    """The slug of the screen that follows."""
    slugs = [*BY_SLUG, CHECK]
    return slugs[slugs.index(step.slug) + 1]


def before(slug: str) -> str:
    """The slug of the screen before this one; empty for the first."""
    slugs = ["", *BY_SLUG, CHECK]
    return slugs[slugs.index(slug) - 1]


def form_of(
    step: Step, at: datetime, data: QueryDict | None = None, *, answers: Answers | None = None, n: int = 0
) -> Any:
    """The step's form, filled in from what was posted or answered before; the n-th of several people."""
    known = {name: KNOWN[name](at) for name in step.needs}
    prefix = f"{step.several}-{n}" if step.several else None
    return step.form(data, initial=answers or {}, prefix=prefix, **known)


def forms_of(step: Step, at: datetime, answers: Answers, data: QueryDict | None = None) -> list[forms.Form]:
    """Every form on the screen: one, or one for each person said so far, and one at least."""
    if not step.several:
        return [form_of(step, at, data, answers=answers.get(step.slug))]
    people = answers.get(step.slug) or [{}]
    many = min(int_of(data.get("how_many", "")), asked.MOST_PEOPLE) if data is not None else len(people)
    said = [*people, *({} for _ in range(many))]
    return [form_of(step, at, data, answers=said[n], n=n) for n in range(max(many, 1))]


def int_of(text: str) -> int:
    """A small whole number; 1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def said_in(step: Step, filled: list[forms.Form], pressed: Mapping[str, Any]) -> Any:
    """What valid forms say, as it is kept: empty people are left out, one is added or removed as asked."""
    if not step.several:
        return plain(filled[0].cleaned_data)
    removed = int_of(str(pressed["remove"])) if "remove" in pressed else -1
    people = [plain(form.cleaned_data) for n, form in enumerate(filled) if n != removed and not form.is_empty()]  # type: ignore[attr-defined]
    return [*people, {}] if "add" in pressed and len(people) < asked.MOST_PEOPLE else people


def plain(cleaned: Mapping[str, Any]) -> Answers:
    """Cleaned data as JSON keeps it."""
    return {name: value for name, value in cleaned.items() if value not in (None, "", [])}


def summary(answers: Answers, at: datetime) -> list[tuple[Step, list[tuple[str, list[tuple[str, str]]]]]]:
    """What was said, screen by screen, as (heading, rows of question and answer), for "Check your answers"."""
    found = []
    for step in STEPS:
        given = answers.get(step.slug)
        people = (given or [{}]) if step.several else [given or {}]
        groups = [
            (f"{step.several.capitalize()} {n}" if step.several else step.title, rows_of(form_of(step, at), one))
            for n, one in enumerate(people, start=1)
        ]
        found.append((step, groups))
    return found


def rows_of(form: forms.Form, given: Answers) -> list[tuple[str, str]]:
    """Questions that were answered, with the answer in words."""
    return [(str(field.label), in_words(field, given[name])) for name, field in form.fields.items() if name in given]


def in_words(field: forms.Field, value: Any) -> str:
    """An answer as its label, a date as people say it."""
    if isinstance(field, ApproximateDateField):
        return says(read_period(value, None, None, None, None)[0])
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(str(one), str(one)) for one in values)
