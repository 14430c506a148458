"""The one policy: who sees what of whom, as rows. Filters, checks and masks are compiled from it, nowhere else.

A row reads: *these roles*, at *these kinds of agency*, in *this relation* to the child, while the case is in *one of
these states*, for *these purposes*, see *these classes of field* from *these sources*, from *since* until *until*; and,
if the row asks for it, only with a stated reason. Nothing is seen without a row.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joinedup.share.rules.looks import Purpose


class Relation(StrEnum):
    """How the asker stands to the child, by involvements open at the time of asking."""

    OWN = "own work"  # the practitioner is involved: allocated, manager, reviewing officer, chair, plan, ...
    AGENCY = "agency"  # their agency holds an entry about the child or was told of one
    REPORTED = "made the notice"  # the practitioner, signed in, within the last weeks
    GLASS = "opened in an emergency"  # by the practitioner, within the last hours (`share.models.BreakGlass`)
    ANY = "any child"


class State(StrEnum):
    """The state of a child's case; each child is in exactly one."""

    OPEN = "open"  # somebody is allocated now
    NOT_OPEN = "not open"
    LOCKED = "locked"  # to those directly involved (`share.models.CaseLock`)


@dataclass(frozen=True)
class Standing:
    """How the asker stands to one child now, and how its case stands."""

    relations: frozenset[Relation]
    state: State


class Source(StrEnum):
    """Whose statement a field comes from, seen from the asker's agency. Of a finding: the furthest of its entries."""

    OWN = "own agency"
    TOLD = "told to own agency"
    OTHERS = "other agencies, as agreed"  # under an agreement in force for the purpose and kind of entry
    KEPT = "other agencies, on their conditions"  # the same, of what its owner said must not be passed on


class Field(StrEnum):
    """Classes of field that are decided apart. Keys, states and staff names follow the child's opening itself."""

    IDENTITY = "identity"  # names, dates of birth, identifiers
    ADDRESS = "address"  # where somebody is and how to reach them
    REPORTER = "reporter"  # who reported, and how to reach them safely
    CASE = "case"  # what happened, what worries, what goes well
    FINDING = "finding"  # what adds up
    DECISION = "decision"  # what was decided, why, who does what
    OUTCOME = "outcome"  # what became of a report
    EXISTENCE = "existence"  # that a child is known, and to which agencies: whom to ask, and nothing else


