"""Random chronologies: what agencies might write about a child, coarse, undated, doubled and withdrawn as it comes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from joinedup.chronicle.rules.line import Line, Told
from joinedup.ground.periods import Period, Precision
from joinedup.recognise.rules.feeds import Feed, Feeds

START = date(2024, 1, 1)
KINDS = [
    "concern", "attendance", "missing", "absence", "closure", "contact", "request-for-help", "help-answered",
    "move-unplanned", "not-seen", "return-conversation", "home-education", "looked-after-begun", "good-news",
    "message-passed", "something-new",
]  # fmt: skip
CONCERNS = [
    "neglect", "injury-cause-not-known", "physical-injury", "self-harm", "school-absence", "older-associate",
    "domestic-abuse", "other",
]  # fmt: skip
AGENCIES = ["school", "police", "hospital", "childrens-social-care", "family", "adoption-support", "hill-school"]
KIND_OF = {agency: agency for agency in AGENCIES} | {"hill-school": "school"}
TOLD = [None, (), ("childrens-social-care",), ("adoption-support", "police"), ("virtual-school",)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Mostly days; sometimes months, years, stretches that lasted or did not, or nothing known."""
    day = START + timedelta(days=draw(st.integers(0, 400)))
    how = draw(st.sampled_from(["day"] * 6 + ["month", "year", "stretch", "lasting", "unknown"]))
    if how == "unknown":
        return Period.UNKNOWN
    if how == "month":
        first = day.replace(day=1)
        return Period(first, (first + timedelta(days=32)).replace(day=1), Precision.MONTH)
    if how == "year":
        return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), Precision.YEAR)
    length = draw(st.sampled_from([2, 5, 12, 45])) if how in ("stretch", "lasting") else 1
    return Period(day, day + timedelta(days=length), Precision.DAY, lasting=how == "lasting")


@st.composite
def lines(draw: st.DrawFn, name: str, most: int = 12) -> list[Line]:
    return [draw(_line(name, n)) for n in range(draw(st.integers(0, most)))]


@st.composite
def _line(draw: st.DrawFn, name: str, n: int) -> Line:
    agency = draw(st.sampled_from(AGENCIES))
    told = draw(st.sampled_from(TOLD))
    return Line(
        key=f"{name}-{n:03d}",
        subject=name,
        agency=agency,
        agency_kind=KIND_OF[agency],
        kind=draw(st.sampled_from(KINDS)),
        period=draw(periods()),
        happening=draw(st.sampled_from([f"{name}-{n:03d}", f"{name}-{n:03d}", f"{name}-A", "shared"])),
        received_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 400))),
        concerns=frozenset(draw(st.lists(st.sampled_from(CONCERNS), max_size=2))),
        side=draw(st.sampled_from(["", "home", "outside"])),
        told=None if told is None else tuple(Told(code, "sent") for code in told),
        observer=draw(st.sampled_from(["", "one", "two", "three"])),
        first_hand=draw(st.sampled_from([None, True, False])),
        outcome=draw(st.sampled_from(["", "", "no-further-action", "other-agency-involved"])),
        count=draw(st.sampled_from([None, None, 2, 5, 11])),
        words=draw(st.sampled_from(["", "Some words."])),
        withdrawn=draw(st.sampled_from([False] * 8 + [True])),
    )


@st.composite
def feeds(draw: st.DrawFn, on: date) -> Feeds:
    heard = st.sampled_from([on, on, None]) | st.integers(0, 40).map(lambda n: on - timedelta(days=n))
    return Feeds({code: Feed(KIND_OF[code], code, draw(heard)) for code in AGENCIES if code != "family"})


DAYS_ASKED = st.integers(60, 460).map(lambda n: START + timedelta(days=n))
