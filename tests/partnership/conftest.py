"""Partnerships made once for every test that only reads them."""

import pytest

from simulated import Made, made_in


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """12,000 children: enough that a share of one in ten is within a percent or two of what it should be."""
    return made_in(tmp_path_factory.mktemp("town"), 12_000)


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_in(tmp_path_factory.mktemp("village"), 400)
