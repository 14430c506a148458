"""Columns of anybody's labelled file, mapped to what joinedup compares: `forename=first_name,date_of_birth=dob`.

What is not mapped is ignored, and what a file lacks is not known. `text` and `category` may be mapped to any further
columns, as often as is wished: a text is compared by likeness, a category by equality.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from joinedup.link.rules.features import features

IDENTIFIERS = {"nhs_number": "nhs-number", "upn": "upn", "la_child_id": "la-child-id", "local_number": "own-number"}
NAMES = {"forename": "given", "middle_name": "middle", "surname": "family"}
OTHER_NAMES = {"other_forename": "given", "other_surname": "family"}
FIELDS = (*NAMES, *OTHER_NAMES, "date_of_birth", "sex", "postcode", "other_postcode", "address", *IDENTIFIERS, "source")
MORE = ("text", "category")
SEXES = {"m": "m", "male": "m", "1": "m", "boy": "m", "f": "f", "female": "f", "2": "f", "girl": "f"}


class MappingError(ValueError):
    """A mapping that cannot be read, with what can be named instead."""


@dataclass(frozen=True)
class Mapped:
    """`fields`: our field to the file's column. `more`: (our name, kind, the file's column) of further comparisons."""

    fields: Mapping[str, str]
    more: tuple[tuple[str, str, str], ...]


def read_mapping(text: str, columns: list[str]) -> Mapped:
    """Read `ours=theirs,...`; columns that are called as our fields are map themselves. Raises MappingError."""
    found = {name: name for name in FIELDS if name in columns}
    more: list[tuple[str, str, str]] = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        ours, equals, theirs = (one.strip() for one in part.partition("="))
        if not equals or theirs not in columns:
            raise MappingError(f"{part}: write ours=theirs; the file's columns are {', '.join(columns)}")
        if ours in MORE:
            more.append((f"{ours}{len(more) + 1}", ours, theirs))
        elif ours in FIELDS:
            found[ours] = theirs
        else:
            raise MappingError(f"{ours}: no field of ours; they are {', '.join((*FIELDS, *MORE))}")
    if not {"forename", "surname", *IDENTIFIERS} & found.keys():
        raise MappingError("map a name or a number: --map forename=COLUMN,surname=COLUMN,date_of_birth=COLUMN")
    return Mapped(found, tuple(more))


def features_of(row: Mapping[str, str | None], mapped: Mapped) -> dict[str, Any]:
    """The features of one row of the file, further columns among them; `further`: all that somebody mapped."""
    said = {name: (row.get(column) or "").strip() for name, column in mapped.fields.items()}
    more = {name: value for name, _, column in mapped.more if (value := (row.get(column) or "").strip().lower())}
    further = sorted(f"{name}|{value}" for name, value in more.items() if name.startswith(MORE))
    found = features("child", said.get("source", ""), statement_of(said)) | more
    return found | ({"further": further} if further else {})


def statement_of(said: Mapping[str, str]) -> dict[str, Any]:
    """A statement as a notice would make it (`link.rules.statements`)."""
    return {
        "names": list(_names(said)),
        "born": [said["date_of_birth"]] if said.get("date_of_birth") else [],
        "sex": SEXES.get(said.get("sex", "").lower()),
        "identifiers": [
            {"system": system, "value": said[name]} for name, system in IDENTIFIERS.items() if said.get(name)
        ],
        "addresses": list(_addresses(said)),
    }


def _names(said: Mapping[str, str]) -> Iterator[dict[str, str]]:
    given = " ".join(filter(None, (said.get("forename"), said.get("middle_name"))))
    other = said.get("other_forename", ""), said.get("other_surname", "")
    for kind, first, last in (("usual", given, said.get("surname", "")), ("alias", *other)):
        if first or last:
            yield {"kind": kind} | {name: text for name, text in (("given", first), ("family", last)) if text}


def _addresses(said: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if said.get("postcode") or said.get("address"):
        parts = (("lines", said.get("address")), ("postcode", said.get("postcode")))
        yield {name: text for name, text in parts if text}
    if said.get("other_postcode"):
        yield {"postcode": said["other_postcode"]}
