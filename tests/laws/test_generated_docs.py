"""Pages in docs/generated are made from the code and its data; one that is stale is a lie, so it fails."""

import pytest
from django.core.management import call_command

from joinedup.web.docs import GENERATORS
from laws.source import SRC

GENERATED = SRC.parents[1] / "docs" / "generated"


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generated_page_is_current(name: str) -> None:
    assert (GENERATED / name).read_text() == GENERATORS[name](), "run `make fix`"


def test_joinedup_docs_finds_nothing_stale() -> None:
    call_command("docs", check=True)
