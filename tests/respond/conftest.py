"""The town of these tests, with a key file of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from joinedup.receive.queries.payloads import _vault
from respond import town as towns


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    yield
    _vault.cache_clear()


@pytest.fixture
def town(db: None) -> towns.Town:
    return towns.found()
