"""The town of these tests."""

import pytest

from respond import town as towns


@pytest.fixture
def town(db: None) -> towns.Town:
    return towns.found()
