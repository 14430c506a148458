"""Agencies of a fictional partnership that tell of people, one notice after another, by the real way in."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from joinedup.link.actions import Placing, place
from joinedup.receive import actions as receive
from joinedup.receive.queries import reading_of
from joinedup.share import actions as share
from joinedup.share.models import Practitioner
from joinedup.share.rules import FLOW, Actor, Look, Purpose

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")
AGENCIES = {"hospital": "hospital", "police": "police", "social-care": "childrens-social-care", "school": "school",
            "northgate": "supported-accommodation"}  # fmt: skip
Tell = Callable[..., Placing]


def child(
    given: str | None = "Tess", family: str | None = "Arden", born: str | None = "2011-05-17", **more: Any
) -> dict[str, Any]:
    """A child as a notice names one, n=1 unless said."""
    name = {key: value for key, value in (("given", given), ("family", family)) if value}
    nhs = more.pop("nhs", None)
    postcode = more.pop("postcode", None)
    said: dict[str, Any] = {"n": 1, "kind": "child", "role": "subject", "names": [name] if name else []}
    if born:
        said["born"] = born
    if nhs:
        said["identifiers"] = [{"system": "nhs-number", "value": nhs}]
    if postcode:
        said["addresses"] = [{"lines": "4 Mill Lane", "postcode": postcode}]
    return said | more


@pytest.fixture
def partnership(db: Any) -> None:
    share.found_partnership(by=KEEPER, at=AT - timedelta(days=1), name="Ellensford", simulated=True)
    for code, kind in AGENCIES.items():
        share.add_agency(by=KEEPER, at=AT - timedelta(days=1), code=code, name=code.title(), kind=kind)


@pytest.fixture
def tell(partnership: None) -> Tell:
    """`tell("hospital", child(...), ...)`: the agency's notice about these people is received and placed."""
    numbers = itertools.count(1)

    def told(agency: str, *persons: dict[str, Any], at: datetime = AT, **parts: Any) -> Placing:
        n = next(numbers)
        persons = tuple(person | {"n": place_} for place_, person in enumerate(persons, start=1))
        notice = {"form": "joinedup/notice/1", "id": f"N{n}", "agency": agency, "persons": persons,
                  "events": [{"n": 1, "kind": "concern"}], "sent": at.isoformat(), **parts}  # fmt: skip
        taken = receive.receive(by=Actor("test", agency), at=at, agency=agency, body=json.dumps(notice).encode(),
                                media="application/json", channel="api")  # fmt: skip
        return bring(taken.message_key, at)

    return told


def bring(message_key: str, at: datetime = AT) -> Placing:
    message, notice = reading_of(message_key)
    placing = place(by=FLOW, at=at, message=message, notice=notice)
    receive.mark_placed(by=FLOW, at=at, message=message)
    return placing


@pytest.fixture
def worker(partnership: None) -> Practitioner:
    return share.add_practitioner(
        by=KEEPER, at=AT - timedelta(days=1), email="mash@example.org", name="Ann Hale", agency="social-care",
        password="a long password", roles=["mash-social-worker"],
    )  # fmt: skip


@pytest.fixture
def look(worker: Practitioner) -> Look:
    return Look(worker.pk, worker.email, "social-care", frozenset({"mash-social-worker"}), Purpose.SAFEGUARDING,
                "settling whether two records are one person", AT, agency_kind="childrens-social-care")  # fmt: skip


@pytest.fixture
def town(db: Any) -> Any:
    """The town of `tests/respond`, where people decide."""
    from respond import town as towns

    return towns.found()
