"""The one policy: who sees what of whom, as rows. Filters, checks and masks are compiled from it, nowhere else.

A row reads: *these roles*, in *this relation* to the child, for *these purposes*, see *these classes of field*
from *these sources*; and, if the row asks for it, only with a stated reason. Nothing is seen without a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from joinedup.ground.handling import Handling
from joinedup.share.rules.looks import Look, Purpose


class Relation(StrEnum):
    """How the asker stands to the child, by involvements open at the time of asking."""

    OWN = "own work"  # the practitioner is involved: allocated, manager, reviewing officer, chair, plan, ...
    AGENCY = "agency"  # their agency holds an entry about the child or was told of one
    ANY = "any child"


class Source(StrEnum):
    """Whose statement a field comes from, seen from the asker's agency. Of a finding: the furthest of its entries."""

    OWN = "own agency"
    TOLD = "told to own agency"
    OTHERS = "other agencies, as agreed"  # under an agreement in force for the purpose and kind of entry


class Field(StrEnum):
    """Classes of field that are decided apart. Keys, states and staff names follow the child's opening itself."""

    IDENTITY = "identity"  # names, dates of birth, identifiers
    ADDRESS = "address"  # where somebody is and how to reach them
    REPORTER = "reporter"  # who reported, and how to reach them safely
    CASE = "case"  # what happened, what worries, what goes well
    FINDING = "finding"  # what adds up
    DECISION = "decision"  # what was decided, why, who does what
    OUTCOME = "outcome"  # what became of a report


@dataclass(frozen=True)
class Row:
    roles: frozenset[str]
    relations: frozenset[Relation]
    purposes: frozenset[Purpose]
    fields: frozenset[Field]
    sources: frozenset[Source]
    because: str
    needs_reason: bool = False


FRONT_DOOR = frozenset({"mash-social-worker", "out-of-hours", "exploitation-coordinator"})
SOCIAL_CARE = FRONT_DOOR | {"social-worker", "team-manager", "reviewing-officer", "conference-chair"}
HEALTH_AND_SCHOOL = frozenset({"ed-nurse", "named-nurse", "safeguarding-lead", "virtual-school-head"})
PROVIDERS = frozenset({"key-worker", "home-manager", "youth-worker", "adoption-support-worker"})
PARTNERS = HEALTH_AND_SCHOOL | PROVIDERS | {"police-officer"}
CARE = frozenset({Purpose.SAFEGUARDING, Purpose.SUPPORT})
EVERYTHING = frozenset(Field)
EVERY_SOURCE = frozenset(Source)
ALREADY_KNOWN = frozenset({Source.OWN, Source.TOLD})

POLICY: tuple[Row, ...] = (
    Row(
        because="Whoever is responsible for a child must know the whole story.",
        roles=SOCIAL_CARE,
        relations=frozenset({Relation.OWN}),
        purposes=CARE,
        fields=EVERYTHING,
        sources=EVERY_SOURCE,
    ),
    Row(
        because="A notice at the front door, or a group of children, can be about anybody; the reason is kept.",
        roles=FRONT_DOOR,
        relations=frozenset({Relation.ANY}),
        purposes=CARE,
        fields=EVERYTHING,
        sources=EVERY_SOURCE,
        needs_reason=True,
    ),
    Row(
        because="An agency's practitioners see its own entries, those told to it, and what adds up from these alone.",
        roles=PARTNERS,
        relations=frozenset({Relation.OWN, Relation.AGENCY}),
        purposes=CARE,
        fields=frozenset({Field.IDENTITY, Field.CASE, Field.FINDING}),
        sources=ALREADY_KNOWN,
    ),
    Row(
        because="Where somebody is and who reported goes no further by itself; the outcome goes to whoever reported.",
        roles=PARTNERS,
        relations=frozenset({Relation.OWN, Relation.AGENCY}),
        purposes=CARE,
        fields=frozenset({Field.ADDRESS, Field.REPORTER, Field.OUTCOME}),
        sources=frozenset({Source.OWN}),
    ),
    Row(
        because="A review needs the whole story, but not who rang; the review is named as the reason.",
        roles=frozenset({"case-reviewer"}),
        relations=frozenset({Relation.ANY}),
        purposes=frozenset({Purpose.REVIEW}),
        fields=EVERYTHING - {Field.REPORTER},
        sources=EVERY_SOURCE,
        needs_reason=True,
    ),
    Row(
        because="Receipt and outcome go back to the agency that reported.",
        roles=frozenset({"duty-inbox"}),
        relations=frozenset({Relation.AGENCY}),
        purposes=frozenset({Purpose.REPORTING}),
        fields=frozenset({Field.OUTCOME}),
        sources=frozenset({Source.OWN}),
    ),
)


def granted(look: Look) -> list[Row]:
    """The rows that speak for this look: a role held, the purpose named, the reason stated where one is asked for."""
    return [row for row in would_grant(look) if look.reason.strip() or not row.needs_reason]


def would_grant(look: Look) -> list[Row]:
    """The rows that speak for this look once a reason is stated."""
    return [row for row in POLICY if row.roles & look.roles and look.purpose in row.purposes]


def relations(rows: Iterable[Row]) -> frozenset[Relation]:
    """The relations in which these rows let somebody open a child."""
    return frozenset().union(*(row.relations for row in rows))


def sources(rows: Iterable[Row], stands: frozenset[Relation], what: Field) -> frozenset[Source]:
    """Whose statements of this class of field the rows show, to somebody standing in these relations to the child."""
    return frozenset().union(*(row.sources for row in rows if row.relations & stands and what in row.fields))


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
