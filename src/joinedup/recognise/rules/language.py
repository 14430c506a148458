"""The words of the pattern language, and what each may hold. What they mean is in `meaning`; see the manual.

A pattern file is YAML in which everything is text (`told: no` is the word "no"). These shapes give it types; unknown
words are refused, so that a misspelt condition never silently widens a pattern.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from joinedup.ground.editions import Edition
from joinedup.recognise.rules.spans import Span, read_span

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Known = Literal["yes", "no", "unknown"]
Length = Annotated[Span, BeforeValidator(read_span)]
AtLeastOne = Annotated[int, Field(ge=1)]


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, dict) else value


Words = Annotated[tuple[Text, ...], BeforeValidator(_several)]
MEASURES = (
    "happenings", "times", "observers", "agencies", "kinds_of_agency", "kinds_of_concern", "sides", "people", "days",
)  # fmt: skip


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Test(Shape):
    """Closed sets that one entry is held against; it must meet every one that is given."""

    is_: Annotated[tuple[Literal["concern", "response", "closure", "good"], ...], BeforeValidator(_several)] = Field(
        (), alias="is"
    )
    kind: Words = ()
    concern: Words = ()  # one of these; or "any", or "none": no kind of concern was said
    side: Annotated[tuple[Literal["home", "outside", "not said"], ...], BeforeValidator(_several)] = ()
    standing: Annotated[
        tuple[Literal["reported", "observed", "assessed", "established"], ...], BeforeValidator(_several)
    ] = ()
    agency: Words = ()  # kinds of agency
    outcome: Words = ()
    about: Literal["child", "others"] | None = None  # others: somebody now in the household
    told: Annotated[tuple[tuple[Text, Known], ...], BeforeValidator(_pairs)] = ()  # kind of agency, or "anyone"
    first_hand: Known | None = None
    reason: Known | None = None  # yes: a kind of concern or words were given; no: neither


class Where(Test):
    """An entry that meets the test, and meets none of the conditions under `not`."""

    not_: Test | None = Field(None, alias="not")


class After(Shape):
    """Only what comes after something else: *first this, then that*. Nothing without a date comes after anything."""

    where: Where
    within: Length | None = None
    same_day: Literal["counts", "does not count"]

    @model_validator(mode="after")
    def _calendar(self) -> "After":
        _refuse_working_days(self.within)
        return self


class NotFollowed(Shape):
    """Only what was surely not answered in time, by an agency that surely knew and whose feed is alive."""

    by: Where
    from_: Words = Field(alias="from")  # kinds of agency whose answer is awaited
    within: Length
    lasts: Length  # how long the silence is spoken of, unless the answer comes

    @model_validator(mode="after")
    def _calendar(self) -> "NotFollowed":
        _refuse_working_days(self.lasts)
        return self


class AtLeast(Shape):
    """How much there must be in one window. Every measure given must be reached in the same window."""

    happenings: AtLeastOne | None = None
    times: AtLeastOne | None = None  # a row that says "11 episodes" or "5 school days" is so many
    observers: AtLeastOne | None = None
    agencies: AtLeastOne | None = None
    kinds_of_agency: AtLeastOne | None = None
    kinds_of_concern: AtLeastOne | None = None
    sides: AtLeastOne | None = None
    people: AtLeastOne | None = None
    days: AtLeastOne | None = None

    def asked(self) -> dict[str, int]:
        return {name: n for name in MEASURES if (n := getattr(self, name)) is not None}


class Rate(Shape):
    """So many times per length, kept up over a longer one: 2 per 30 days over 90 days is 6 in 90 days."""

    times: AtLeastOne
    per: Length
    over: Length

    @model_validator(mode="after")
    def _sensible(self) -> "Rate":
        _refuse_working_days(self.per, self.over)
        if self.over.n < self.per.n:
            raise ValueError(f"“over” ({self.over}) must not be shorter than “per” ({self.per})")
        return self

    @property
    def total(self) -> int:
        return -(-self.times * self.over.n // self.per.n)


class Count(Shape):
    """Entries that meet `where` (and follow, or were not followed), counted within one rolling window."""

    called: Slug = "it"
    where: Where
    after: After | None = None
    not_followed: NotFollowed | None = None
    within: Length | None = None
    at_least: AtLeast | None = None
    rate: Rate | None = None

    @model_validator(mode="after")
    def _one_way_of_counting(self) -> "Count":
        _refuse_working_days(self.within)
        if self.rate is not None and (self.at_least is not None or self.within is not None):
            raise ValueError("“rate” says its own window: leave out “within” and “at_least”")
        if self.at_least is not None and not self.at_least.asked():
            raise ValueError("“at_least” is empty: say for example “happenings: 3”")
        return self

    @property
    def evidence(self) -> tuple[Where, ...]:
        """What picks the entries that the count rests on."""
        return (self.where, self.after.where) if self.after else (self.where,)

    @property
    def window(self) -> int | None:
        """Calendar days of the window; None for ever."""
        span = self.rate.over if self.rate else self.within
        return span.n if span else None

    @property
    def needs(self) -> dict[str, int]:
        """Measure -> how many; one happening where nothing else is asked."""
        if self.rate:
            return {"times": self.rate.total}
        return self.at_least.asked() if self.at_least else {"happenings": 1}


class Clause(Shape):
    """A count, or several clauses that all hold, or any of which holds, on one and the same day."""

    count: Count | None = None
    all: tuple["Clause", ...] = ()
    any: tuple["Clause", ...] = ()

    @model_validator(mode="after")
    def _one_of_three(self) -> "Clause":
        if [bool(self.count), bool(self.all), bool(self.any)].count(True) != 1:
            raise ValueError("here stands either “count”, or a list under “all”, or a list under “any”")
        return self

    def counts(self) -> tuple[Count, ...]:
        """Every count in it, from left to right."""
        if self.count:
            return (self.count,)
        return tuple(count for part in (*self.all, *self.any) for count in part.counts())


class Ask(Shape):
    """A question to the agency that holds the entry, put before a silence becomes a finding."""

    role: Slug
    asks: Text


class Example(Shape):
    """Dated lines that must, or must not, match. `on`: the day the question is put (else after the last line)."""

    title: Text
    lines: Text
    on: date | None = None
    not_heard: Words = ()  # kinds of agency whose feed is silent
    says: Text  # "nothing", "2024-03-05", "may 2024-03-05" or "shown only 2024-03-05": since when
    counts: Annotated[tuple[tuple[Text, int], ...], BeforeValidator(_pairs)] = ()  # what the first count found


class Pattern(Edition):
    """One edition of one pattern: what adds up, why anybody thinks so, how soon a person looks, what to ask next."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Slug
    title: Text
    theme: Slug
    tier: Literal["now", "today", "know"]
    nature: Literal["harm", "vulnerability"]
    for_: Literal["child", "household"] = Field("child", alias="for")
    owner: Text
    why: Text
    names: Words = ()  # kinds of agency that ought to know
    when: Clause
    quiet: Length
    sentence: Text
    ask: Words
    question: Ask | None = None
    examples: tuple[Example, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Pattern":
        _refuse_working_days(self.quiet)
        names = [count.called for count in self.when.counts()]
        if len(set(names)) != len(names):
            raise ValueError("two counts have the same name: give each a “called:” of its own")
        if self.question and not any(count.not_followed for count in self.when.counts()):
            raise ValueError("a “question” needs a “not_followed”: what would be its answer?")
        return self


def _refuse_working_days(*spans: Span | None) -> None:
    if any(span is not None and span.working for span in spans):
        raise ValueError("working days are only for “within” under “not_followed”: write calendar days here")
