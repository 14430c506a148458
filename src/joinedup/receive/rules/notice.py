"""The notice, form `joinedup/notice/1`: what any agency says about one or more children.

Every field but `form`, `id`, `agency`, `persons` and `events` may be left out: a concern is never
refused for what its reporter cannot know. *Unknown* (left out) and *none* (an empty list) are two values.
Codes (kinds, concerns, roles) are checked against the dated code set, never against this module.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

FORM = "joinedup/notice/1"
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=60)]
Unread = SkipJsonSchema[list[Short]]  # codes as sent that the code set in force did not know: set by the reader
YesNo = Literal["yes", "no", "unknown"]


class Shape(BaseModel):
    """A part of the notice: unknown fields are kept aside as problems by the reader, never a refusal."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Happened(Shape):
    """When something happened. `from`/`to` are ISO text: 2024, 2024-03, 2024-03-05 or an instant with zone.

    `to` is the last day (month, year) on which it was so, inclusive as people write it.
    `words` keeps a date as it was said ("spring 2011"). A missing `from` means unknown.
    """

    from_: Short | None = Field(None, alias="from")
    to: Short | None = None
    precision: Literal["instant", "day", "month", "year", "unknown"] | None = None
    lasting: bool | None = None  # True: it went on from..to; False: it happened once, some time within from..to
    words: Short | None = None


class Identifier(Shape):
    system: Code  # nhs-number, upn, la-child-id, hospital-number, police-reference, provider-reference
    value: Short


class Address(Shape):
    """Where somebody lives or stays. Shielded from the first line on."""

    lines: Short | None = None
    postcode: Short | None = None
    uprn: Short | None = None
    kind: Literal["home", "placement", "school", "other"] = "home"
    since: Short | None = None
    until: Short | None = None


class Name(Shape):
    given: Short | None = None
    family: Short | None = None
    kind: Literal["usual", "former", "alias", "nickname"] = "usual"


class Person(Shape):
    """Somebody the notice mentions. `n` is this notice's own number for them."""

    n: int
    kind: Literal["child", "adult", "unknown"] = "unknown"
    role: Code = (
        "subject"  # subject, sibling, parent, carer, household-member, friend, adult-of-concern, reporter, other
    )
    names: list[Name] = []
    born: Short | None = None  # 2009, 2009-05, 2009-05-17
    sex: Literal["m", "f", "u"] | None = None
    identifiers: list[Identifier] = []
    addresses: list[Address] = []
    in_household: YesNo = "unknown"
    parental_responsibility: YesNo = "unknown"
    interpreter: Short | None = None
    describes: Text | None = None  # "tall man, drives a blue van"
    same_as: int | None = None  # the reporter says that n and this n are one person
    unread_codes: Unread = []


class Told(Shape):
    """That another agency knows. The five words of law 3 are never merged."""

    agency: Code
    state: Literal["held", "sent", "delivered", "seen", "acknowledged"] = "sent"
    when: Short | None = None


class Event(Shape):
    n: int = 1
    about: list[int] = []  # empty: every child whose role is subject
    kind: Code
    happened: Happened = Field(default_factory=lambda: Happened.model_validate({}))
    concerns: list[Code] = []
    side: Literal["home", "outside"] | None = None
    standing: Literal["reported", "observed", "assessed", "established"] = "reported"
    words: Text | None = None
    childs_words: Text | None = None
    going_well: Text | None = None
    told: list[Told] | Literal["unknown"] = "unknown"
    place: Short | None = None
    with_: list[int] = Field([], alias="with")
    outcome: Code | None = None  # of a closure, decision or contact: no-further-action, other-agency-involved, ...
    count: int | None = None  # school days missed, episodes in one row
    reference: Short | None = None  # the sender's own number for this event
    handling: Code = "open"  # open, owner-consents, ask-me: what the sender allows to be done with it
    unread_codes: Unread = []


class Observer(Shape):
    role: Short | None = None
    reference: Short | None = None  # the agency's own opaque reference for who saw it
    first_hand: bool | None = None
    safe_contact: Short | None = None


class Safety(Shape):
    where_now: Text | None = None
    safe: YesNo = "unknown"
    seen: YesNo = "unknown"
    seen_alone: YesNo = "unknown"


class Consent(Shape):
    parents: Literal["agree", "know", "do-not-know", "disagree", "unknown"] = "unknown"
    young_person: Literal["agree", "know", "do-not-know", "disagree", "unknown"] = "unknown"
    reason: Text | None = None


class Notice(Shape):
    """One notice as its sender wrote it. `sent` is the sender's clock, never trusted for statutory clocks."""

    form: Literal["joinedup/notice/1"] = "joinedup/notice/1"
    id: Short
    agency: Code
    sent: datetime | None = None
    corrects: Short | None = None  # the sender's id of the notice that this one replaces
    observer: Observer = Observer()
    persons: list[Person] = []
    events: list[Event] = []
    safety: Safety = Safety()
    consent: Consent = Consent()
