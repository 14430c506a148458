"""From a JSON value to a Notice: what can be put right is put right and said, what cannot is for a person."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from joinedup.ground.clock import LONDON
from joinedup.receive.rules import notice as form
from joinedup.receive.rules.notice import FORM, Notice
from joinedup.receive.rules.problems import Problem, problem

LOSING = {  # pydantic's kinds of error whose part cannot be dropped without losing content: for a person
    "string_too_long": "too-long",
    "missing": "missing",
    "list_type": "wrong-shape",
    "model_type": "wrong-shape",
    "dict_type": "wrong-shape",
    "string_unicode": "wrong-shape",
}
MODELS = [kind for kind in vars(form).values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
FIELDS = sorted({field.alias or name for model in MODELS for name, field in model.model_fields.items()})
N = range(2**31)  # what a person's or an event's number may be
MOST_PERSONS, MOST_LINES = 100, 1_000  # of one notice, which is brought on in one go: beyond it, everybody else waits


def shape(value: dict[str, Any], sender_id: str, agency: str, today: date) -> tuple[Notice | None, list[Problem]]:
    """The notice in a JSON object, as of the agency that sent it, with what was put right on the way."""
    problems: list[Problem] = []
    if value.get("form", FORM) != FORM:
        return None, [problem("unknown-form", "form")]
    value = cleaned(value, problems)
    problems += identify(value, sender_id, agency)
    problems += date_sent(value, today)
    problems += number_persons(value)
    problems += number_events(value)
    notice, misfits = fit(value)
    problems += misfits
    if notice is None:
        return None, problems
    problems += unknown_fields(value, notice.model_dump(by_alias=True, exclude_unset=True))
    wrong = dead_ends(notice)
    return (None if wrong else notice), [*problems, *wrong]


def cleaned(value: Any, problems: list[Problem], field: str = "") -> Any:
    """A copy without nulls (left out means unknown) and without NUL characters, which no database keeps in text."""
    if isinstance(value, dict):
        return {
            key.replace("\0", ""): cleaned(part, problems, f"{field}.{key}" if field else key)
            for key, part in value.items()
            if part is not None
        }
    if isinstance(value, list):
        return [cleaned(part, problems, f"{field}[{i}]") for i, part in enumerate(value)]
    if isinstance(value, str) and "\0" in value:
        problems.append(problem("control-character", known_path(field)))
        return value.replace("\0", "�")
    return value


def known_path(field: str) -> str:
    """The path up to the first name that is not the form's own, so that no sender's words get into a receipt."""
    known: list[str] = []
    for part in field.split("."):
        if part.split("[")[0] not in FIELDS:
            break
        known.append(part)
    return ".".join(known)


def identify(value: dict[str, Any], sender_id: str, agency: str) -> list[Problem]:
    """Set id and agency: the agency is who signed in, and an id is made from the content where none is."""
    said = value.get("agency", agency)
    problems = [problem("id-missing", "id")] if sender_id.startswith("content-") else []
    if not isinstance(said, str) or said.strip().lower() != agency:
        problems.append(problem("other-agency", "agency"))
    value.update(id=sender_id, agency=agency)
    return problems


def date_sent(value: dict[str, Any], today: date) -> list[Problem]:
    """Read `sent` as an aware instant; without a zone it is UK time, and what is no instant is left out."""
    if "sent" not in value:
        return []
    sent = read_instant(value.pop("sent"))
    if sent is None:
        return [problem("not-a-time", "sent")]
    value["sent"] = sent.isoformat()
    return [problem("sent-ahead", "sent")] if sent.date() > today + timedelta(days=1) else []


def read_instant(text: Any) -> datetime | None:
    """An ISO instant between 1900 and 2200 as UTC, or None."""
    if not isinstance(text, str) or not re.match(r"(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d", text.strip()):
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def number_persons(value: dict[str, Any]) -> list[Problem]:
    """Persons without a number get the lowest ones free, in the order written."""
    persons = rows(value, "persons")
    for person in persons:
        person["n"] = whole_number(person.get("n"))
    taken = {person["n"] for person in persons if isinstance(person.get("n"), int)}
    free = (n for n in range(1, len(persons) + 1) if n not in taken)
    unnumbered = [person for person in persons if not isinstance(person.get("n"), int)]
    for person in unnumbered:
        person["n"] = next(free)
    return [problem("number-missing", "persons")] if unnumbered else []


def whole_number(sent: Any) -> Any:
    """A number as it was meant, sent as text or with a decimal point ("2", 2.0); anything else as it is."""
    if isinstance(sent, str) and (found := re.fullmatch(r"(\d+)(?:\.0+)?", sent.strip())):
        return int(found[1][:10])
    return int(sent) if isinstance(sent, float) and sent.is_integer() else sent


def number_events(value: dict[str, Any]) -> list[Problem]:
    """Events without numbers, or with one number twice, are numbered in the order written."""
    events = rows(value, "events")
    numbers = [event.get("n") for event in events]
    if all(isinstance(n, int) and n in N for n in numbers) and len(set(numbers)) == len(numbers):
        return []
    for n, event in enumerate(events, start=1):
        event["n"] = n
    return [] if numbers == [None] else [problem("number-missing", "events")]


def rows(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list field; a value of another shape has none, and validation will say so."""
    listed = value.get(name)
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []


