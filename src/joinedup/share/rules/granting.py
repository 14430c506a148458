"""Reading the one policy: which of its rows speak for a look, what they open, and whose statements they show."""

from collections.abc import Iterable

from joinedup.ground.clock import civil_day
from joinedup.ground.handling import Handling
from joinedup.share.rules.looks import Look
from joinedup.share.rules.policy import POLICY, Field, Relation, Row, Source, Standing, State


def granted(look: Look) -> list[Row]:
    """The rows that speak for this look: a role held, the purpose named, the reason stated where one is asked for."""
    return [row for row in would_grant(look) if look.reason.strip() or not row.needs_reason]


def would_grant(look: Look) -> list[Row]:
    """The rows that speak for this look once a reason is stated."""
    return [row for row in POLICY if _speaks(row, look)]


def _speaks(row: Row, look: Look) -> bool:
    held = row.roles & look.roles and (not row.agencies or look.agency_kind in row.agencies)
    return bool(held) and look.purpose in row.purposes and row.in_force(civil_day(look.at))


def relations_in(rows: Iterable[Row], state: State) -> frozenset[Relation]:
    """The relations in which these rows let somebody open a child whose case is in this state."""
    return frozenset().union(*(row.relations for row in rows if state in row.states and row.opens_child))


def opens(rows: Iterable[Row], standing: Standing) -> list[Row]:
    """The rows that open a child to somebody who stands so to it."""
    return [row for row in speaking(rows, standing) if row.opens_child]


def speaking(rows: Iterable[Row], standing: Standing) -> list[Row]:
    """The rows that say anything of a child to somebody who stands so to it."""
    return [row for row in rows if standing.state in row.states and row.relations & standing.relations]


def sources(rows: Iterable[Row], standing: Standing, what: Field) -> frozenset[Source]:
    """Whose statements of this class of field the rows show, to somebody standing so to the child."""
    return frozenset().union(*(row.sources for row in speaking(rows, standing) if what in row.fields))


FIELDS_OF: dict[Handling, frozenset[Field]] = {
    Handling.IDENTITY: frozenset({Field.IDENTITY}),
    Handling.SHIELDED: frozenset({Field.ADDRESS, Field.REPORTER}),
    Handling.CASE: frozenset({Field.CASE}),
    Handling.DECISION: frozenset({Field.DECISION}),
    Handling.KEY: frozenset(),
    Handling.SYSTEM: frozenset(),
    Handling.STAFF: frozenset(),
}


def fields_of(what: Handling | Field) -> frozenset[Field] | None:
    """The policy's classes behind a stored field's handling class; None for what nobody is ever shown."""
    return frozenset({what}) if isinstance(what, Field) else FIELDS_OF.get(what)
