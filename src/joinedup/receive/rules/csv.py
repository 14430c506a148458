"""The notice as a table: one row an event-about-person, the columns below; rows of one id make one notice.

A row says that this event is about this person: a child is whom it is about, an adult whom it was with. A row
without event columns only adds a person, one without person columns is about every child of the notice. Rows that
mean one person or one event carry its number in `person` or `event`; without numbers, equal cells mean the same one.
Lists stand in one cell, parted by semicolons; `told` holds agency, agency:state or agency:state:when.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any

from joinedup.receive.rules.problems import Problem, problem

NOTICE = ("id", "sent", "corrects", "agency")
OBSERVER = {"observer_role": "role", "observer_reference": "reference", "first_hand": "first_hand",
            "safe_contact": "safe_contact"}  # fmt: skip
SAFETY = {name: name for name in ("where_now", "safe", "seen", "seen_alone")}
CONSENT = {"parents": "parents", "young_person": "young_person", "consent_reason": "reason"}
PERSON = {"person_kind": "kind", "person_role": "role", "born": "born", "sex": "sex", "in_household": "in_household",
          "parental_responsibility": "parental_responsibility", "interpreter": "interpreter",
          "describes": "describes"}  # fmt: skip
NAMES = {"given": ("usual", "given"), "family": ("usual", "family"), "nickname": ("nickname", "given"),
         "former_family": ("former", "family")}  # fmt: skip
NUMBERS = {"nhs_number": "nhs-number", "upn": "upn", "la_child_id": "la-child-id", "hospital_number": "hospital-number",
           "police_reference": "police-reference", "provider_reference": "provider-reference"}  # fmt: skip
ADDRESS = {"address": "lines", "postcode": "postcode", "address_kind": "kind"}
EVENT = {name: name for name in ("kind", "side", "standing", "words", "childs_words", "going_well", "place", "outcome",
                                 "count", "reference", "handling")}  # fmt: skip
HAPPENED = {"happened_from": "from", "happened_to": "to", "precision": "precision", "lasting": "lasting",
            "date_words": "words"}  # fmt: skip
LISTS = ("concerns", "told")
OF_PERSON = (*PERSON, *NAMES, *NUMBERS, *ADDRESS)
OF_EVENT = (*EVENT, *HAPPENED, *LISTS)
COLUMNS = (*NOTICE, *OBSERVER, *SAFETY, *CONSENT, "person", *OF_PERSON, "event", *OF_EVENT)

Row = dict[str, str]


class TableError(ValueError):
    """The rows give no notice; holds the code of the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def notice_of(text: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The notice that the rows of one id make, as the JSON form's object, and problems; None if they make none."""
    try:
        header, table = rows_of(text)
        return gathered(table), [] if set(header) <= {*COLUMNS, ""} else [problem("unknown-column")]
    except TableError as wrong:
        return None, [problem(wrong.code)]


def rows_of(text: str) -> tuple[list[str], list[Row]]:
    """Column names, and the rows as cells by column, empty ones left out. Raises TableError."""
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    except (csv.Error, ValueError) as wrong:
        raise TableError("broken-row" if is_table(text) else "no-table") from wrong
    names = [column_name(name) for name in header]
    if "kind" not in names:
        raise TableError("no-table")
    if any(len(line) > len(names) for line in lines) or len(set(names) - {""}) != len([n for n in names if n]):
        raise TableError("broken-row")
    cells = [{name: cell.strip() for name, cell in zip(names, line, strict=False) if cell.strip()} for line in lines]
    return names, [row for row in cells if row]


def column_name(text: str) -> str:
    """A column's name however it was typed: "Happened from" is happened_from."""
    return text.strip().strip("\ufeff").lower().replace(" ", "_").replace("-", "_")


def delimiter_of(text: str) -> str:
    """What parts the cells, by the first line: comma, semicolon or tab."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def is_table(text: str) -> bool:
    """Whether the first line names the columns of a notice."""
    first = text.partition("\n")[0]
    return "kind" in {column_name(name.strip('"')) for name in first.split(delimiter_of(first))}


def gathered(table: list[Row]) -> dict[str, Any]:
    """One notice from its rows. Raises TableError where rows disagree."""
    if not table:
        raise TableError("no-table")
    whole = merged(pick(row, (*NOTICE, *OBSERVER, *SAFETY, *CONSENT)) for row in table)
    persons, events = numbered(table, "person", OF_PERSON), numbered(table, "event", OF_EVENT)
    return {
        **pick(whole, NOTICE),
        "observer": renamed(whole, OBSERVER),
        "safety": renamed(whole, SAFETY),
        "consent": renamed(whole, CONSENT),
        "persons": [person_of(n, row) for n, (row, _) in persons.items()],
        "events": [event_of(n, row, about_of(row_numbers, persons)) for n, (row, row_numbers) in events.items()],
    }


Numbered = dict[int, tuple[Row, set[int]]]


def numbered(table: list[Row], number: str, columns: tuple[str, ...]) -> Numbered:
    """The distinct persons or events: number to its cells and the rows it stands in. Raises TableError."""
    groups: dict[object, list[int]] = {}
    for i, row in enumerate(table):
        cells = pick(row, columns)
        if cells or number in row:
            groups.setdefault(row.get(number) or tuple(sorted(cells.items())), []).append(i)
    taken = {whole_number(name) for name in groups if isinstance(name, str)}
    free = (n for n in range(1, len(table) + len(taken) + 2) if n not in taken)
    return {
        whole_number(name) if isinstance(name, str) else next(free): (
            merged(pick(table[i], columns) for i in rows), set(rows),
        )
        for name, rows in groups.items()
    }  # fmt: skip


def whole_number(text: str) -> int:
    """A small whole number. Raises TableError."""
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise TableError("broken-row")
    return int(text)


def pick(row: Row, columns: Iterable[str]) -> Row:
    """The cells of these columns that are not empty."""
    return {name: row[name] for name in columns if name in row}


def merged(rows: Iterable[Row]) -> Row:
    """Cells of several rows as one. Raises TableError where two rows fill one column differently."""
    whole: Row = {}
    for row in rows:
        if any(whole.get(name, cell) != cell for name, cell in row.items()):
            raise TableError("unlike-rows")
        whole |= row
    return whole


def renamed(row: Row, names: dict[str, str]) -> dict[str, str]:
    """Cells under the names of the JSON form."""
    return {name: row[column] for column, name in names.items() if column in row}


def person_of(n: int, row: Row) -> dict[str, Any]:
    """The person of the JSON form."""
    names: dict[str, dict[str, str]] = {}
    for column, (kind, part) in NAMES.items():
        if column in row:
            names.setdefault(kind, {"kind": kind})[part] = row[column]
    address = renamed(row, ADDRESS)
    return {
        "n": n,
        **renamed(row, PERSON),
        "names": list(names.values()),
        "identifiers": [{"system": NUMBERS[c], "value": row[c]} for c in NUMBERS if c in row],
        "addresses": [address] if address else [],
    }


def event_of(n: int, row: Row, about: dict[str, list[int]]) -> dict[str, Any]:
    """The event of the JSON form."""
    told = row.get("told", "unknown")
    return {
        "n": n,
        **about,
        **renamed(row, EVENT),
        "happened": renamed(row, HAPPENED),
        "concerns": listed(row.get("concerns", "")),
        "told": "unknown" if told == "unknown" else [told_of(one) for one in listed(told) if one != "none"],
    }


def about_of(row_numbers: set[int], persons: Numbered) -> dict[str, list[int]]:
    """Whom an event is about and with: the persons of its rows, children apart from adults."""
    here = {n: row for n, (row, rows) in persons.items() if rows & row_numbers}
    adults = [n for n, row in here.items() if row.get("person_kind", "").lower() == "adult"]
    return {"about": [n for n in here if n not in adults], "with": adults}


def listed(cell: str) -> list[str]:
    """The parts of a cell between semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def told_of(text: str) -> dict[str, str]:
    """`police`, `police:seen` or `police:seen:2026-03-05T10:00` as the JSON form's object."""
    return dict(zip(("agency", "state", "when"), text.split(":", 2), strict=False))