def fit(value: dict[str, Any], rounds: int = 20) -> tuple[Notice | None, list[Problem]]:
    """Validate; drop an optional part that does not fit and try again; give up where dropping would lose content."""
    try:
        return Notice.model_validate(value), []
    except ValidationError as wrong:
        errors = [error for error in wrong.errors(include_url=False, include_input=False) if meant(value, error)]
    problems = [misfit(value, error) for error in errors]
    paths = [path_in(value, error["loc"]) for error in errors]
    loses = any(error["type"] in LOSING for error in errors)
    if loses or not rounds or not all(path and isinstance(path[-1], str) for path in paths):
        return None, problems
    for path in paths:
        drop(value, path)
    notice, more = fit(value, rounds - 1)
    return notice, [*problems, *more]


def meant(value: dict[str, Any], error: Any) -> bool:
    """Whether an error is of the branch that was meant: `told` is a list, or the word `unknown`."""
    tag = next((part for part in error["loc"] if isinstance(part, str) and "[" in part), None)
    if tag is None:
        return True
    told: Any = value
    for part in error["loc"][: error["loc"].index(tag)]:
        told = told[part]
    return isinstance(told, list) == tag.startswith("list")


def path_in(value: Any, loc: tuple[str | int, ...]) -> list[str | int]:
    """The part of an error's location that is really in the value (pydantic adds names of its own for unions)."""
    path: list[str | int] = []
    for part in loc:
        if holds(value, part):
            path.append(part)
            value = value[part]
    return path


def holds(value: Any, part: str | int) -> bool:
    """Whether an object has this field, or a list this place."""
    return isinstance(part, int) if isinstance(value, list) else isinstance(value, dict) and part in value


def drop(value: Any, path: list[str | int]) -> None:
    """Take the field at the path out, if it is still there."""
    for part in path[:-1]:
        value = value[part]
    value.pop(path[-1], None)


def written(path: list[str | int]) -> str:
    """A path as people write it: events[0].told[1].agency."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def misfit(value: dict[str, Any], error: Any) -> Problem:
    """What does not fit the form, without the value."""
    field, kind = written(path_in(value, error["loc"])), error["type"]
    if kind == "missing":
        field = f"{field}.{error['loc'][-1]}".lstrip(".")
    if kind == "literal_error":
        return problem("not-a-choice", field, choices=error["ctx"]["expected"].replace(" or ", ", "))
    return problem(LOSING.get(kind, "left-out"), field)


def unknown_fields(value: Any, understood: Any, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Where fields stand that the form does not have; their names are the sender's own words and are not repeated."""
    if isinstance(value, list) and isinstance(understood, list):
        for i, (part, known) in enumerate(zip(value, understood, strict=False)):
            yield from unknown_fields(part, known, (*path, i))
    if isinstance(value, dict) and isinstance(understood, dict):
        if not value.keys() <= understood.keys():
            yield problem("unknown-field", written(list(path)))
        for key in value.keys() & understood.keys():
            yield from unknown_fields(value[key], understood[key], (*path, key))


def dead_ends(notice: Notice) -> list[Problem]:
    """Why a notice in the right shape still leads nowhere: nothing said, nobody named, numbers that no person has."""
    numbers = [person.n for person in notice.persons]
    wrong = [] if notice.events else [problem("nothing-said", "events")]
    wrong += [] if notice.persons else [problem("nobody-named", "persons")]
    if len(set(numbers)) != len(numbers) or any(n not in N for n in numbers):
        wrong.append(problem("number-twice", "persons"))
    if notice.persons and any(n not in numbers for event in notice.events for n in event.about):
        wrong.append(problem("about-nobody", "events"))
    if len(notice.persons) > MOST_PERSONS or lines_in(notice) > MOST_LINES:
        wrong.append(problem("too-many", "persons" if len(notice.persons) > MOST_PERSONS else "events"))
    return wrong


def lines_in(notice: Notice) -> int:
    """How many lines it adds to chronologies: each event counts once for everybody it is about."""
    subjects = sum(person.role == "subject" for person in notice.persons)
    return sum(len(event.about) or subjects for event in notice.events)
