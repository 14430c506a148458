"""A partnership of a few agencies, and a desk at which notices come in as in life."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chronicle.desk import AGENCIES, KEEPER, NOW, Desk
from joinedup.share import actions as share


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    share.found_partnership(by=KEEPER, at=NOW - timedelta(days=900), name="Ellensford", simulated=True)
    for code, kind in AGENCIES.items():
        share.add_agency(by=KEEPER, at=NOW - timedelta(days=900), code=code, name=f"The {code}", kind=kind)
    return Desk()
