"""Who acts, and one act of looking: by whom, for which agency and purpose, why, when, and what it released."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Purpose(StrEnum):
    """What somebody looks for. Sharing agreements name the purposes they allow."""

    SAFEGUARDING = "safeguarding"
    SUPPORT = "support"
    REVIEW = "review"
    GOVERNANCE = "governance"
    REPORTING = "reporting"


@dataclass(frozen=True)
class Actor:
    """Who does something: `by` is a practitioner's e-mail, a credential's name, "public" or "flow"."""

    by: str
    agency: str = ""
    practitioner_id: int | None = None


ACCOUNT = "who"  # in what an audit row says: the practitioner whose account it was

FLOW = Actor("flow")
PUBLIC = Actor("public")


@dataclass(frozen=True)
class Verdict:
    """A decision with its reason in plain words. `needs_reason`: a stated reason would open the door.

    `needs_reason` rests on the asker's roles alone, never on the child, so that it tells nothing about anybody.
    """

    allowed: bool
    why: str
    needs_reason: bool = False

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Look:
    """One act of looking. Queries that answer people take it as `for_=` and note on it what they released.

    `at` is now (aware, UTC) and decides rights; `as_of` reads the facts as they stood, with today's rights (law 3).
    """

    practitioner_id: int | None
    by: str
    agency: str
    roles: frozenset[str]
    purpose: Purpose
    reason: str
    at: datetime
    as_of: datetime | None = None
    agency_kind: str = ""  # of the code set: hospital, school, police, ...
    subjects: set[int] = field(default_factory=set, compare=False, repr=False)
    entries: set[str] = field(default_factory=set, compare=False, repr=False)
    found: dict[tuple[str, ...], Any] = field(default_factory=dict, compare=False, repr=False)  # rights looked up once

    @property
    def actor(self) -> Actor:
        return Actor(self.by, self.agency, self.practitioner_id)

    def note(self, subjects: Iterable[int] = (), entries: Iterable[str] = ()) -> None:
        """Remember what this look released: ids of head subjects, keys of entries. The door writes it down."""
        self.subjects.update(subjects)
        self.entries.update(entries)
