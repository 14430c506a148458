"""A street of a fictional partnership, with a key file of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from flow import street as streets
from joinedup.receive.queries.payloads import _vault


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.JOINEDUP_KEY_FILE = tmp_path / "master.key"
    yield
    _vault.cache_clear()


@pytest.fixture
def street(db: None) -> streets.Street:
    return streets.found()
