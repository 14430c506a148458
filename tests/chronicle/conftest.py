"""A partnership of five agencies with nothing told yet, and somebody who may judge."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chronicle.desk import AGENCIES, KEEPER, NOW, Desk
from joinedup.share import actions as share
from joinedup.share.rules import Actor


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    share.found_partnership(by=KEEPER, at=NOW - timedelta(days=900), name="Ellensford", simulated=True)
    for code, kind in AGENCIES.items():
        share.add_agency(by=KEEPER, at=NOW - timedelta(days=900), code=code, name=f"The {code}", kind=kind)
    return Desk()


@pytest.fixture
def officer(desk: Desk) -> Actor:
    person = share.add_practitioner(
        by=KEEPER, at=NOW, email="mash@example.org", name="A. Practitioner", agency="council"
    )
    return Actor(person.email, "council", person.pk)
