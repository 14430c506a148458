"""A small cast of known people, one partnership, and children to look at."""

from datetime import UTC, datetime

import pytest

from joinedup.share import actions
from joinedup.share.models import Agency, Partnership, Practitioner, Subject
from joinedup.share.rules import Actor, Look, Purpose

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
KEEPER = Actor("keeper")


@pytest.fixture
def at():
    return AT


@pytest.fixture
def partnership(db) -> Partnership:
    return actions.found_partnership(by=KEEPER, at=AT, name="Ellensford", simulated=True)
