"""Base rates: a town of the simulated partnership beside the published figures (docs/rooms/partnership.md).

Bands are as wide as a town of this size varies from seed to seed, and no narrower than the figure is known.
"""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest

from simulated import Json, Made

YEARS = 2.0
CARE = "childrens-social-care"
YEAR = timedelta(days=365)


def subjects(made: Made, one: Json) -> list[str]:
    return [
        made.person_of[one["agency"], one["id"], person["n"]]
        for person in one["persons"]
        if person["role"] == "subject"
    ]


def by_kind(made: Made, kind: str) -> list[Json]:
    """Notices with an event of a kind, corrections left out."""
    return [
        one
        for one in made.first_sent
        if "corrects" not in one and any(event["kind"] == kind for event in one["events"])
    ]


@pytest.fixture(scope="module")
def referrals(town: Made) -> dict[str, list[datetime]]:
    """By child, when they were referred."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for one in by_kind(town, "referral"):
        for child in subjects(town, one):
            found[child].append(datetime.fromisoformat(one["sent"]))
    return found


def test_referrals_a_thousand_children_a_year(town: Made, referrals: dict[str, list[datetime]]) -> None:
    """632,830 referrals of 12.0 million children in the year to March 2025: 53 a thousand."""
    ((under_18,),) = town.truth("count(*)", "persons", "WHERE kind = 'child' AND born < '2024-12-30'")
    rate = sum(map(len, referrals.values())) / YEARS / under_18 * 1000
    assert 40 <= rate <= 66


def test_children_referred_again_within_twelve_months(referrals: dict[str, list[datetime]]) -> None:
    """22.6% in the year to March 2025."""
    times = [sorted(one) for one in referrals.values()]
    end = max(one[-1] for one in times)
    again = [
        any(later - at <= YEAR for later in one[n + 1 :])
        for one in times
        for n, at in enumerate(one)
        if at <= end - YEAR
    ]
    assert 0.17 <= sum(again) / len(again) <= 0.29


def test_what_becomes_of_referrals(town: Made) -> None:
    """6.5% no further action, 30.8% assessed and not in need, in the year to March 2025."""
    care = [one for one in town.first_sent if town.kinds[one["agency"]] == CARE and "corrects" not in one]
    ends = Counter(tuple(event["kind"] for event in one["events"]) for one in care)
    made = ends["referral",]
    assert 0.04 <= ends["closure",] / made <= 0.10
    assert 0.22 <= ends["assessment-ended", "closure"] / made <= 0.36  # some are still being assessed at the end
    assert 0.20 <= ends["section-47",] / made <= 0.40
    assert ends["conference",] < ends["section-47",]


def test_who_refers(town: Made) -> None:
    """Of referrals in 2020 police 28.7%, schools and education services 20.3%, health 15.0%, individuals 8.1%.

    By who says that they told social care, of all referrals: the council's own make the rest.
    """
    told = Counter(
        town.kinds[one["agency"]]
        for one in town.first_sent
        if "corrects" not in one and any(isinstance(event["told"], list) and event["told"] for event in one["events"])
    )
    made = len(by_kind(town, "referral"))
    health = sum(told[kind] for kind in ("hospital", "urgent-care", "gp", "health-visiting"))
    assert 0.22 <= told["police"] / made <= 0.37
    assert 0.14 <= told["school"] / made <= 0.27
    assert 0.10 <= health / made <= 0.22
    assert 0.04 <= told["family"] / made <= 0.13


def test_children_in_care_are_few_and_missing_often(town: Made) -> None:
    """7 in a thousand children are looked after; 19% of missing children, 36% of missing incidents (2018/19)."""
    ((looked_after,),) = town.truth("avg(looked_after::INT)", "persons", "WHERE kind = 'child'")
    assert 0.004 <= looked_after <= 0.011
    rows = town.truth(
        "person, looked_after", "persons", f"JOIN '{town.folder}/truth/happenings.parquet' h USING (person) "
        "WHERE h.kind IN ('missing', 'missing-from-care')",
    )  # fmt: skip
    assert 0.15 <= sum(in_care for _, in_care in rows) / len(rows) <= 0.55
    children = dict(rows)
    assert 0.08 <= sum(children.values()) / len(children) <= 0.35


def test_return_conversations(town: Made) -> None:
    """63% of missing episodes had one in the 72 hours."""
    missing = [one for one in by_kind(town, "missing") if town.kinds[one["agency"]] == "police"]
    assert 0.52 <= len(by_kind(town, "return-conversation")) / len(missing) <= 0.72


def test_exploitation_is_one_child_in_a_thousand(town: Made) -> None:
    """12,120 children assessed with it in the year to March 2025, of 12.0 million: 0.10%; here over two years."""
    ((met,),) = town.truth("count(DISTINCT person)", "situations", "WHERE kind = 'exploitation'")
    assert 3 <= met <= 30


def test_most_children_are_written_about_by_nobody(town: Made) -> None:
    """Ordinary lives: one signal is noise, and most have none."""
    written_about = {child for one in town.first_sent for child in subjects(town, one)}
    ((children,),) = town.truth("count(*)", "persons", "WHERE kind = 'child'")
    assert 0.08 <= len(written_about) / children <= 0.30
