"""What a summary must not hold: whatever would tell one identity to whoever knows the other."""

from collections.abc import Iterable
from datetime import date

from joinedup.sealed.rules.body import Body, Statement

SHORTEST = 2  # letters: "Al" is a name, an initial would be found in any text


def telling(body: Body) -> frozenset[str]:
    """The strings that speak of the old identity and not of the one known now: names, numbers, birth, addresses."""
    return naming(body) - frozenset(strings(one for _, one in body.now))


def naming(body: Body) -> frozenset[str]:
    """Every string that speaks of the old identity, also what both lives share: a first name that was kept."""
    return frozenset(strings(one for _, one in body.old))


def strings(statements: Iterable[Statement]) -> Iterable[str]:
    """Everything in these statements by which somebody could be recognised in a text."""
    for said in statements:
        parts = (name.get(part) or "" for name in said["names"] for part in ("given", "family"))
        yield from (word for part in parts for word in part.split() if len(word) >= SHORTEST)
        yield from (form for day in said["born"] for form in (day, *_as_people_write(day)))
        yield from (number["value"] for number in said["identifiers"])
        yield from (place[part] for place in said["addresses"] for part in ("lines", "postcode") if place.get(part))


def _as_people_write(born: str) -> Iterable[str]:
    """17/05/2011 and 17 May 2011, of 2011-05-17; nothing of a coarser date."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return ()
    return (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.day} {day:%b} {day.year}",
    )
