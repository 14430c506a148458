"""Writes a part's world and lives into the truth."""

from typing import Any

import numpy as np
import numpy.typing as npt

from partnership.identifiers import la_child_id, nhs_number
from partnership.lives.draw import Happenings, Spells
from partnership.lives.rates import lives
from partnership.names import origins
from partnership.observe.cards import Cards
from partnership.observe.messages import adult_key, child_key
from partnership.observe.reports import Reports
from partnership.places import address
from partnership.truth import Truth, days
from partnership.world.households import NEVER, Ints

Objects = npt.NDArray[Any]


def record_world(truth: Truth, cards: Cards) -> None:
    """Persons, households and who belongs to whom."""
    _households(truth, cards)
    _children(truth, cards)
    _adults(truth, cards)
    _ties(truth, cards)


def record_lives(truth: Truth, reports: Reports, spells: Spells, drawn: Happenings) -> None:
    """What happened, and what went on behind it."""
    part, start = reports.cards.part, reports.cards.part.settings.start
    people = _keys(reports.cards)
    names = objects(f"s{part.number:03d}{place:06d}" for place in range(len(spells.child)))
    truth.add(
        "situations",
        {
            "situation": names,
            "kind": objects(lives().situations)[spells.situation],
            "person": people[spells.child],
            "starts": days(start, spells.starts),
            "ends": days(start, spells.ends),
        },
    )
    truth.add(
        "happenings",
        {
            "happening": objects(reports.key(place) for place in range(len(drawn))),
            "kind": objects(lives().names)[drawn.kind],
            "person": people[drawn.child],
            "happened": days(start, np.floor(drawn.when)),
            "situation": _where(drawn.behind >= 0, names, drawn.behind),
        },
    )


def objects(values: Any) -> Objects:
    listed = list(values)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made


def _where(known: npt.NDArray[np.bool_], values: Objects, place: Ints) -> Objects:
    """The value at each place where it is known, else None."""
    made = np.full(len(known), None, dtype=object)
    made[known] = values[place[known]]
    return made


def _keys(cards: Cards) -> Objects:
    return objects(child_key(number) for number in cards.children.number.tolist())


def home_key(part: int, home: int) -> str:
    return f"h{part:03d}{home:05d}"


def _homes(cards: Cards) -> Objects:
    return objects(home_key(cards.part.number, home) for home in range(len(cards.homes)))


def _households(truth: Truth, cards: Cards) -> None:
    homes, keys = cards.homes, _homes(cards)
    now = [address(place, house) for place, house in zip(homes.place.tolist(), homes.house.tolist(), strict=True)]
    then = [address(place, house) for place, house in zip(homes.place2.tolist(), homes.house2.tolist(), strict=True)]
    moved = homes.moves_on < NEVER
    every = np.arange(len(homes))
    on = days(cards.part.settings.start, np.where(moved, homes.moves_on, 0))
    truth.add(
        "households",
        {
            "household": keys,
            "strain": homes.strain,
            "chaos": homes.chaos,
            "lines": objects(lines for lines, _ in now),
            "postcode": objects(code for _, code in now),
            "moved": np.where(moved, on, np.datetime64("NaT")),
            "lines_then": _where(moved, objects(lines for lines, _ in then), every),
            "postcode_then": _where(moved, objects(code for _, code in then), every),
            "cousins": _where(homes.cousin >= 0, keys, homes.cousin),
        },
    )


def _children(truth: Truth, cards: Cards) -> None:
    children, keys = cards.children, _keys(cards)
    truth.add(
        "persons",
        {
            "person": keys,
            "kind": np.full(len(keys), "child", dtype=object),
            "household": _homes(cards)[children.household],
            "sex": np.where(children.female, "f", "m").astype(object),
            "born": days(cards.part.settings.start, children.born),
            "given": children.given,
            "family": children.family,
            "former_family": children.former,
            "name_origin": objects(origins()[0])[cards.homes.origin[children.household]],
            "nhs_number": objects(nhs_number(place) if place >= 0 else None for place in children.nhs.tolist()),
            "upn": objects(cards.upn(row) for row in range(len(keys))),
            "la_child_id": objects(la_child_id(number) for number in children.number.tolist()),
            "twin_of": _where(children.twin >= 0, keys, children.twin),
            "looked_after": children.looked_after,
            "disabled": children.disabled,
        },
    )


def _adults(truth: Truth, cards: Cards) -> None:
    for mother in (True, False):
        there = np.flatnonzero((cards.homes.adults > 1) | mother)
        names = [cards.adult_name(int(home), mother) for home in there]
        truth.add(
            "persons",
            {
                "person": objects(adult_key(cards.part.number, home, mother) for home in there.tolist()),
                "kind": np.full(len(there), "adult", dtype=object),
                "household": _homes(cards)[there],
                "sex": np.full(len(there), "f" if mother else "m", dtype=object),
                "given": objects(given for given, _ in names),
                "family": objects(family for _, family in names),
            },
        )


def _ties(truth: Truth, cards: Cards) -> None:
    """Parents to children; each child to the brother or sister before; twins; one child of each of two cousin homes."""
    children, keys = cards.children, _keys(cards)
    for mother in (True, False):
        there = (cards.homes.adults[children.household] > 1) | mother
        parents = [adult_key(cards.part.number, home, mother) for home in children.household[there].tolist()]
        _tie(truth, objects(parents), keys[there], "parent")
    second = np.flatnonzero(children.household[1:] == children.household[:-1]) + 1
    _tie(truth, keys[second - 1], keys[second], "sibling")
    twins = np.flatnonzero(children.twin >= 0)
    _tie(truth, keys[children.twin[twins]], keys[twins], "twin")
    eldest = np.searchsorted(children.household, np.arange(len(cards.homes)))
    one = np.flatnonzero(cards.homes.cousin > np.arange(len(cards.homes)))
    _tie(truth, keys[eldest[one]], keys[eldest[cards.homes.cousin[one]]], "cousin")


def _tie(truth: Truth, a: Objects, b: Objects, tie: str) -> None:
    truth.add("ties", {"a": a, "b": b, "tie": np.full(len(a), tie, dtype=object)})