@dataclass(frozen=True)
class Row:
    """One line of the policy. `agencies`: kinds of the asker's agency; none named: wherever the role is held.

    `since` and `until`: half-open civil days between which the row speaks; None: without that end (law 9).
    """

    roles: frozenset[str]
    relations: frozenset[Relation]
    purposes: frozenset[Purpose]
    fields: frozenset[Field]
    sources: frozenset[Source]
    because: str
    needs_reason: bool = False
    states: frozenset[State] = frozenset({State.OPEN, State.NOT_OPEN})
    agencies: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    @property
    def opens_child(self) -> bool:
        """Whether it shows more than that the child is known."""
        return self.fields != frozenset({Field.EXISTENCE})

    def in_force(self, on: date) -> bool:
        """Whether the row speaks on this civil day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


COUNCIL = frozenset({"childrens-social-care"})
FRONT_DOOR = frozenset({"mash-social-worker", "out-of-hours", "exploitation-coordinator"})
SOCIAL_CARE = FRONT_DOOR | {"social-worker", "team-manager", "reviewing-officer", "conference-chair"}
HEALTH_AND_SCHOOL = frozenset({"ed-nurse", "named-nurse", "safeguarding-lead", "virtual-school-head"})
PROVIDERS = frozenset({"key-worker", "home-manager", "youth-worker", "adoption-support-worker"})
PARTNERS = HEALTH_AND_SCHOOL | PROVIDERS | {"police-officer"}
CARE = frozenset({Purpose.SAFEGUARDING, Purpose.SUPPORT})
EVERYTHING = frozenset(Field)
EVERY_SOURCE = frozenset(Source)
PASSED_ON = EVERY_SOURCE - {Source.KEPT}
EVERY_STATE = frozenset(State)
ALREADY_KNOWN = frozenset({Source.OWN, Source.TOLD})
STORY = frozenset({Field.IDENTITY, Field.CASE, Field.FINDING})
KEPT_BACK = frozenset({Field.ADDRESS, Field.REPORTER, Field.OUTCOME})

POLICY: tuple[Row, ...] = (
    Row(
        because="Whoever is responsible for a child must know the whole story, in a locked case too.",
        roles=SOCIAL_CARE,
        agencies=COUNCIL,
        relations=frozenset({Relation.OWN}),
        states=EVERY_STATE,
        purposes=CARE,
        fields=EVERYTHING,
        sources=EVERY_SOURCE,
    ),
    Row(
        because="A notice at the front door, or a group of children, can be about anybody; the reason is kept.",
        roles=FRONT_DOOR,
        agencies=COUNCIL,
        relations=frozenset({Relation.ANY}),
        purposes=CARE,
        fields=EVERYTHING,
        sources=EVERY_SOURCE,
        needs_reason=True,
    ),
    Row(
        because="Police see which children, adults and places belong together, but not who rang social care.",
        roles=frozenset({"exploitation-coordinator"}),
        agencies=frozenset({"police"}),
        relations=frozenset({Relation.ANY}),
        purposes=CARE,
        fields=EVERYTHING - {Field.REPORTER},
        sources=PASSED_ON,
        needs_reason=True,
    ),
    Row(
        because="Who works with a child sees their agency's entries, those told to it, and what adds up from these.",
        roles=PARTNERS,
        relations=frozenset({Relation.OWN}),
        states=EVERY_STATE,
        purposes=CARE,
        fields=STORY,
        sources=ALREADY_KNOWN,
    ),
    Row(
        because="A colleague of the agency that knows the child sees the same, once they say why; the reason is kept.",
        roles=PARTNERS,
        relations=frozenset({Relation.AGENCY}),
        purposes=CARE,
        fields=STORY,
        sources=ALREADY_KNOWN,
        needs_reason=True,
    ),
    Row(
        because="Whoever made a notice follows what becomes of it for some weeks, and need not say why.",
        roles=PARTNERS,
        relations=frozenset({Relation.REPORTED}),
        purposes=CARE,
        fields=STORY,
        sources=ALREADY_KNOWN,
    ),
    Row(
        because="They see what their own agency said of where somebody is, and the outcome of what it reported.",
        roles=PARTNERS,
        relations=frozenset({Relation.REPORTED}),
        purposes=CARE,
        fields=KEPT_BACK,
        sources=frozenset({Source.OWN}),
    ),
    Row(
        because="Where somebody is and who reported goes no further by itself; the outcome goes to whoever reported.",
        roles=PARTNERS,
        relations=frozenset({Relation.OWN}),
        states=EVERY_STATE,
        purposes=CARE,
        fields=KEPT_BACK,
        sources=frozenset({Source.OWN}),
    ),
    Row(
        because="The same to a colleague of the agency that knows the child, once they say why.",
        roles=PARTNERS,
        relations=frozenset({Relation.AGENCY}),
        purposes=CARE,
        fields=KEPT_BACK,
        sources=frozenset({Source.OWN}),
        needs_reason=True,
    ),
    Row(
        because="Who asks about a child with two identifiers and a reason learns whom to ask, and nothing else.",
        roles=PARTNERS,
        relations=frozenset({Relation.ANY}),
        states=frozenset({State.OPEN}),
        purposes=CARE,
        fields=frozenset({Field.EXISTENCE}),
        sources=EVERY_SOURCE,
        needs_reason=True,
    ),
    Row(
        because="In an emergency social workers open a child for some hours; its worker is told, and it is reviewed.",
        roles=SOCIAL_CARE,
        agencies=COUNCIL,
        relations=frozenset({Relation.GLASS}),
        purposes=CARE,
        fields=STORY | {Field.DECISION},
        sources=PASSED_ON,
    ),
    Row(
        because="The same to whoever sees children at any other agency.",
        roles=PARTNERS,
        relations=frozenset({Relation.GLASS}),
        purposes=CARE,
        fields=STORY | {Field.DECISION},
        sources=PASSED_ON,
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
        because="A case that is locked because of a review opens to the reviewer who was named for it.",
        roles=frozenset({"case-reviewer"}),
        relations=frozenset({Relation.OWN}),
        states=frozenset({State.LOCKED}),
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
