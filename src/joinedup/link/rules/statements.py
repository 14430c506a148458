"""Which distinct statements of people and addresses a notice makes, and the key of each.

A record is one distinct statement by one agency: said again, it is the same record and nothing new is scored. A
statement that says too little to tell anybody apart (a *stub*: "a tall man") is a record of its mention alone, and
two mentions in one notice are two people unless it says otherwise.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from joinedup.ground.keys import digest
from joinedup.link.rules.births import read_birth
from joinedup.link.rules.names import words_of
from joinedup.receive.rules.notice import Address, Notice, Person

CHILD, ADULT, PLACE = "child", "adult", "place"
NOT_SUBJECTS = frozenset({"professional", "reporter"})  # who reports is shielded, and nobody the concern is about
ROLES_OF_CHILDREN = frozenset({"subject", "sibling", "friend"})
ADULT_AT = 18
Statement = dict[str, Any]


class Spoken(NamedTuple):
    """A statement by itself, by which agency, and whose it truly is where that is known."""

    agency: str
    statement: Mapping[str, Any]
    truth: str | None = None


@dataclass(frozen=True)
class Said:
    """One mention: person `n` of the notice, or (`address` not null) one of that person's addresses.

    `key`: the mention's, from message and locator. `record`: the key of the statement made.
    """

    key: str
    record: str
    kind: str
    n: int
    role: str
    statement: Statement
    address: int | None = None


def said_in(notice: Notice, message: str) -> list[Said]:
    """Every mention that becomes a subject: people (reporters and professionals are left out), then addresses.

    `message` is the message's key. Persons that the notice calls one (`same_as`) make one statement together.
    """
    persons = [person for person in notice.persons if person.role not in NOT_SUBJECTS]
    return [*_people(persons, notice, message), *_places(persons, notice, message)]


def _people(persons: list[Person], notice: Notice, message: str) -> Iterator[Said]:
    seen: Counter[str] = Counter()
    for together in _same_people(persons):
        kind = kind_of(together, notice)
        statement = person_statement(together)
        stub = [message, str(together[0].n)] if is_stub(statement) else []
        if stub:
            statement["describes"] = " / ".join(p.describes for p in together if p.describes)
        key = digest(kind, notice.agency, canonical(statement), *stub)
        seen[key] += 1
        record = key if seen[key] == 1 else digest(key, str(seen[key]))
        for person in together:
            yield Said(digest(message, f"persons/{person.n}"), record, kind, person.n, person.role, statement)


def _places(persons: list[Person], notice: Notice, message: str) -> Iterator[Said]:
    for person in persons:
        for index, address in enumerate(person.addresses):
            if address.lines or address.uprn:
                statement = place_statement(address)
                record = digest(PLACE, notice.agency, canonical(statement))
                mention = digest(message, f"persons/{person.n}/addresses/{index}")
                yield Said(mention, record, PLACE, person.n, "address", statement, index)


def _same_people(persons: list[Person]) -> list[list[Person]]:
    """Persons in groups: those that `same_as` ties together are one; in order of `n`."""
    first: dict[int, int] = {}
    groups: dict[int, list[Person]] = {}
    same_as = {p.n: p.same_as for p in persons if p.same_as is not None}
    for person in sorted(persons, key=lambda p: p.n):
        first[person.n] = _end_of(person.n, same_as)
        groups.setdefault(first[person.n], []).append(person)
    return list(groups.values())


def _end_of(n: int, same_as: dict[int, int]) -> int:
    """Follow `same_as` to its end; of a ring the smallest number."""
    path = [n]
    while (n := same_as.get(n, n)) not in path:
        path.append(n)
    return min(path[path.index(n) :])


def kind_of(together: list[Person], notice: Notice) -> str:
    """child or adult: as stated; else by age when the notice was sent; else by role."""
    stated = {p.kind for p in together} - {"unknown"}
    if len(stated) == 1:
        return stated.pop()
    years = {birth.year for p in together if (birth := read_birth(p.born)).year}
    if years and notice.sent:
        return ADULT if notice.sent.year - int(min(years)) > ADULT_AT else CHILD
    return CHILD if any(p.role in ROLES_OF_CHILDREN for p in together) else ADULT


def person_statement(together: list[Person]) -> Statement:
    """What is said of who somebody is, as it was said; dates of address go to ties and are no part of it."""
    return {
        "names": _distinct(name.model_dump(exclude_none=True) for p in together for name in p.names),
        "born": _distinct(p.born for p in together if p.born),
        "sex": next((p.sex for p in together if p.sex in ("m", "f")), None),
        "identifiers": sorted(_distinct(i.model_dump() for p in together for i in p.identifiers), key=canonical),
        "addresses": sorted(_distinct(place_statement(a) for p in together for a in p.addresses), key=canonical),
    }


def place_statement(address: Address) -> Statement:
    return address.model_dump(include={"lines", "postcode", "uprn", "kind"}, exclude_none=True)


def is_stub(statement: Statement) -> bool:
    """Too little to tell anybody apart: no identifier, and no name with a birth, an address or a surname."""
    if statement["identifiers"]:
        return False
    given = any(words_of(name.get("given")) for name in statement["names"])
    family = any(words_of(name.get("family")) for name in statement["names"])
    return not ((given or family) and (statement["born"] or statement["addresses"] or (given and family)))


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _distinct(values: Any) -> list[Any]:
    kept: dict[str, Any] = {canonical(value): value for value in values}
    return list(kept.values())
