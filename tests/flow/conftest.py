"""A street of a fictional partnership."""

import pytest

from flow import street as streets


@pytest.fixture
def street(db: None) -> streets.Street:
    return streets.found()
